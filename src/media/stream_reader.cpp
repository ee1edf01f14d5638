#include "media/stream_reader.hpp"

#include <algorithm>
#include <condition_variable>
#include <format>
#include <utility>

#include "core/masking.hpp"

namespace hadir {
namespace {

constexpr std::chrono::seconds fps_window{4};
/// A connection that gave this many frames was a good one: the next failure starts from the shortest pause.
constexpr std::uint64_t frames_of_success = 3;

}  // namespace

Millis PtsOrigin::since(Instant at) {
  const std::lock_guard lock(mutex_);
  if (!origin_) origin_ = at;
  return at - *origin_;
}

StreamReader::StreamReader(Options options, PtsOrigin& origin, const Clock& clock, LogLine log)
    : options_(std::move(options)),
      origin_(origin),
      clock_(clock),
      log_(std::move(log)),
      random_(static_cast<unsigned>(std::hash<std::string>{}(options_.name))) {
  status_.since = clock_.now();
  thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

bool StreamReader::sleep_until(SteadyClock::time_point until, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_until(lock, stop, until, [] { return false; });
  return !stop.stop_requested();
}

void StreamReader::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    auto source = options_.open(stop);
    std::optional<Error> error;
    if (source) {
      const Played played = play(**source, stop);
      source->reset();  // says good-bye to the camera before the pause
      if (stop.stop_requested()) return;
      if (played.frames >= frames_of_success || (options_.is_file && played.frames > 0)) failures_ = 0;
      if (!played.error && options_.is_file && played.frames > 0) {
        if (options_.loop) {
          continues_ = true;
          continue;
        }
        went_offline({ErrorKind::not_found, "the file has been played to its end"});
        return;
      }
      error = played.error.value_or(Error{ErrorKind::unavailable, played.frames > 0
                                                                      ? "the stream ended"
                                                                      : "the stream ended before its first picture"});
    } else {
      error = std::move(source.error());
    }
    if (stop.stop_requested()) return;
    continues_ = false;
    went_offline(*error);
    if (!sleep_until(SteadyClock::now() + next_pause(*error), stop)) return;
  }
}

StreamReader::Played StreamReader::play(FrameSource& source, std::stop_token stop) {
  Played played;
  session_base_.reset();
  session_first_ = next_sequence_;
  capture_clock_.restart();
  const auto started = SteadyClock::now();
  std::optional<SteadyClock::time_point> begun;  // when pts 0 is shown
  while (!stop.stop_requested()) {
    auto frame = source.next(stop);
    if (!frame) {
      played.error = std::move(frame.error());
      return played;
    }
    if (!*frame) return played;
    if (options_.paced) {
      // A looping file goes on from when its next round was opened, so that rounds take as long as the file says.
      if (!begun) begun = (continues_ ? started + last_step_ : SteadyClock::now()) - (*frame)->pts;
      if (!sleep_until(*begun + (*frame)->pts, stop)) return played;
    }
    if (played.frames++ == 0) went_online(source);
    deliver(stamped(std::move(**frame)), source, SteadyClock::now());
  }
  return played;
}

/// Gives a frame the camera's own count, time and instant.
Frame StreamReader::stamped(Frame frame) {
  const Instant now = clock_.now();
  frame.captured_at = options_.is_file ? now : capture_clock_.seen_at(now, frame.pts);
  if (!session_base_) {
    const Millis next = last_pts_ + last_step_;
    Millis begin = continues_ ? next : origin_.since(frame.captured_at);
    if (delivered_any_) begin = std::max(begin, next);
    session_base_ = begin - frame.pts;
  }
  const Millis pts = *session_base_ + frame.pts;
  if (delivered_any_ && pts - last_pts_ < std::chrono::seconds(1)) last_step_ = std::max(Millis(1), pts - last_pts_);
  frame.pts = last_pts_ = pts;
  delivered_any_ = true;
  frame.sequence += session_first_;
  next_sequence_ = frame.sequence + 1;
  return frame;
}

void StreamReader::deliver(Frame frame, const FrameSource& source, SteadyClock::time_point arrived) {
  {
    const std::lock_guard lock(mutex_);
    if (!taken_) ++status_.frames_dropped;
    taken_ = false;
    if (frame.size() != status_.size) {
      status_.size = frame.size();
      status_.codec = source.description().codec;
    }
    status_.frames_decoded = next_sequence_;
    newest_ = std::move(frame);
    arrivals_.push_back(arrived);
    while (arrivals_.front() + fps_window < arrived) arrivals_.pop_front();
  }
  if (options_.frame_ready) options_.frame_ready();
}

void StreamReader::went_online(const FrameSource& source) {
  const auto description = source.description();
  {
    const std::lock_guard lock(mutex_);
    if (status_.state == CameraState::online) return;
    if (was_online_) ++status_.reconnects;
    was_online_ = true;
    status_.state = CameraState::online;
    status_.reason.clear();
    status_.since = clock_.now();
    status_.size = description.size;
    status_.codec = description.codec;
    arrivals_.clear();
  }
  if (log_)
    log_(LogLevel::info, std::format("{} is online: {}x{} {}", options_.name, description.size.width,
                                     description.size.height, description.codec));
}

void StreamReader::went_offline(const Error& error) {
  const std::string reason = mask_credentials(error.message);
  {
    const std::lock_guard lock(mutex_);
    if (status_.state == CameraState::offline && status_.reason == reason) return;
    if (status_.state != CameraState::offline) status_.since = clock_.now();
    status_.state = CameraState::offline;
    status_.reason = reason;
    newest_.reset();
    taken_ = true;
    arrivals_.clear();
  }
  if (log_) log_(LogLevel::warning, std::format("{} is offline: {}", options_.name, reason));
}

Millis StreamReader::next_pause(const Error& error) {
  const int doublings = std::min(failures_++, 20);
  const bool hopeless = error.kind != ErrorKind::unavailable;
  const Millis pause =
      hopeless ? options_.longest_pause
               : std::min(options_.longest_pause, options_.first_pause * static_cast<Millis::rep>(1LL << doublings));
  std::uniform_real_distribution<double> share(0.75, 1.0);
  return Millis(static_cast<Millis::rep>(static_cast<double>(pause.count()) * share(random_)));
}

std::optional<Frame> StreamReader::take() {
  const std::lock_guard lock(mutex_);
  if (taken_) return std::nullopt;
  taken_ = true;
  return newest_;
}

std::optional<Frame> StreamReader::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

bool StreamReader::online() const {
  const std::lock_guard lock(mutex_);
  return status_.state == CameraState::online;
}

CameraStatus StreamReader::status() const {
  const auto now = SteadyClock::now();
  const std::lock_guard lock(mutex_);
  CameraStatus status = status_;
  const auto recent = std::ranges::count_if(arrivals_, [&](auto at) { return at + fps_window >= now; });
  if (status.state == CameraState::online && recent > 1) {
    // From the first arrival that counts to now: a stream that stands still is seen to slow down.
    const auto first = arrivals_[arrivals_.size() - static_cast<std::size_t>(recent)];
    const double span = std::chrono::duration<double>(now - first).count();
    status.fps = span > 0 ? static_cast<double>(recent - 1) / span : 0;
  }
  return status;
}

}  // namespace hadir
