#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.hpp"

namespace hadir {

/// How one camera's frames are analysed. Keys of config/parameter_config.json and, as overrides, of a camera's
/// config.json have the same names. Defaults and ranges: docs/configuration.md (made from app/configuration).
struct AnalysisSettings {
  double fps_target = 8;  ///< analysed frames a second, 0.1..60
  int frame_skip = 0;     ///< further frames skipped between analysed ones, 0..100
  /// Network input a frame is scaled down to fit; empty: follows from the frame's size, see `detection_input`.
  std::optional<Size> detection_size;
  double detection_score = 0.7;                 ///< detector score below which there is no face, 0.05..0.99
  std::optional<double> recognition_threshold;  ///< similarity; empty: from gallery size and target_fpir
  double target_fpir = 0.003;                   ///< chance that a stranger's track is named, 0 < .. < 1
  double min_margin = 0.05;                     ///< similarity to the best person minus that to the runner-up

  int smoothing_window = 5;             ///< latest votes that count, 1..100
  int smoothing_min_votes = 3;          ///< votes for one person before they are named, 1..window
  double tracker_iou_threshold = 0.3;   ///< 0..1
  int tracker_max_misses = 8;           ///< analysed frames a track survives unseen, 0..1000
  double tracking_timeout = 10;         ///< seconds after which an unseen track ends whatever the misses
  double event_min_interval_sec = 5.0;  ///< between sightings of one track
  int max_embeddings_per_track = 12;    ///< until the track's decision is final; re-checks come on top
  double recheck_interval_sec = 10;     ///< a decided track is looked at again after this

  // Chosen on real video, see docs/benchmarks.md: the usual 50, 0.01 and 0.15 refuse nearly every face a camera sees
  // from more than three metres or indoors in the evening.
  double quality_min_blur_var = 15;  ///< variance of the Laplacian of the aligned luma, see tracking/quality.hpp
  double quality_min_face_area_frac = 0.0005;  ///< face box area / frame area
  double quality_min_face_px = 32;             ///< width of the face box in pixels below which nothing is compared
  double quality_min_brightness = 0.08;        ///< mean luma of the aligned face, 0..1
  double quality_max_brightness = 0.9;
  double quality_min_score = 0.3;  ///< detector score, 0..1
  double quality_max_yaw = 65;     ///< degrees from frontal, estimated from landmarks
  double quality_max_pitch = 35;

  double motion_threshold = 0.004;  ///< share of cells that changed, 0..1; 0 turns the gate off
  double idle_fps = 1;              ///< detection rate without motion and without live tracks
  bool liveness = false;            ///< check faces of this camera for print and replay attacks
  int annotation_stride = 1;        ///< draw boxes on every n-th streamed frame
};

/// How a camera is read.
struct StreamSettings {
  std::string rtsp_protocol = "tcp";  ///< tcp | udp
  bool use_gstreamer_rtsp = false;
  int gst_latency_ms = 200;
  double open_timeout_sec = 10;
  double read_timeout_sec = 10;
  bool loop = false;      ///< files: start again at the end
  bool real_time = true;  ///< files: deliver at their own pace
};

/// What a site decides about days, pictures and streams.
struct SiteSettings {
  std::string site_name;                  ///< as people call it; empty: none is shown
  std::string time_zone;                  ///< IANA name; empty: the machine's
  std::chrono::minutes day_starts_at{0};  ///< cut-off of the working day
  double present_timeout_sec = 60;
  bool attendance_first_in_overwrite_enabled = false;
  double attendance_last_out_delay_sec = 0;
  int attendance_captures_retention_days = 90;
  int events_retention_days = 1;       ///< ENTER and EXIT: the current working day alone
  int sightings_retention_days = 400;  ///< the journal, from which everything else can be made anew
  int unknown_faces_retention_days = 30;
  int notifications_retention_days = 90;  ///< also messages that were sent or given up
  double alert_min_interval_sec = 60;
  // Of the environment alone (docs/configuration.md); thresholds are confidences, see core/attendance.
  bool auto_attendance_enabled = true;
  double auto_check_in_threshold = 0.7;
  double auto_checkout_threshold = 0.7;
  std::chrono::minutes duplicate_check_window{5};
  bool face_recognition_enabled = true;  ///< false: cameras are shown, nobody is looked for
  int stream_max_width = 720;
  int jpeg_quality = 80;
};

/// Which models run, and on what.
struct ModelSettings {
  bool as_published = false;  ///< run the files as they come, without our rewriting: for comparison in benchmarks alone
  std::string pack;           ///< empty: "default", or "dlib" in its place where the files of "default" can't be had
  std::string providers = "TensorrtExecutionProvider, CUDAExecutionProvider, CPUExecutionProvider";
  std::string engine_cache = "_tensorrt_cache";
  std::string runtime_library;  ///< path of another libonnxruntime; empty: the system's
  int workers = 0;              ///< analysis threads; 0: one a core
};

struct CameraSettings {
  std::string id;  ///< "CAM1": the folder's name
  std::string name;
  std::string url;  ///< rtsp_url: rtsp://…, http://…, a file, or "0" for the first webcam
  std::string detect_url;
  std::string location;
  bool enabled = true;
  AnalysisSettings analysis;
  StreamSettings stream;
};

struct Settings {
  AnalysisSettings analysis;  ///< defaults for cameras
  StreamSettings stream;
  SiteSettings site;
  ModelSettings models;
  std::vector<CameraSettings> cameras;
};

}  // namespace hadir
