#include "web/live_streams.hpp"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <chrono>
#include <format>

namespace hadir {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto look_every = std::chrono::milliseconds{15};  // for a new frame, while somebody watches
constexpr auto repeat_after = std::chrono::seconds{10};     // a still picture is sent again: keeps proxies awake
constexpr auto give_up_after = std::chrono::seconds{20};    // on a viewer that takes nothing
/// The next boundary comes right after the picture: browsers show a part only when they see its end.
std::shared_ptr<const std::string> as_part(const Bytes& jpeg) {
  std::string part = std::format("content-type: image/jpeg\r\ncontent-length: {}\r\n\r\n", jpeg.size());
  part.append(jpeg.begin(), jpeg.end());
  part += "\r\n--hadir-frame\r\n";
  return std::make_shared<const std::string>(std::move(part));
}

}  // namespace

LiveStreams::LiveStreams(const LiveView& live, const Annotator& annotator, const JpegEncoder& jpeg, Options options)
    : live_(live),
      annotator_(annotator),
      jpeg_(jpeg),
      options_(std::move(options)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void LiveStreams::stop() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  thread_.request_stop();
  thread_.join();
  take_newcomers();
  for (const auto& viewer : viewers_) ::shutdown(viewer->connection.get(), SHUT_RDWR);
  viewers_.clear();
}

Status LiveStreams::room() const {
  const std::scoped_lock lock(mutex_);
  if (stopped_) return fail(ErrorKind::unavailable, "hadir is stopping");
  if (viewer_count_ < options_.max_viewers) return {};
  return fail(ErrorKind::unavailable,
              std::format("{} live streams run already, which is the most; close one first", viewer_count_));
}

void LiveStreams::add(const CameraId& camera, OwnedSocket connection) {
  auto viewer = std::make_unique<LiveViewer>(camera, std::move(connection));
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return;  // the viewer's descriptor is closed with it
    newcomers_.push_back(std::move(viewer));
    ++viewer_count_;
  }
  arrived_.notify_one();
}

std::size_t LiveStreams::viewers() const {
  const std::scoped_lock lock(mutex_);
  return viewer_count_;
}

std::uint64_t LiveStreams::encoded() const {
  const std::scoped_lock lock(mutex_);
  return encoded_;
}

void LiveStreams::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (viewers_.empty()) {
      channels_.clear();
      std::unique_lock lock(mutex_);
      if (!arrived_.wait(lock, stop, [this] { return !newcomers_.empty(); })) return;
    }
    take_newcomers();
    make_frames();
    send_frames();
    wait_for_sockets();
  }
}

void LiveStreams::take_newcomers() {
  const std::scoped_lock lock(mutex_);
  for (auto& viewer : newcomers_) viewers_.push_back(std::move(viewer));
  newcomers_.clear();
}

void LiveStreams::make_frames() {
  for (const auto& viewer : viewers_) {
    if (!viewer->ready()) continue;
    LiveChannel& channel = channels_[viewer->camera];
    if (const auto frame = live_.latest(viewer->camera); frame && frame->number != channel.number) {
      channel.number = frame->number;
      if (auto part = encode(viewer->camera, channel, *frame)) channel.part = std::move(part);
    }
    const bool is_new = channel.part != viewer->last;
    if (channel.part && (is_new || SteadyClock::now() - viewer->moved > repeat_after)) viewer->sending = channel.part;
  }
}

std::shared_ptr<const std::string> LiveStreams::encode(const CameraId& camera, LiveChannel& channel,
                                                       const LiveFrame& frame) {
  const auto found = options_.annotation_stride.find(camera);
  const auto stride = static_cast<std::uint64_t>(found == options_.annotation_stride.end() ? 1 : found->second);
  if (channel.part == nullptr || stride <= 1 || frame.number % stride == 0) channel.overlays = frame.overlays;
  const Frame drawn = annotator_.draw(frame.frame, channel.overlays, options_.max_width);
  const auto jpeg = jpeg_.encode(drawn, {.crop = {}, .max_width = 0, .quality = options_.jpeg_quality});
  if (!jpeg) {
    spdlog::warn("{}: a live picture could not be made: {}", camera.str(), jpeg.error().message);
    return nullptr;
  }
  const std::scoped_lock lock(mutex_);
  ++encoded_;
  return as_part(*jpeg);
}

void LiveStreams::send_frames() {
  const auto now = SteadyClock::now();
  for (const auto& viewer : viewers_) {
    viewer->send_more();
    if (!viewer->ready() && now - viewer->moved > give_up_after) viewer->gone = true;
  }
  const std::size_t left = std::erase_if(viewers_, [](const auto& viewer) {
    if (viewer->gone) ::shutdown(viewer->connection.get(), SHUT_RDWR);  // so that Drogon's descriptor ends, too
    return viewer->gone;
  });
  if (left > 0) {
    const std::scoped_lock lock(mutex_);
    viewer_count_ -= left;
  }
}

void LiveStreams::wait_for_sockets() {
  std::vector<pollfd> sockets;
  sockets.reserve(viewers_.size());
  for (const auto& viewer : viewers_)
    sockets.push_back({viewer->connection.get(), static_cast<short>(POLLRDHUP | (viewer->ready() ? 0 : POLLOUT)), 0});
  if (::poll(sockets.data(), sockets.size(), static_cast<int>(look_every.count())) <= 0) return;
  for (std::size_t i = 0; i < sockets.size(); ++i)
    if ((sockets[i].revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0) viewers_[i]->gone = true;
}

}  // namespace hadir
