#include "media/file_source.hpp"

#include <memory>
#include <utility>

#include "media/address.hpp"
#include "media/demuxer.hpp"
#include "media/disposable.hpp"
#include "media/orientation.hpp"
#include "media/rate_picker.hpp"
#include "media/timeline.hpp"
#include "media/yuv_converter.hpp"

namespace hadir {
namespace {

/// A sender whose stamps jump further than this has set its clock; a file may really have such gaps.
constexpr Millis live_max_gap{10'000};
/// Live packets that never become a picture: as dead as no packets.
constexpr double undecodable_limit_sec = 30;

class DecodedVideo final : public VideoSource {
 public:
  DecodedVideo(std::unique_ptr<Demuxer> demuxer, libav::CodecPtr codec, const StreamOptions& options)
      : demuxer_(std::move(demuxer)),
        codec_(std::move(codec)),
        frame_(av_frame_alloc()),
        start_(options.start),
        orientation_(demuxer_->orientation()),
        disposable_(*demuxer_->codec_parameters()),
        picker_(options.wanted_fps),
        timeline_(demuxer_->frame_duration(),
                  demuxer_->is_live() ? std::optional(live_max_gap) : std::optional<Millis>()) {}

  Result<std::optional<Frame>> next(std::stop_token stop) override {
    demuxer_->arm(stop);
    while (!stop.stop_requested()) {
      const int result = avcodec_receive_frame(codec_.get(), frame_.get());
      if (result == 0) {
        if (auto frame = take()) return frame;
        continue;
      }
      if (result == AVERROR_EOF) return std::nullopt;
      if (result != AVERROR(EAGAIN)) ++counts_.broken;
      if (auto fed = feed(); !fed) return std::unexpected(std::move(fed.error()));
    }
    return std::nullopt;
  }

  Description description() const override {
    const Size stored{codec_->width, codec_->height};
    return {orientation_ >= 5 ? Size{stored.height, stored.width} : stored, avcodec_get_name(codec_->codec_id),
            demuxer_->fps()};
  }

  DecodeCounts counts() const override { return counts_; }

 private:
  /// Gives the decoder one packet, or tells it that there are no more.
  Status feed() {
    auto packet = demuxer_->read();
    if (!packet) {
      counts_.broken += demuxer_->take_broken();
      return std::unexpected(std::move(packet.error()));
    }
    counts_.broken += demuxer_->take_broken();
    if (demuxer_->stopped()) return {};
    if (*packet == nullptr) {
      avcodec_send_packet(codec_.get(), nullptr);
      return {};
    }
    ++counts_.packets;
    if (!is_needed(**packet)) {
      ++counts_.skipped_packets;
      return {};
    }
    if (avcodec_send_packet(codec_.get(), *packet) < 0) ++counts_.broken;
    if (demuxer_->is_live() && demuxer_->seconds_since_picture() > undecodable_limit_sec)
      return fail(ErrorKind::unavailable,
                  demuxer_->display() + ": data arrives, but no picture could be decoded from it");
    return {};
  }

  bool is_needed(const AVPacket& packet) {
    // The first picture fixes time 0, so nothing before it is skipped.
    if (packet.pts == AV_NOPTS_VALUE) return true;
    const PacketUse use = disposable_(packet);
    const auto at = timeline_.where(demuxer_->to_millis(packet.pts));
    return !at || !picker_.refuses(*at, use);
  }

  /// The picture just decoded, when it is wanted and whole.
  std::optional<Frame> take() {
    demuxer_->saw_picture();
    const std::uint64_t sequence = counts_.decoded++;
    const std::int64_t stamp = frame_->best_effort_timestamp;
    const Millis pts =
        timeline_.place(stamp == AV_NOPTS_VALUE ? std::optional<Millis>() : std::optional(demuxer_->to_millis(stamp)));
    std::optional<Frame> out;
    if ((frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame_->decode_error_flags != 0) {
      picker_.keep_references();
      ++counts_.broken;
    } else if (picker_.picks(pts)) {
      if (auto converted = converter_.convert(*frame_)) {
        out = upright(*converted, orientation_);
        out->pts = pts;
        out->captured_at = start_ + pts;
        out->sequence = sequence;
        ++counts_.delivered;
      } else {
        ++counts_.broken;
      }
    }
    av_frame_unref(frame_.get());
    return out;
  }

  std::unique_ptr<Demuxer> demuxer_;
  libav::CodecPtr codec_;
  libav::FramePtr frame_;
  Instant start_;
  ExifOrientation orientation_;
  DisposableTest disposable_;
  RatePicker picker_;
  Timeline timeline_;
  YuvConverter converter_;
  DecodeCounts counts_;
};

Result<libav::CodecPtr> open_decoder(const Demuxer& demuxer, const StreamOptions& options) {
  const AVCodecParameters& parameters = *demuxer.codec_parameters();
  const auto refuse = [&](const std::string& why) {
    return fail(ErrorKind::invalid_input,
                demuxer.display() + ": its video (" + avcodec_get_name(parameters.codec_id) + ") " + why);
  };
  const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
  if (decoder == nullptr) return refuse("is of a format that no decoder here reads");
  libav::CodecPtr codec(avcodec_alloc_context3(decoder));
  if (!codec || avcodec_parameters_to_context(codec.get(), &parameters) < 0) return refuse("could not be opened");
  codec->thread_count = 1;  // parallelism is the pipeline's
  codec->pkt_timebase = demuxer.time_base();
  codec->max_pixels = max_video_pixels;
  // Where not every picture is wanted, B-frames go without the deblocking filter: 5 % of the time, at a difference of
  // 60 dB that nobody sees (docs/benchmarks.md).
  if (options.wanted_fps > 0) codec->skip_loop_filter = AVDISCARD_BIDIR;
  if (!options.deblock) codec->skip_loop_filter = AVDISCARD_ALL;
  // With B-frames this flag would hand out pictures in the wrong order.
  if (demuxer.is_live() && parameters.video_delay == 0) codec->flags |= AV_CODEC_FLAG_LOW_DELAY;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return refuse("could not be opened");
  return codec;
}

}  // namespace

Result<std::unique_ptr<VideoSource>> open_video(const std::string& text, const StreamOptions& options) {
  libav::silence();
  auto address = parse_video_address(text);
  if (!address) return std::unexpected(std::move(address.error()));
  auto demuxer = Demuxer::open(*address, options);
  if (!demuxer) return std::unexpected(std::move(demuxer.error()));
  auto codec = open_decoder(**demuxer, options);
  if (!codec) return std::unexpected(std::move(codec.error()));
  return std::make_unique<DecodedVideo>(std::move(*demuxer), std::move(*codec), options);
}

}  // namespace hadir
