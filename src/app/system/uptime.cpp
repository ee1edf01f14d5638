#include "app/system/uptime.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "app/configuration/json_file.hpp"
#include "app/configuration/whole_file.hpp"

namespace hadir {
namespace {

constexpr std::chrono::minutes remember_every{1};
constexpr const char* key = "total_seconds";

std::chrono::seconds remembered(const std::filesystem::path& file) {
  const auto object = read_json_object(file);
  if (!object) return std::chrono::seconds{0};
  const auto seconds = object->value.find(key);
  if (seconds == object->value.end() || !seconds->is_number_unsigned()) return std::chrono::seconds{0};
  return std::chrono::seconds(seconds->get<std::int64_t>());
}

}  // namespace

Uptime::Uptime(std::filesystem::path file, const Clock& clock)
    : file_(std::move(file)), clock_(clock), started_(clock.now()), before_(remembered(file_)) {
  writer_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any until;
    std::unique_lock lock(mutex);
    do {
      until.wait_for(lock, stop, remember_every, [] { return false; });
      remember();
    } while (!stop.stop_requested());
  });
}

Uptime::~Uptime() = default;

std::chrono::seconds Uptime::this_run() const {
  return std::max(std::chrono::seconds{0}, std::chrono::floor<std::chrono::seconds>(clock_.now() - started_));
}

void Uptime::remember() const {
  const nlohmann::ordered_json object{{key, total().count()}};
  static_cast<void>(write_whole_file(file_, object.dump(2) + "\n"));  // see the class
}

}  // namespace hadir
