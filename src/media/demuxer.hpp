#pragma once
// Internal to media/.
#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "media/address.hpp"
#include "media/file_source.hpp"
#include "media/libav.hpp"

namespace hadir {

/// Larger pictures are refused before memory is taken for them (8192×8192).
inline constexpr std::int64_t max_video_pixels = 8192LL * 8192;

/// Packets of one address's best video stream. Every call that may block ends by its deadline or by the stop token,
/// within about 100 ms. Belongs to one thread at a time; must not move while open (libav holds its address).
class Demuxer {
 public:
  static Result<std::unique_ptr<Demuxer>> open(const VideoAddress& address, const StreamOptions& options);

  Demuxer(const Demuxer&) = delete;
  Demuxer& operator=(const Demuxer&) = delete;
  ~Demuxer();

  /// Begins a wait: the read time-out runs from now, and `stop` ends it.
  void arm(std::stop_token stop);
  /// The next packet of the video stream, valid until the next call; nullptr at the end or when stopped.
  Result<const AVPacket*> read();
  bool stopped() const { return stop_.stop_requested(); }
  /// Broken stretches passed over since the last call.
  std::uint64_t take_broken() { return std::exchange(broken_, 0); }

  void saw_picture() { last_picture_ = SteadyClock::now(); }
  double seconds_since_picture() const;

  const AVCodecParameters* codec_parameters() const { return stream_->codecpar; }
  AVRational time_base() const { return stream_->time_base; }
  Millis to_millis(std::int64_t stamp) const;
  /// How pictures are to be turned to stand upright, as telephones ask for: an EXIF orientation, 1 for not at all.
  int orientation() const;
  double fps() const;
  Millis frame_duration() const;
  bool is_live() const { return address_.kind != VideoKind::file; }
  const std::string& display() const { return address_.display; }

 private:
  /// Only ever measures; time that is stored comes from a Clock.
  using SteadyClock = std::chrono::steady_clock;

  Demuxer(const VideoAddress& address, const StreamOptions& options);
  Status open_input(const StreamOptions& options);
  Status find_video(const StreamOptions& options);
  void set_deadline(double seconds);
  bool expired() const { return is_live() && SteadyClock::now() > deadline_; }
  static int interrupted(void* self);
  std::unexpected<Error> failure(int error, double seconds) const;

  VideoAddress address_;
  double read_timeout_sec_;
  std::stop_token stop_;
  SteadyClock::time_point deadline_;
  SteadyClock::time_point last_picture_ = SteadyClock::now();
  libav::PacketPtr packet_;
  libav::FormatPtr format_;
  AVStream* stream_ = nullptr;
  std::uint64_t broken_ = 0;
  int errors_in_a_row_ = 0;
};

}  // namespace hadir
