#include "media/video_writer.hpp"

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <cmath>
#include <cstring>
#include <format>
#include <utility>

#include "media/libav.hpp"

namespace hadir {
namespace {

constexpr int audio_rate = 48'000;

struct OutputDeleter {
  void operator()(AVFormatContext* p) const {
    if (p->pb != nullptr) avio_closep(&p->pb);
    avformat_free_context(p);
  }
};
using OutputPtr = std::unique_ptr<AVFormatContext, OutputDeleter>;

const AVCodec* encoder_for(const std::string& codec) {
  if (codec == "h264") {
    const AVCodec* x264 = avcodec_find_encoder_by_name("libx264");
    return x264 != nullptr ? x264 : avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  }
  if (codec == "hevc") return avcodec_find_encoder_by_name("libx265");
  if (codec == "mpeg4") return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  if (codec == "mjpeg") return avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  return nullptr;
}

class LibavWriter final : public VideoWriter {
 public:
  LibavWriter(std::string file, Size size, const Options& options)
      : file_(std::move(file)), size_(size), options_(options), packet_(av_packet_alloc()) {}

  Status open() {
    libav::silence();
    const AVCodec* encoder = encoder_for(options_.codec);
    const AVPixelFormat format = av_get_pix_fmt(options_.pixel_format.c_str());
    if (encoder == nullptr) return fail(ErrorKind::unavailable, "no encoder for " + options_.codec + " is installed");
    if (format == AV_PIX_FMT_NONE || size_.width <= 0 || size_.height <= 0 || !(options_.fps > 0))
      return fail(ErrorKind::invalid_input, file_ + ": unknown pixel format, size or rate");
    AVFormatContext* context = nullptr;
    if (const int r = avformat_alloc_output_context2(&context, nullptr, nullptr, file_.c_str()); r < 0)
      return failed(r);
    output_.reset(context);
    if (auto made = open_encoder(*encoder, format); !made) return made;
    stream_ = avformat_new_stream(output_.get(), nullptr);
    if (stream_ == nullptr) return failed(AVERROR(ENOMEM));
    avcodec_parameters_from_context(stream_->codecpar, codec_.get());
    stream_->time_base = codec_->time_base;
    stream_->avg_frame_rate = codec_->framerate;
    if (options_.silent_audio) add_audio();
    if (const int r = avio_open(&output_->pb, ("file:" + file_).c_str(), AVIO_FLAG_WRITE); r < 0) return failed(r);
    if (const int r = avformat_write_header(output_.get(), nullptr); r < 0) return failed(r);
    return {};
  }

  Status write(const Frame& frame) override {
    if (frame.empty()) return fail(ErrorKind::invalid_input, file_ + ": the picture is empty");
    if (finished_) return fail(ErrorKind::invalid_input, file_ + ": is complete already");
    auto picture = convert(frame);
    if (!picture) return std::unexpected(picture.error());
    (*picture)->pts = count_++;
    if (const int r = avcodec_send_frame(codec_.get(), picture->get()); r < 0) return failed(r);
    if (options_.silent_audio) write_silence();
    return drain();
  }

  Status finish() override {
    if (finished_) return {};
    finished_ = true;
    if (const int r = avcodec_send_frame(codec_.get(), nullptr); r < 0) return failed(r);
    if (auto drained = drain(); !drained) return drained;
    if (const int r = av_write_trailer(output_.get()); r < 0) return failed(r);
    if (const int r = avio_closep(&output_->pb); r < 0) return failed(r);
    return {};
  }

 private:
  std::unexpected<Error> failed(int error) const {
    return fail(ErrorKind::unavailable, file_ + ": cannot be written: " + libav::reason_of(error));
  }

  Status open_encoder(const AVCodec& encoder, AVPixelFormat format) {
    codec_.reset(avcodec_alloc_context3(&encoder));
    if (!codec_) return failed(AVERROR(ENOMEM));
    const bool jpeg = encoder.id == AV_CODEC_ID_MJPEG;
    codec_->width = size_.width;
    codec_->height = size_.height;
    codec_->pix_fmt = format;
    codec_->framerate = av_d2q(options_.fps, 100'000);
    codec_->time_base = av_inv_q(codec_->framerate);
    codec_->gop_size = options_.key_interval;
    codec_->max_b_frames = options_.b_frames;
    codec_->thread_count = 1;
    codec_->color_range = jpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    codec_->colorspace = jpeg ? AVCOL_SPC_BT470BG : AVCOL_SPC_BT709;
    if ((output_->oformat->flags & AVFMT_GLOBALHEADER) != 0) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_opt_set_double(codec_->priv_data, "crf", options_.crf, 0);
    av_opt_set(codec_->priv_data, "preset", "veryfast", 0);
    av_opt_set(codec_->priv_data, "x265-params", "log-level=none:pools=1:frame-threads=1", 0);
    if (encoder.id == AV_CODEC_ID_MPEG4 || jpeg) {
      codec_->flags |= AV_CODEC_FLAG_QSCALE;
      codec_->global_quality = FF_QP2LAMBDA * std::max(2, options_.crf / 4);
    }
    if (const int r = avcodec_open2(codec_.get(), &encoder, nullptr); r < 0)
      return fail(ErrorKind::unavailable, std::format("{}: {} refuses {}x{} {}: {}", file_, encoder.name, size_.width,
                                                      size_.height, options_.pixel_format, libav::reason_of(r)));
    return {};
  }

  void add_audio() {
    audio_ = avformat_new_stream(output_.get(), nullptr);
    if (audio_ == nullptr) return;
    audio_->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
    audio_->codecpar->codec_id = AV_CODEC_ID_PCM_S16LE;
    audio_->codecpar->format = AV_SAMPLE_FMT_S16;
    audio_->codecpar->sample_rate = audio_rate;
    audio_->codecpar->bits_per_coded_sample = 16;
    audio_->codecpar->block_align = 2;
    audio_->codecpar->bit_rate = audio_rate * 16;
    av_channel_layout_default(&audio_->codecpar->ch_layout, 1);
    audio_->time_base = {1, audio_rate};
  }

  void write_silence() {
    if (audio_ == nullptr) return;
    const int samples = static_cast<int>(audio_rate / options_.fps);
    if (av_new_packet(packet_.get(), samples * 2) < 0) return;
    std::memset(packet_->data, 0, static_cast<std::size_t>(samples) * 2);
    packet_->stream_index = audio_->index;
    packet_->pts = packet_->dts = (count_ - 1) * samples;
    packet_->duration = samples;
    av_packet_rescale_ts(packet_.get(), {1, audio_rate}, audio_->time_base);
    av_interleaved_write_frame(output_.get(), packet_.get());
  }

  Result<libav::FramePtr> convert(const Frame& frame) {
    const bool jpeg = codec_->codec_id == AV_CODEC_ID_MJPEG;
    libav::FramePtr out(av_frame_alloc());
    if (!out) return failed(AVERROR(ENOMEM));
    out->format = codec_->pix_fmt;
    out->width = size_.width;
    out->height = size_.height;
    out->color_range = codec_->color_range;
    out->colorspace = codec_->colorspace;
    if (const int r = av_frame_get_buffer(out.get(), 0); r < 0) return failed(r);
    scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, AV_PIX_FMT_YUV420P, size_.width,
                                       size_.height, codec_->pix_fmt, SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr,
                                       nullptr));
    if (!scaler_) return failed(AVERROR(EINVAL));
    sws_setColorspaceDetails(scaler_.get(), libav::coefficients_of(frame.matrix), frame.full_range ? 1 : 0,
                             libav::coefficients_of(jpeg ? ColourMatrix::bt601 : ColourMatrix::bt709), jpeg ? 1 : 0, 0,
                             1 << 16, 1 << 16);
    std::array<const std::uint8_t*, 4> planes{};
    std::array<int, 4> strides{};
    for (std::size_t i = 0; i < 3; ++i) {
      planes[i] = frame.planes[i].data;
      strides[i] = static_cast<int>(frame.planes[i].stride);
    }
    if (sws_scale(scaler_.get(), planes.data(), strides.data(), 0, frame.height, out->data, out->linesize) <= 0)
      return failed(AVERROR(EINVAL));
    return out;
  }

  Status drain() {
    while (true) {
      const int received = avcodec_receive_packet(codec_.get(), packet_.get());
      if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return {};
      if (received < 0) return failed(received);
      packet_->stream_index = stream_->index;
      packet_->duration = 1;
      av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
      if (const int r = av_interleaved_write_frame(output_.get(), packet_.get()); r < 0) return failed(r);
    }
  }

  std::string file_;
  Size size_;
  Options options_;
  libav::PacketPtr packet_;
  OutputPtr output_;
  libav::CodecPtr codec_;
  libav::SwsPtr scaler_;
  AVStream* stream_ = nullptr;
  AVStream* audio_ = nullptr;
  std::int64_t count_ = 0;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<VideoWriter>> make_video_writer(const std::filesystem::path& file, Size size,
                                                       const VideoWriter::Options& options) {
  auto writer = std::make_unique<LibavWriter>(file.string(), size, options);
  if (auto opened = writer->open(); !opened) return std::unexpected(std::move(opened.error()));
  return writer;
}

Frame plain_frame(Size size, std::uint8_t y, std::uint8_t u, std::uint8_t v, ColourMatrix matrix) {
  libav::FramePtr out = libav::allocate_yuv420(size.width, size.height);
  if (!out) return {};
  const std::array<std::uint8_t, 3> values = {y, u, v};
  for (int i = 0; i < 3; ++i) {
    const int rows = i == 0 ? size.height : (size.height + 1) / 2;
    std::memset(out->data[i], values[static_cast<std::size_t>(i)],
                static_cast<std::size_t>(out->linesize[i]) * static_cast<std::size_t>(rows));
  }
  return libav::share(std::move(out), matrix, false);
}

}  // namespace hadir
