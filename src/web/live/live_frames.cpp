#include "web/live/live_frames.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "web/routes.hpp"

namespace hadir {
namespace {

constexpr std::chrono::milliseconds look_every{15};

std::string room_of(const std::string& event, const CameraId& camera) {
  return event + " " + camera.str();
}

LiveJson boxes_of(const LiveFrame& live) {
  LiveJson boxes = LiveJson::array();
  for (const Overlay& overlay : live.overlays)
    boxes.push_back({{"track", overlay.track},
                     {"kind", kind_word(overlay.kind)},
                     {"person_id", overlay.person ? LiveJson(overlay.person->str()) : LiveJson(nullptr)},
                     {"label", overlay.label},
                     {"confidence", overlay.confidence},
                     {"x", overlay.box.x},
                     {"y", overlay.box.y},
                     {"width", overlay.box.width},
                     {"height", overlay.box.height}});
  return boxes;
}

}  // namespace

LiveFrames::LiveFrames(const LiveView& live, const JpegEncoder& jpeg, SocketServer& sockets, Options options)
    : live_(live), jpeg_(jpeg), sockets_(sockets), options_(options) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void LiveFrames::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void LiveFrames::add(const SocketId& socket, const CameraId& camera, const std::string& event) {
  remove(socket, camera);
  sockets_.join(socket, room_of(event, camera));
  {
    const std::scoped_lock lock(mutex_);
    watched_[camera][socket] = event;
  }
  changed_.notify_one();
}

bool LiveFrames::remove(const SocketId& socket, const CameraId& camera) {
  std::string event;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = watched_.find(camera);
    if (found == watched_.end() || !found->second.contains(socket)) return false;
    event = found->second.at(socket);
    found->second.erase(socket);
    if (found->second.empty()) watched_.erase(found);
  }
  sockets_.leave(socket, room_of(event, camera));
  sockets_.drop_stream(socket, camera.str());
  return true;
}

std::vector<CameraId> LiveFrames::remove_all(const SocketId& socket) {
  std::vector<CameraId> watched;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [camera, viewers] : watched_)
      if (viewers.contains(socket)) watched.push_back(camera);
  }
  std::erase_if(watched, [&](const CameraId& camera) { return !remove(socket, camera); });
  return watched;
}

void LiveFrames::run(const std::stop_token& stop) {
  std::map<CameraId, std::uint64_t> last;
  while (!stop.stop_requested()) {
    std::map<CameraId, Viewers> watched;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return !watched_.empty(); })) return;
      watched = watched_;
    }
    std::erase_if(last, [&](const auto& entry) { return !watched.contains(entry.first); });
    for (const auto& [camera, viewers] : watched) send(camera, viewers, last[camera]);
    std::this_thread::sleep_for(look_every);
  }
}

void LiveFrames::send(const CameraId& camera, const Viewers& viewers, std::uint64_t& last) {
  const auto live = live_.latest(camera);
  if (!live || live->number == last) return;
  last = live->number;
  auto jpeg =
      jpeg_.encode(live->frame, {.crop = {}, .max_width = options_.max_width, .quality = options_.jpeg_quality});
  if (!jpeg) return spdlog::warn("{}: {}", camera.str(), jpeg.error().message);
  const LiveJson data{{"camera_id", camera.str()},  {"number", live->number},
                      {"width", live->frame.width}, {"height", live->frame.height},
                      {"boxes", boxes_of(*live)},   {"image", LiveJson::binary(std::move(*jpeg))}};
  std::set<std::string> events;
  for (const auto& [socket, event] : viewers) events.insert(event);
  for (const std::string& event : events)
    sockets_.broadcast_latest(room_of(event, camera), camera.str(), event, LiveJson::array({data}),
                              NextFrame::after_delivery);
}

}  // namespace hadir
