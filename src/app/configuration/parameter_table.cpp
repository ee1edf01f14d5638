#include "app/configuration/parameter_table.hpp"

#include <algorithm>
#include <charconv>
#include <format>

#include "app/configuration/parameter_value.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

AnalysisSettings* part(const ParameterTarget& target, AnalysisSettings*) {
  return target.analysis;
}
StreamSettings* part(const ParameterTarget& target, StreamSettings*) {
  return target.stream;
}
SiteSettings* part(const ParameterTarget& target, SiteSettings*) {
  return target.site;
}
ModelSettings* part(const ParameterTarget& target, ModelSettings*) {
  return target.models;
}

template <class Part>
constexpr ParameterScope scope_of = ParameterScope::site;
template <>
constexpr ParameterScope scope_of<AnalysisSettings> = ParameterScope::camera;
template <>
constexpr ParameterScope scope_of<StreamSettings> = ParameterScope::camera;

template <class Part, class T>
Parameter parameter(std::string_view key, T Part::* member, ParameterKind kind, std::string_view unit,
                    std::string_view meaning) {
  Parameter made{.key = key, .kind = kind, .scope = scope_of<Part>, .unit = unit, .meaning = meaning};
  made.write = [member](const Parameter& self, const Json& json, const ParameterTarget& target) -> Status {
    return read_value(self, json, part(target, static_cast<Part*>(nullptr))->*member);
  };
  made.read = [member](const ParameterTarget& target) {
    return as_json(part(target, static_cast<Part*>(nullptr))->*member);
  };
  return made;
}

template <class Part, class T>
Parameter number(std::string_view key, T Part::* member, double lowest, double highest, std::string_view unit,
                 std::string_view meaning) {
  Parameter made = parameter(key, member, ParameterKind::number, unit, meaning);
  made.lowest = lowest;
  made.highest = highest;
  return made;
}

template <class Part>
Parameter integer(std::string_view key, int Part::* member, int lowest, int highest, std::string_view unit,
                  std::string_view meaning) {
  Parameter made = parameter(key, member, ParameterKind::integer, unit, meaning);
  made.lowest = lowest;
  made.highest = highest;
  return made;
}

template <class Part>
Parameter boolean(std::string_view key, bool Part::* member, std::string_view meaning) {
  return parameter(key, member, ParameterKind::boolean, "", meaning);
}

template <class Part>
Parameter text(std::string_view key, std::string Part::* member, std::string_view meaning) {
  return parameter(key, member, ParameterKind::text, "", meaning);
}

template <class Part>
Parameter choice(std::string_view key, std::string Part::* member, ParameterKind kind,
                 std::vector<std::string_view> choices, std::string_view meaning) {
  Parameter made = parameter(key, member, kind, "", meaning);
  made.choices = std::move(choices);
  return made;
}

Parameter detection_size() {
  Parameter made = parameter(
      "detection_size", &AnalysisSettings::detection_size, ParameterKind::size, "pixels",
      "network input a frame is scaled down to fit: smaller is faster and sees only larger faces; null: half the "
      "frame's sides, between 640x384 and 1280x736");
  made.lowest = 64;
  made.highest = 4096;
  made.may_be_null = true;
  return made;
}

Parameter recognition_threshold() {
  Parameter made = number("recognition_threshold", &AnalysisSettings::recognition_threshold, 0, 1, "similarity",
                          "similarity from which a face is a known person; null: follows from the number of enrolled "
                          "people and target_fpir");
  made.may_be_null = true;
  return made;
}

void add_analysis(std::vector<Parameter>& table) {
  using A = AnalysisSettings;
  table.insert(
      table.end(),
      {
          number("fps_target", &A::fps_target, 0.1, 60, "frames/s", "analysed frames a second"),
          integer("frame_skip", &A::frame_skip, 0, 100, "frames", "further frames skipped between analysed ones"),
          detection_size(),
          number("detection_score", &A::detection_score, 0.05, 0.99, "score",
                 "detector score below which there is no face"),
          number("motion_threshold", &A::motion_threshold, 0, 1, "share",
                 "share of the picture that must change to count as motion; 0 looks at every frame"),
          number("idle_fps", &A::idle_fps, 0.05, 60, "frames/s",
                 "analysed frames a second without motion and without anybody in view"),
          recognition_threshold(),
          number("target_fpir", &A::target_fpir, 0.000001, 0.5, "probability",
                 "chance that a stranger is taken for somebody enrolled"),
          number("min_margin", &A::min_margin, 0, 1, "similarity",
                 "how much more similar the best person must be than the runner-up"),
          integer("smoothing_window", &A::smoothing_window, 1, 100, "votes", "latest votes of a track that count"),
          integer("smoothing_min_votes", &A::smoothing_min_votes, 1, 100, "votes",
                  "votes for one person before they are named; at most smoothing_window"),
          number("tracker_iou_threshold", &A::tracker_iou_threshold, 0, 1, "overlap",
                 "overlap from which a face continues a track"),
          integer("tracker_max_misses", &A::tracker_max_misses, 0, 1000, "frames",
                  "analysed frames a track survives unseen"),
          number("tracking_timeout", &A::tracking_timeout, 0.1, 3600, "s",
                 "an unseen track ends after this, whatever the misses"),
          number("event_min_interval_sec", &A::event_min_interval_sec, 0, 3600, "s",
                 "at least this between two sightings of one track"),
          integer("max_embeddings_per_track", &A::max_embeddings_per_track, 1, 1000, "faces",
                  "faces compared until a track is decided"),
          number("recheck_interval_sec", &A::recheck_interval_sec, 0.1, 3600, "s",
                 "a decided track is looked at again after this"),
          number("quality_min_blur_var", &A::quality_min_blur_var, 0, 100000, "variance",
                 "sharpness (variance of the Laplacian) a face must have to be compared"),
          number("quality_min_face_area_frac", &A::quality_min_face_area_frac, 0, 1, "share",
                 "share of the frame a face must fill to be compared"),
          number("quality_min_face_px", &A::quality_min_face_px, 8, 2000, "pixels",
                 "width of a face in the camera's picture below which it is not compared"),
          number("quality_min_brightness", &A::quality_min_brightness, 0, 1, "brightness",
                 "darkest face that is compared"),
          number("quality_max_brightness", &A::quality_max_brightness, 0, 1, "brightness",
                 "brightest face that is compared"),
          number("quality_min_score", &A::quality_min_score, 0, 1, "score",
                 "detector score a face must have to be compared"),
          number("quality_max_yaw", &A::quality_max_yaw, 0, 90, "degrees",
                 "furthest turn to a side of a face that is compared"),
          number("quality_max_pitch", &A::quality_max_pitch, 0, 90, "degrees",
                 "furthest turn up or down of a face that is compared"),
          boolean("liveness", &A::liveness, "check faces for prints and screens held in front of the camera"),
          integer("annotation_stride", &A::annotation_stride, 1, 100, "frames",
                  "draw boxes on every n-th streamed frame"),
      });
}

void add_stream(std::vector<Parameter>& table) {
  using S = StreamSettings;
  table.insert(
      table.end(),
      {
          choice("rtsp_protocol", &S::rtsp_protocol, ParameterKind::choice, {"tcp", "udp"},
                 "how an RTSP camera sends its pictures"),
          boolean("use_gstreamer_rtsp", &S::use_gstreamer_rtsp, "read RTSP by GStreamer where hadir was built with it"),
          integer("gst_latency_ms", &S::gst_latency_ms, 0, 10000, "ms", "jitter buffer of GStreamer"),
          number("open_timeout_sec", &S::open_timeout_sec, 0.5, 300, "s", "a camera must answer within this"),
          number("read_timeout_sec", &S::read_timeout_sec, 0.5, 300, "s",
                 "a connected camera must send something within this"),
          boolean("loop", &S::loop, "a video file starts again at its end"),
          boolean("real_time", &S::real_time, "a video file is played at its own pace"),
      });
}

void add_site(std::vector<Parameter>& table) {
  using S = SiteSettings;
  Parameter day = parameter("day_starts_at", &S::day_starts_at, ParameterKind::time_of_day, "local time",
                            "when the working day begins: a night shift belongs to the day it began");
  Parameter name = parameter("site_name", &S::site_name, ParameterKind::text, "",
                             "what the place is called, for the top of the dashboard; empty: nothing is shown");
  name.most_characters = 80;
  name.needs_restart = false;
  table.insert(
      table.end(),
      {
          std::move(name),
          parameter("time_zone", &S::time_zone, ParameterKind::time_zone, "",
                    "IANA time zone of the site; empty: the machine's"),
          std::move(day),
          number("present_timeout_sec", &S::present_timeout_sec, 1, 86400, "s",
                 "a person not seen for this long is UNAVAILABLE"),
          boolean("attendance_first_in_overwrite_enabled", &S::attendance_first_in_overwrite_enabled,
                  "a better picture may take the place of the day's first-in picture"),
          number("attendance_last_out_delay_sec", &S::attendance_last_out_delay_sec, 0, 3600, "s",
                 "last_out.jpg is written once the person was not seen for this long, so that it shows them leaving; "
                 "the recorded time does not wait"),
          integer("attendance_captures_retention_days", &S::attendance_captures_retention_days, 1, 36500, "days",
                  "first-in and last-out pictures are kept this long"),
          integer("events_retention_days", &S::events_retention_days, 1, 36500, "days",
                  "ENTER and EXIT events are kept this many working days, the current one counted; 1 keeps the current "
                  "one alone. Attendance and alerts do not need them"),
          integer("sightings_retention_days", &S::sightings_retention_days, 40, 36500, "days",
                  "sightings, from which everything else can be explained and computed anew, are kept this long"),
          integer("unknown_faces_retention_days", &S::unknown_faces_retention_days, 1, 36500, "days",
                  "pictures of faces nobody enrolled are kept this long"),
          integer("notifications_retention_days", &S::notifications_retention_days, 1, 36500, "days",
                  "notifications, and messages that were sent or given up, are kept this long"),
          number("alert_min_interval_sec", &S::alert_min_interval_sec, 0, 86400, "s",
                 "at least this between two alerts about one person"),
          integer("stream_max_width", &S::stream_max_width, 64, 7680, "pixels",
                  "live pictures are scaled down to this width"),
          integer("jpeg_quality", &S::jpeg_quality, 1, 100, "", "quality of live pictures and captures"),
      });
}

void add_models(std::vector<Parameter>& table) {
  using M = ModelSettings;
  table.insert(table.end(),
               {
                   text("model_pack", &M::pack,
                        "name of the model pack (hadir models list); empty: default, or dlib in its place where the "
                        "files of default can't be had"),
                   choice("providers", &M::providers, ParameterKind::names,
                          {"TensorrtExecutionProvider", "CUDAExecutionProvider", "ROCMExecutionProvider",
                           "OpenVINOExecutionProvider", "DnnlExecutionProvider", "XnnpackExecutionProvider",
                           "CPUExecutionProvider"},
                          "what the models run on, most wanted first; those not there are passed over"),
                   text("engine_cache", &M::engine_cache, "folder in which TensorRT keeps its built engines"),
                   text("runtime_library", &M::runtime_library,
                        "path of another libonnxruntime.so, such as a GPU build; empty: the system's"),
                   integer("workers", &M::workers, 0, 256, "threads", "analysis threads; 0: one a processor core"),
               });
}

std::vector<Parameter> make_table() {
  std::vector<Parameter> table;
  add_analysis(table);
  add_stream(table);
  add_site(table);
  add_models(table);
  return table;
}

/// Never in powers of ten: "0.000001".
std::string plain(double value) {
  char digits[64];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::fixed).ptr;
  return {digits, end};
}

std::string joined(const std::vector<std::string_view>& words, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? std::format(" {} ", last_word) : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace

ParameterTarget target_of(Settings& settings) {
  return {&settings.analysis, &settings.stream, &settings.site, &settings.models};
}

ParameterTarget target_of(CameraSettings& camera) {
  return {&camera.analysis, &camera.stream, nullptr, nullptr};
}

std::span<const Parameter> parameters() {
  static const std::vector<Parameter> table = make_table();
  return table;
}

const Parameter* find_parameter(std::string_view key) {
  const auto found = std::ranges::find(parameters(), key, &Parameter::key);
  return found == parameters().end() ? nullptr : &*found;
}

std::string allowed_values(const Parameter& parameter) {
  const std::string null = parameter.may_be_null ? " or null" : "";
  switch (parameter.kind) {
    case ParameterKind::boolean:
      return "true or false" + null;
    case ParameterKind::integer:
      return std::format("a whole number {}..{}{}", plain(parameter.lowest), plain(parameter.highest), null);
    case ParameterKind::number:
      return std::format("a number {}..{}{}", plain(parameter.lowest), plain(parameter.highest), null);
    case ParameterKind::text:
      if (parameter.most_characters > 0)
        return std::format("a line of at most {} characters", parameter.most_characters) + null;
      return "a text" + null;
    case ParameterKind::choice:
      return joined(parameter.choices, "or");
    case ParameterKind::names:
      return "a comma list of " + joined(parameter.choices, "and");
    case ParameterKind::size:
      return std::format("640, [640, 384] or \"640x384\" with sides of {}..{}", parameter.lowest, parameter.highest);
    case ParameterKind::time_of_day:
      return "a time of day \"00:00\"..\"23:59\"";
    case ParameterKind::time_zone:
      return "an IANA time zone such as \"Asia/Jakarta\"";
  }
  std::unreachable();
}

std::vector<std::string> broken_rules(const AnalysisSettings& analysis) {
  std::vector<std::string> broken;
  if (analysis.smoothing_min_votes > analysis.smoothing_window)
    broken.push_back(std::format("smoothing_min_votes ({}) must not be more than smoothing_window ({})",
                                 analysis.smoothing_min_votes, analysis.smoothing_window));
  if (analysis.quality_min_brightness >= analysis.quality_max_brightness)
    broken.push_back(std::format("quality_min_brightness ({}) must be less than quality_max_brightness ({})",
                                 analysis.quality_min_brightness, analysis.quality_max_brightness));
  return broken;
}

}  // namespace hadir
