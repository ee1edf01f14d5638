#include "media/demuxer.hpp"

extern "C" {
#include <libavdevice/avdevice.h>
#include <libavutil/display.h>
}

#include <array>
#include <cmath>
#include <cstring>
#include <format>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "media/host_lookup.hpp"

namespace hadir {
namespace {

constexpr AVRational milliseconds{1, 1000};
/// A file that gives nothing but errors over this many reads is over.
constexpr int max_errors_in_a_row = 200;
constexpr Millis try_again_pause{5};
/// How much of a live stream is looked at before it starts, µs and bytes: enough for a parameter set and two pictures.
constexpr const char* live_analysis_us = "3000000";
constexpr const char* live_probe_bytes = "1000000";
/// Frames a live stream's rate is guessed from; it is only shown.
constexpr int live_rate_frames = 3;

/// Containers and streams a camera or a recorder makes. Left out on purpose: play lists that name other files, text,
/// images.
constexpr const char* file_formats =
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,av1,obu,ivf,flv,asf,ogg,mjpeg,mxf,nut,gif,"
    "yuv4mpegpipe,"
    "dhav,live_flv,dv";
constexpr const char* http_formats =
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,h264,hevc,flv,mjpeg,mpjpeg,hls,live_flv,ogg,asf";
constexpr const char* rtsp_formats = "rtsp,rtp,sdp,mpegts,asf";

const AVInputFormat* device_format() {
  static std::once_flag once;
  std::call_once(once, [] { avdevice_register_all(); });
  return av_find_input_format("v4l2");
}

std::string microseconds(double seconds) {
  return std::to_string(static_cast<std::int64_t>(seconds * 1e6));
}

void set_options(libav::Dictionary& options, const VideoAddress& address, const StreamOptions& wanted) {
  switch (address.kind) {
    case VideoKind::file:
      options.set("protocol_whitelist", "file");
      options.set("format_whitelist", file_formats);
      return;
    case VideoKind::device:
      return;
    case VideoKind::http:
      options.set("protocol_whitelist", "http,https,tcp,tls,crypto");
      options.set("format_whitelist", http_formats);
      options.set("rw_timeout", microseconds(wanted.open_timeout_sec + wanted.read_timeout_sec));
      break;
    case VideoKind::rtsp:
      options.set("protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls");
      options.set("format_whitelist", rtsp_formats);
      options.set("rtsp_transport", wanted.rtsp_protocol == "udp" ? "udp" : "tcp");
      options.set("allowed_media_types", "video");
      break;
  }
  options.set("analyzeduration", live_analysis_us);
  options.set("probesize", live_probe_bytes);
}

}  // namespace

Demuxer::Demuxer(const VideoAddress& address, const StreamOptions& options)
    : address_(address), read_timeout_sec_(options.read_timeout_sec), stop_(options.stop), packet_(av_packet_alloc()) {}

Demuxer::~Demuxer() {
  // Closing an RTSP stream says good-bye to the server, which must not take long either.
  set_deadline(0.5);
}

void Demuxer::set_deadline(double seconds) {
  deadline_ =
      SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(seconds));
}

int Demuxer::interrupted(void* self) {
  const auto* demuxer = static_cast<const Demuxer*>(self);
  return demuxer->stopped() || demuxer->expired() ? 1 : 0;
}

std::unexpected<Error> Demuxer::failure(int error, double seconds) const {
  if (stopped()) return fail(ErrorKind::unavailable, address_.display + ": stopped");
  if (expired())
    return fail(ErrorKind::unavailable, std::format("{}: no answer within {:g} s", address_.display, seconds));
  return fail(libav::kind_of(error), address_.display + ": " + libav::reason_of(error));
}

Result<std::unique_ptr<Demuxer>> Demuxer::open(const VideoAddress& address, const StreamOptions& options) {
  std::unique_ptr<Demuxer> demuxer(new Demuxer(address, options));
  demuxer->set_deadline(options.open_timeout_sec);
  if (auto opened = demuxer->open_input(options); !opened) return std::unexpected(std::move(opened.error()));
  if (auto found = demuxer->find_video(options); !found) return std::unexpected(std::move(found.error()));
  return demuxer;
}

Status Demuxer::open_input(const StreamOptions& options) {
  if (address_.kind == VideoKind::file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(address_.display, ignored)) return failure(AVERROR(EISDIR), 0);
  }
  if (address_.kind == VideoKind::rtsp || address_.kind == VideoKind::http) {
    if (auto found = look_up_host(address_.target, deadline_, stop_); !found)
      return fail(found.error().kind, address_.display + ": " + found.error().message);
  }
  AVFormatContext* context = avformat_alloc_context();
  if (context == nullptr || !packet_) return failure(AVERROR(ENOMEM), 0);
  context->interrupt_callback = {interrupted, this};
  context->flags |= AVFMT_FLAG_GENPTS | AVFMT_FLAG_DISCARD_CORRUPT;
  // Not AVFMT_FLAG_NOBUFFER: it throws away what was analysed, the first key frame with it, and so loses a whole GOP.
  if (is_live()) context->fps_probe_size = live_rate_frames;
  libav::Dictionary dictionary;
  set_options(dictionary, address_, options);
  const AVInputFormat* format = address_.kind == VideoKind::device ? device_format() : nullptr;
  const std::string& url = address_.kind == VideoKind::device ? address_.display : address_.target;
  const int result = avformat_open_input(&context, url.c_str(), format, dictionary.get());
  if (result < 0) return failure(result, options.open_timeout_sec);  // libav has freed the context
  format_.reset(context);
  return {};
}

Status Demuxer::find_video(const StreamOptions& options) {
  const int result = avformat_find_stream_info(format_.get(), nullptr);
  if (stopped()) return failure(AVERROR_EXIT, 0);
  if (expired())
    return fail(ErrorKind::unavailable, std::format("{}: connected, but no video came within {:g} s", address_.display,
                                                    options.open_timeout_sec));
  if (result < 0) return failure(result, options.open_timeout_sec);
  const int index = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (index < 0 || (format_->streams[index]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
    return fail(ErrorKind::invalid_input, address_.display + ": there is no video in it");
  stream_ = format_->streams[index];
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (std::cmp_not_equal(i, index)) format_->streams[i]->discard = AVDISCARD_ALL;
  last_picture_ = SteadyClock::now();
  return {};
}

void Demuxer::arm(std::stop_token stop) {
  stop_ = std::move(stop);
  set_deadline(read_timeout_sec_);
}

Result<const AVPacket*> Demuxer::read() {
  while (!stopped()) {
    av_packet_unref(packet_.get());
    const int result = av_read_frame(format_.get(), packet_.get());
    if (stopped()) break;
    // First, because libav answers an interruption with what its parser still held before it reports it.
    if (expired())
      return fail(ErrorKind::unavailable,
                  std::format("{}: no picture for {:g} s", address_.display, read_timeout_sec_));
    if (result == 0 && packet_->stream_index == stream_->index) {
      errors_in_a_row_ = 0;
      set_deadline(read_timeout_sec_);
      return packet_.get();
    }
    if (result == 0) continue;
    if (result == AVERROR_EOF) return nullptr;
    if (result == AVERROR(EAGAIN)) {
      std::this_thread::sleep_for(try_again_pause);
    } else if (result == AVERROR_INVALIDDATA && ++errors_in_a_row_ <= max_errors_in_a_row) {
      ++broken_;
    } else {
      return failure(result, read_timeout_sec_);
    }
  }
  return nullptr;
}

double Demuxer::seconds_since_picture() const {
  return std::chrono::duration<double>(SteadyClock::now() - last_picture_).count();
}

Millis Demuxer::to_millis(std::int64_t stamp) const {
  return Millis(av_rescale_q(stamp, stream_->time_base, milliseconds));
}

int Demuxer::orientation() const {
  const AVCodecParameters& parameters = *stream_->codecpar;
  const AVPacketSideData* matrix =
      av_packet_side_data_get(parameters.coded_side_data, parameters.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  if (matrix == nullptr || matrix->size < 9 * sizeof(std::int32_t)) return 1;
  std::array<std::int32_t, 9> values{};
  std::memcpy(values.data(), matrix->data, sizeof(values));
  const double turned_left_deg = av_display_rotation_get(values.data());
  if (!std::isfinite(turned_left_deg)) return 1;
  constexpr std::array<int, 4> by_quarter_turns_right = {1, 6, 3, 8};
  return by_quarter_turns_right[static_cast<std::size_t>(std::lround(-turned_left_deg / 90) + 4) % 4];
}

double Demuxer::fps() const {
  const AVRational rate = stream_->avg_frame_rate.num > 0 ? stream_->avg_frame_rate : stream_->r_frame_rate;
  const double fps = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
  return fps <= 1000 ? fps : 0;
}

Millis Demuxer::frame_duration() const {
  const double rate = fps() > 0 ? fps() : 25;
  return Millis(std::max(1L, std::lround(1000 / rate)));
}

}  // namespace hadir
