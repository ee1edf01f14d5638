#pragma once
// Internal to media/.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>

#include "core/ports/frame_source.hpp"
#include "media/capture_clock.hpp"
#include "media/live_camera.hpp"

namespace hadir {

/// The instant that pts of all streams of one camera count from: that of the first frame of any of them. Thread-safe.
class PtsOrigin {
 public:
  /// Time since the origin; the first call makes `at` the origin.
  Millis since(Instant at);

 private:
  std::mutex mutex_;
  std::optional<Instant> origin_;
};

/// Keeps one stream open on a thread of its own and holds its newest frame. Thread-safe.
class StreamReader {
 public:
  using Open = std::function<Result<std::unique_ptr<FrameSource>>(std::stop_token stop)>;
  struct Options {
    std::string name;  ///< how its log lines begin
    Open open;
    bool is_file = false;  ///< its end is no failure
    bool paced = false;    ///< frames wait for their time
    bool loop = false;
    Millis first_pause{500};
    Millis longest_pause{6'000};
    std::function<void()> frame_ready;
  };

  StreamReader(Options options, PtsOrigin& origin, const Clock& clock, LogLine log);
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  std::optional<Frame> take();
  std::optional<Frame> newest() const;
  CameraStatus status() const;
  bool online() const;
  void request_stop() { thread_.request_stop(); }

 private:
  /// Only ever measures and paces; time that is stored comes from the Clock.
  using SteadyClock = std::chrono::steady_clock;
  struct Played {
    std::uint64_t frames = 0;
    std::optional<Error> error;  ///< nothing: the stream ended
  };

  void run(std::stop_token stop);
  Played play(FrameSource& source, std::stop_token stop);
  void deliver(Frame frame, const FrameSource& source, SteadyClock::time_point arrived);
  Frame stamped(Frame frame);
  void went_online(const FrameSource& source);
  void went_offline(const Error& error);
  Millis next_pause(const Error& error);
  static bool sleep_until(SteadyClock::time_point until, std::stop_token stop);

  Options options_;
  PtsOrigin& origin_;
  const Clock& clock_;
  LogLine log_;

  // Only the thread's own.
  CaptureClock capture_clock_;
  std::minstd_rand random_;
  int failures_ = 0;
  bool continues_ = false;              ///< the session goes on where the file ended
  std::optional<Millis> session_base_;  ///< what is added to the source's pts
  Millis last_pts_{0};
  Millis last_step_{40};
  bool delivered_any_ = false;
  std::uint64_t session_first_ = 0;  ///< sequence number of the session's first frame
  std::uint64_t next_sequence_ = 0;

  mutable std::mutex mutex_;  // guards what follows
  CameraStatus status_;
  std::optional<Frame> newest_;
  bool taken_ = true;
  bool was_online_ = false;
  std::deque<SteadyClock::time_point> arrivals_;  ///< of the last seconds

  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace hadir
