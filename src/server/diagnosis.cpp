#include "server/diagnosis.hpp"

#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <format>
#include <fstream>
#include <future>
#include <thread>

#include "app/facts/fact_recorder.hpp"
#include "core/masking.hpp"
#include "media/file_source.hpp"
#include "server/database_choice.hpp"
#include "server/server.hpp"
#include "server/system_clock.hpp"
#include "vision/model_pack.hpp"
#include "web/web_server.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

constexpr double gib = 1024.0 * 1024.0 * 1024.0;

Check good(std::string subject, std::string finding) {
  return {std::move(subject), Verdict::good, mask_credentials(finding)};
}
Check warning(std::string subject, std::string finding) {
  return {std::move(subject), Verdict::warning, mask_credentials(finding)};
}
Check broken(std::string subject, const std::string& finding) {
  return {std::move(subject), Verdict::broken, mask_credentials(finding)};
}

/// The value of the first "name : value" line of a file of /proc; empty when there is none.
std::string proc_value(const char* file, std::string_view name) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(name)) {
      const auto colon = line.find(':');
      const auto begin = line.find_first_not_of(" \t", colon == std::string::npos ? line.size() : colon + 1);
      return begin == std::string::npos ? "" : line.substr(begin);
    }
  return {};
}

Check check_processor() {
  const std::string name = proc_value("/proc/cpuinfo", "model name");
  const std::string finding =
      std::format("{} cores, {}", std::thread::hardware_concurrency(), name.empty() ? "of an unknown kind" : name);
  const std::string flags = proc_value("/proc/cpuinfo", "flags");
  if (!flags.empty() && !flags.contains(" avx2"))
    return warning("processor", finding + "; it has no AVX2, so recognition will be slow");
  return good("processor", finding);
}

Check check_memory() {
  struct sysinfo info{};
  ::sysinfo(&info);
  double available = static_cast<double>(info.freeram + info.bufferram) * info.mem_unit;
  if (const std::string kib = proc_value("/proc/meminfo", "MemAvailable"); !kib.empty())
    available = std::strtod(kib.c_str(), nullptr) * 1024;
  const std::string finding = std::format("{:.1f} GiB of {:.1f} GiB are free", available / gib,
                                          static_cast<double>(info.totalram) * info.mem_unit / gib);
  if (available < 0.5 * gib) return warning("memory", finding + "; hadir wants half a GiB and 60 MB a camera");
  return good("memory", finding);
}

/// The folder, or the nearest one above it that exists.
fs::path existing(fs::path folder) {
  std::error_code error;
  folder = fs::absolute(folder, error);
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

Check check_disk(const fs::path& data) {
  std::error_code error;
  const auto space = fs::space(existing(data), error);
  if (error) return broken("disk", std::format("{}: {}", data.string(), error.message()));
  const std::string finding =
      std::format("{:.1f} GiB are free for {}", static_cast<double>(space.available) / gib, data.string());
  if (static_cast<double>(space.available) < 0.1 * gib) return broken("disk", finding + "; pictures need room");
  if (static_cast<double>(space.available) < 2 * gib) return warning("disk", finding);
  return good("disk", finding);
}

Check check_models(const ModelSettings& settings) {
  const auto where = ModelLocations::standard();
  const auto pack = load_pack(settings, where);
  if (!pack) return broken("models", pack.error().message);
  const auto notice = choose_pack(settings, where).notice;
  return notice.empty() ? good("models", (*pack)->describe()) : warning("models", notice);
}

Check check_camera(const CameraSettings& camera) {
  const std::string subject = std::format("{} ({})", camera.id, camera.name);
  StreamOptions options;
  options.rtsp_protocol = camera.stream.rtsp_protocol;
  options.open_timeout_sec = camera.stream.open_timeout_sec;
  options.read_timeout_sec = camera.stream.read_timeout_sec;
  const auto source = open_video(camera.url, options);
  if (!source) return broken(subject, source.error().message);
  const auto frame = (*source)->next({});
  if (!frame) return broken(subject, frame.error().message);
  if (!*frame) return broken(subject, "it ends before its first picture");
  const auto description = (*source)->description();
  return good(subject, std::format("{}x{} {}, {:.3g} frames/s", (*frame)->width, (*frame)->height, description.codec,
                                   description.fps));
}

void check_cameras(const std::vector<CameraSettings>& cameras, std::vector<Check>& checks) {
  std::vector<std::future<Check>> running;
  for (const CameraSettings& camera : cameras)
    if (camera.enabled) running.push_back(std::async(std::launch::async, [&camera] { return check_camera(camera); }));
  for (auto& one : running) checks.push_back(one.get());
  if (running.empty()) checks.push_back(warning("cameras", "none is configured and switched on"));
}

Check check_database(const fs::path& data, const Environment& environment) {
  std::error_code error;
  const auto choice = DatabaseChoice::from(data, environment);
  if (!choice) return broken("database", choice.error().message);
  if (!choice->postgres && !fs::exists(choice->file, error)) {
    const fs::path parent = existing(data);
    if (::access(parent.c_str(), W_OK) != 0)
      return broken("database", std::format("{} can't be written to", parent.string()));
    return good("database", choice->describe() + " will be made at the first start");
  }
  const auto opened = DataFolder::open(data, environment);
  if (!opened) return broken("database", opened.error().message);
  if (const auto writable = opened->database->check(); !writable) return broken("database", writable.error().message);
  return good("database", opened->database->describe());
}

Check check_port_free(const DiagnosisOptions& options) {
  const auto host = checked_host(options.host);
  if (!host) return broken("port", host.error().message);
  const auto tried = check_port(*host, options.port);
  if (tried) return good("port", std::format("{} of {} is free", options.port, *host));
  return warning("port", tried.error().message + " (hadir itself, when it runs already)");
}

Check check_time(const SiteSettings& site) {
  const auto rules = FactRules::from(site);
  if (!rules) return broken("time", rules.error().message);
  return good("time", std::format("it is {} in {}; a working day begins at {:02}:{:02}",
                                  format_iso8601(SystemClock().now(), *rules->site).substr(0, 19), rules->site->name(),
                                  rules->day_starts_at.count() / 60, rules->day_starts_at.count() % 60));
}

}  // namespace

std::vector<Check> diagnose(const DiagnosisOptions& options, const Environment& environment) {
  std::vector<Check> checks{check_processor(), check_memory(), check_disk(options.data)};
  const auto configuration = load_configuration(options.config_dir, environment);
  if (configuration) {
    checks.push_back(good("configuration", std::format("valid, {} cameras", configuration->settings.cameras.size())));
    for (const std::string& line : configuration->warnings) checks.push_back(warning("configuration", line));
  } else {
    checks.push_back(broken("configuration", configuration.error().message));
  }
  const Settings settings = configuration ? configuration->settings : Settings{};
  checks.push_back(check_time(settings.site));
  checks.push_back(check_models(settings.models));
  if (configuration) check_cameras(settings.cameras, checks);
  checks.push_back(check_database(options.data, environment));
  checks.push_back(check_port_free(options));
  return checks;
}

}  // namespace hadir
