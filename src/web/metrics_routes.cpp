#include <format>
#include <string>

#include "web/routes.hpp"

namespace hadir {
namespace {

/// The text format of Prometheus, version 0.0.4:
/// https://prometheus.io/docs/instrumenting/exposition_formats/
class MetricsText {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    text_ += std::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
  }
  void sample(std::string_view name, std::string_view labels, double value) {
    text_ += labels.empty() ? std::format("{} {}\n", name, value) : std::format("{}{{{}}} {}\n", name, labels, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// label="value" with what the format wants escaped.
std::string label(std::string_view name, std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return std::format("{}=\"{}\"", name, escaped);
}

void add_stages(MetricsText& text, const LiveView& live) {
  const auto stages = live.counters();
  const auto each = [&](const char* name, const char* help, auto member, double unit) {
    text.family(name, "counter", help);
    for (const StageCounters& stage : stages)
      text.sample(name, label("stage", stage.stage), static_cast<double>(stage.*member) * unit);
  };
  each("hadir_stage_in_total", "What came to a stage of the pipeline.", &StageCounters::in, 1);
  each("hadir_stage_out_total", "What a stage passed on.", &StageCounters::out, 1);
  each("hadir_stage_dropped_total", "What a stage refused on purpose.", &StageCounters::dropped, 1);
  each("hadir_stage_cpu_seconds_total", "CPU time of a stage.", &StageCounters::milliseconds, 1e-3);
}

void add_cameras(MetricsText& text, const LiveView& live) {
  std::vector<std::pair<std::string, CameraStatus>> cameras;
  for (const CameraId& id : live.cameras())
    if (const auto status = live.status(id)) cameras.emplace_back(label("camera", id.str()), *status);
  const auto each = [&](const char* name, const char* type, const char* help, auto value) {
    text.family(name, type, help);
    for (const auto& [labels, status] : cameras) text.sample(name, labels, static_cast<double>(value(status)));
  };
  each("hadir_camera_up", "gauge", "1 while the camera sends pictures.",
       [](const CameraStatus& status) { return status.state == CameraState::online ? 1 : 0; });
  each("hadir_camera_fps", "gauge", "Frames a second of the last seconds.",
       [](const CameraStatus& status) { return status.fps; });
  each("hadir_camera_frames_decoded_total", "counter", "Frames decoded.",
       [](const CameraStatus& status) { return status.frames_decoded; });
  each("hadir_camera_frames_dropped_total", "counter", "Frames that gave way to newer ones before anybody took them.",
       [](const CameraStatus& status) { return status.frames_dropped; });
  each("hadir_camera_reconnects_total", "counter", "Connections made anew.",
       [](const CameraStatus& status) { return status.reconnects; });
}

void add_health(MetricsText& text, const WebServices& services) {
  text.family("hadir_part_healthy", "gauge", "1 while the part is well, 0 while it is degraded (see /healthz).");
  for (const HealthItem& item : services.health())
    text.sample("hadir_part_healthy", label("part", item.part), item.ok ? 1 : 0);
}

void add_requests(MetricsText& text, const RequestMetrics& requests) {
  const auto all = requests.read();
  text.family("hadir_http_requests_total", "counter", "Requests answered.");
  for (const auto& [route, series] : all)
    for (const auto& [status, count] : series.by_status)
      text.sample("hadir_http_requests_total", label("route", route) + "," + label("status", std::to_string(status)),
                  static_cast<double>(count));
  text.family("hadir_http_request_seconds", "histogram", "From the request to its answer.");
  for (const auto& [route, series] : all) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < RequestMetrics::bounds.size(); ++i)
      text.sample("hadir_http_request_seconds_bucket",
                  label("route", route) + "," + label("le", std::format("{}", RequestMetrics::bounds[i])),
                  static_cast<double>(below += series.buckets[i]));
    text.sample("hadir_http_request_seconds_bucket", label("route", route) + ",le=\"+Inf\"",
                static_cast<double>(series.count));
    text.sample("hadir_http_request_seconds_sum", label("route", route), series.seconds);
    text.sample("hadir_http_request_seconds_count", label("route", route), static_cast<double>(series.count));
  }
}

void add_measures(MetricsText& text, const std::vector<Measure>& measures) {
  for (const Measure& measure : measures) {
    text.family(measure.name, measure.grows ? "counter" : "gauge", measure.help);
    text.sample(measure.name, "", measure.value);
  }
}

/// Without a sample while the database is away: /healthz says so.
void add_outbox(MetricsText& text, const Outbox& outbox) {
  text.family("hadir_outbox_messages", "gauge", "Messages on their way out, sent, and given up.");
  for (const auto state : {OutboxState::pending, OutboxState::sent, OutboxState::failed})
    if (const auto count = outbox.count(state))
      text.sample("hadir_outbox_messages", label("state", to_text(state)), static_cast<double>(*count));
}

drogon::HttpResponsePtr metrics(const WebServices& services, const RequestMetrics& requests,
                                const std::vector<Measure>& channels) {
  MetricsText text;
  text.family("hadir_info", "gauge", "The version that runs.");
  text.sample("hadir_info", label("version", services.version), 1);
  text.family("hadir_uptime_seconds", "gauge", "Since the start of this run.");
  text.sample("hadir_uptime_seconds", "", static_cast<double>(services.uptime.this_run().count()));
  add_measures(text, services.measures());
  add_measures(text, channels);
  add_outbox(text, services.database.outbox());
  add_stages(text, services.live);
  add_cameras(text, services.live);
  add_health(text, services);
  add_requests(text, requests);
  auto reply = drogon::HttpResponse::newHttpResponse();
  reply->setContentTypeString("text/plain; version=0.0.4; charset=utf-8");
  reply->addHeader("cache-control", "no-store");
  reply->setBody(text.take());
  return reply;
}

}  // namespace

void add_metrics_routes(Router& router, const WebServices& services, std::function<std::vector<Measure>()> channels) {
  router.add({drogon::Get, "/metrics", Access::to(Permission::metrics_read)},
             [&services, &router, channels = std::move(channels)](const HttpCall&) {
               return metrics(services, router.metrics(), channels());
             });
}

}  // namespace hadir
