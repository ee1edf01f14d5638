#include "media/live_camera.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

#include "media/stream_reader.hpp"
#include "media/test_clips.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

class MachineClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); }
};

/// Lines said so far. Thread-safe.
class LineLog {
 public:
  LogLine sink() {
    return [this](LogLevel, const std::string& line) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(line);
    };
  }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

/// Waits for what must come; the limit is only there to end a failing test.
template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 3000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

std::vector<Frame> taken(LiveCamera& camera, std::size_t count) {
  std::vector<Frame> frames;
  comes_true([&] {
    while (auto frame = camera.take()) frames.push_back(std::move(*frame));
    return frames.size() >= count;
  });
  return frames;
}

LiveCameraOptions file_camera(const std::string& file) {
  LiveCameraOptions options;
  options.id = "CAM1";
  options.url = file;
  options.stream.loop = true;
  return options;
}

double seconds_of(auto work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// Listens on a loopback port, accepts by the kernel's backlog, and never says a word.
class SilentServer {
 public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() { ::close(socket_); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
};

TEST(LiveCameraTest, AFilePlaysAtItsOwnPaceAndLoops) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 25);  // one second
  const MachineClock clock;
  LineLog log;
  const auto camera = make_live_camera(file_camera(folder.file("a.mp4")), clock, log.sink());
  std::vector<Frame> frames;
  const double seconds = seconds_of([&] { frames = taken(*camera, 60); });
  ASSERT_GE(frames.size(), 60U);
  EXPECT_GT(seconds, 1.8);           // 60 frames of 40 ms; slower on a busy machine, never faster
  EXPECT_LT(frames[0].pts, 1000ms);  // the very first may be replaced before a busy machine takes it
  for (std::size_t i = 1; i < frames.size(); ++i) {
    EXPECT_GT(frames[i].pts, frames[i - 1].pts);
    EXPECT_GE(frames[i].captured_at, frames[i - 1].captured_at);
    EXPECT_GT(frames[i].sequence, frames[i - 1].sequence);
  }
  EXPECT_GT(frames.back().pts, 1800ms);
  const auto status = camera->status();
  EXPECT_EQ(status.state, CameraState::online);
  EXPECT_EQ(status.reason, "");
  EXPECT_EQ(status.size, (Size{64, 48}));
  EXPECT_EQ(status.codec, "h264");
  EXPECT_EQ(status.reconnects, 0U);
  EXPECT_GE(status.frames_decoded, 60U);
  EXPECT_GT(status.fps, 1);
  EXPECT_LT(status.fps, 40);
  EXPECT_EQ(log.lines(), std::vector<std::string>{"CAM1 is online: 64x48 h264"});
}

TEST(LiveCameraTest, LoopsKeepTheTimeOfTheFile) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 5);
  const MachineClock clock;
  auto options = file_camera(folder.file("a.mp4"));
  options.stream.real_time = false;
  std::mutex mutex;
  std::vector<Millis> pts;
  std::unique_ptr<LiveCamera> camera;
  PtsOrigin origin;
  StreamReader::Options reader;
  reader.name = "CAM1";
  reader.open = [&](std::stop_token) -> Result<std::unique_ptr<FrameSource>> { return open_video(options.url); };
  reader.is_file = reader.loop = true;
  StreamReader* self = nullptr;
  std::atomic<bool> ready = false;
  reader.frame_ready = [&] {
    while (!ready) std::this_thread::yield();
    if (auto frame = self->take()) {
      const std::lock_guard lock(mutex);
      if (pts.size() < 20) pts.push_back(frame->pts);
    }
  };
  StreamReader stream(std::move(reader), origin, clock, {});
  self = &stream;
  ready = true;
  ASSERT_TRUE(comes_true([&] {
    const std::lock_guard lock(mutex);
    return pts.size() == 20;
  }));
  stream.request_stop();
  const std::lock_guard lock(mutex);
  for (std::size_t i = 0; i < pts.size(); ++i) EXPECT_EQ(pts[i], 40ms * static_cast<int>(i));
}

TEST(LiveCameraTest, AFileThatEndsSaysSo) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 5);
  const MachineClock clock;
  auto options = file_camera(folder.file("a.mp4"));
  options.stream.loop = false;
  const auto camera = make_live_camera(options, clock, {});
  ASSERT_TRUE(comes_true([&] { return camera->status().state == CameraState::offline; }));
  EXPECT_NE(camera->status().reason.find("end"), std::string::npos);
}

TEST(LiveCameraTest, WantedRateFillsTheSlot) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 50);
  const MachineClock clock;
  auto options = file_camera(folder.file("a.mp4"));
  options.wanted_fps = 5;
  std::atomic<int> ready = 0;
  options.frame_ready = [&] { ++ready; };
  const auto camera = make_live_camera(options, clock, {});
  const auto frames = taken(*camera, 12);
  ASSERT_GE(frames.size(), 12U);
  EXPECT_GE(ready, 12);
  EXPECT_NEAR(static_cast<double>((frames[11].pts - frames[0].pts).count()), 11 * 200, 200);
}

TEST(LiveCameraTest, AWaitingFrameIsReplacedAndCounted) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 25);
  const MachineClock clock;
  const auto camera = make_live_camera(file_camera(folder.file("a.mp4")), clock, {});
  ASSERT_TRUE(comes_true([&] { return camera->status().frames_dropped >= 10; }));
  ASSERT_TRUE(camera->take());
}

TEST(LiveCameraTest, SaysWhyItIsOffline) {
  const MachineClock clock;
  const SilentServer silent;
  struct Case {
    std::string url;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {"/no/such/file.mp4", "no such file"},
      {"rtsp://user:secret77@127.0.0.1:1/a", "connection refused"},
      {"http://user:secret77@127.0.0.1:1/a", "connection refused"},
      {"rtsp://user:secret77@" + silent.host() + "/a", "no answer within 1 s"},
      {"http://user:secret77@" + silent.host() + "/a", "no answer within 1 s"},
      {"concat:secret77", "not supported"},
      {"97", "no such"},
      {HADIR_SOURCE_DIR "/README.md", "not a video"},
  };
  for (const auto& [url, reason] : cases) {
    LineLog log;
    auto options = file_camera(url);
    options.stream.open_timeout_sec = 1;
    const auto camera = make_live_camera(options, clock, log.sink());
    ASSERT_TRUE(comes_true([&] { return camera->status().state == CameraState::offline; })) << url;
    EXPECT_NE(camera->status().reason.find(reason), std::string::npos) << url << ": " << camera->status().reason;
    EXPECT_EQ(camera->status().reason.find("secret77"), std::string::npos) << camera->status().reason;
    for (const auto& line : log.lines()) EXPECT_EQ(line.find("secret77"), std::string::npos) << line;
    EXPECT_FALSE(camera->take());
  }
}

TEST(LiveCameraTest, StopsWhileBlockedInsideLibav) {
  const MachineClock clock;
  const SilentServer silent;
  for (const std::string scheme : {"rtsp://", "http://"}) {
    auto options = file_camera(scheme + silent.host() + "/a");
    options.stream.open_timeout_sec = 600;
    auto camera = make_live_camera(options, clock, {});
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(camera->status().state, CameraState::connecting);
    EXPECT_LT(seconds_of([&] { camera.reset(); }), 1.0);
  }
}

TEST(LiveCameraTest, StopsWhileItWaitsForAFrameOrAReconnection) {
  ScratchFolder folder;
  make_clip(folder.file("slow.mp4"), {64, 48}, 3, {.fps = 0.02});
  const MachineClock clock;
  for (const auto& url : {folder.file("slow.mp4"), folder.file("none.mp4")}) {
    auto options = file_camera(url);
    options.first_pause = options.longest_pause = 600s;
    auto camera = make_live_camera(options, clock, {});
    ASSERT_TRUE(comes_true([&] { return camera->status().state != CameraState::connecting; }));
    EXPECT_LT(seconds_of([&] { camera.reset(); }), 1.0);
  }
}

TEST(LiveCameraTest, ALaterFileIsFound) {
  ScratchFolder folder;
  const MachineClock clock;
  auto options = file_camera(folder.file("a.mp4"));
  options.longest_pause = 50ms;
  const auto camera = make_live_camera(options, clock, {});
  ASSERT_TRUE(comes_true([&] { return camera->status().state == CameraState::offline; }));
  make_clip(folder.file("b.mp4"), {64, 48}, 25);
  std::filesystem::rename(folder.file("b.mp4"), folder.file("a.mp4"));
  EXPECT_EQ(taken(*camera, 3).size() >= 3, true);
  EXPECT_EQ(camera->status().state, CameraState::online);
}

TEST(LiveCameraTest, SubStreamDetectsMainStreamGivesCrops) {
  ScratchFolder folder;
  make_clip(folder.file("main.mp4"), {320, 240}, 25);
  make_clip(folder.file("sub.mp4"), {160, 120}, 25);
  const MachineClock clock;
  auto options = file_camera(folder.file("main.mp4"));
  options.detect_url = folder.file("sub.mp4");
  const auto camera = make_live_camera(options, clock, {});
  ASSERT_TRUE(comes_true([&] { return camera->main_frame().has_value(); }));
  while (camera->take()) {
  }
  const auto frames = taken(*camera, 5);
  for (const auto& frame : frames) EXPECT_EQ(frame.size(), (Size{160, 120}));
  const auto main = camera->main_frame();
  ASSERT_TRUE(main);
  EXPECT_EQ(main->size(), (Size{320, 240}));
  EXPECT_NEAR(static_cast<double>((main->captured_at - frames.back().captured_at).count()), 0, 1000);
  EXPECT_EQ(camera->status().state, CameraState::online);
  EXPECT_EQ(camera->status().reason, "");
  EXPECT_EQ(camera->status().size, (Size{320, 240}));
}

TEST(LiveCameraTest, EitherStreamAloneKeepsTheCameraOnline) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {160, 120}, 25);
  const MachineClock clock;
  auto options = file_camera(folder.file("a.mp4"));
  options.detect_url = folder.file("none.mp4");
  const auto without_sub = make_live_camera(options, clock, {});
  std::swap(options.url, options.detect_url);
  const auto without_main = make_live_camera(options, clock, {});
  for (const auto& camera : {without_sub.get(), without_main.get()}) {
    EXPECT_GE(taken(*camera, 5).size(), 5U);
    ASSERT_TRUE(comes_true([&] { return !camera->status().reason.empty(); }));
    EXPECT_EQ(camera->status().state, CameraState::online);
    EXPECT_FALSE(camera->main_frame());
  }
  EXPECT_TRUE(without_sub->status().reason.starts_with("detection stream: ")) << without_sub->status().reason;
  EXPECT_TRUE(without_main->status().reason.starts_with("main stream: ")) << without_main->status().reason;
}

TEST(LiveCameraTest, TimesGrowWhenOneStreamTakesOver) {
  ScratchFolder folder;
  make_clip(folder.file("main.mp4"), {320, 240}, 25);
  make_clip(folder.file("sub.mp4"), {160, 120}, 10);
  const MachineClock clock;
  auto options = file_camera(folder.file("main.mp4"));
  options.detect_url = folder.file("sub.mp4");
  const auto camera = make_live_camera(options, clock, {});
  std::vector<Frame> frames;
  ASSERT_TRUE(comes_true([&] {
    while (auto frame = camera->take()) frames.push_back(std::move(*frame));
    if (frames.size() > 3) std::filesystem::remove(folder.file("sub.mp4"));
    return frames.size() > 3 && frames.back().width == 320 && camera->status().reason != "";
  }));
  for (std::size_t i = 1; i < frames.size(); ++i) EXPECT_GT(frames[i].pts, frames[i - 1].pts);
}

TEST(LiveCameraTest, ConfigurationGivesTheRate) {
  CameraSettings settings;
  settings.id = "CAM7";
  settings.url = "rtsp://host/main";
  settings.detect_url = "rtsp://host/sub";
  settings.analysis.fps_target = 8;
  settings.analysis.frame_skip = 1;
  const auto options = live_camera_options(settings);
  EXPECT_EQ(options.id, "CAM7");
  EXPECT_EQ(options.url, settings.url);
  EXPECT_EQ(options.detect_url, settings.detect_url);
  EXPECT_DOUBLE_EQ(options.wanted_fps, 4);
}

}  // namespace
}  // namespace hadir
