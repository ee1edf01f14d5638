# Of src/, what the parsers under test reach: a fuzz build compiles nothing else. Where one comes to use another file, the
# linker says what is missing here.
set(HADIR_FUZZ_SOURCES
  app/configuration/camera_address app/people/employee_file
  core/attendance/hours core/masking core/records core/time
  media/address media/libav media/orientation media/photo_jpeg media/photo_libav media/photo_reader
  realtime/engine_packet realtime/engine_session realtime/send_queue realtime/socket_client realtime/socket_packet realtime/text
  web/given_photos web/http_reply web/input_faults web/input_rules web/json_body web/query_values)
