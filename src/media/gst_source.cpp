#include "media/gst_source.hpp"

#ifdef HADIR_WITH_GSTREAMER

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <chrono>
#include <format>
#include <mutex>
#include <utility>

#include "core/masking.hpp"
#include "media/address.hpp"
#include "media/rate_picker.hpp"
#include "media/timeline.hpp"

namespace hadir {
namespace {

/// How long one wait inside GStreamer lasts before the stop token is looked at.
constexpr GstClockTime wait_ns = 50 * GST_MSECOND;
constexpr Millis longest_gap{10'000};
// The capsfilter keeps an audio track from taking the decoder.
constexpr const char* pipeline_text =
    "rtspsrc name=source ! application/x-rtp,media=video ! decodebin ! videoconvert n-threads=1 ! "
    "video/x-raw,format=I420 ! appsink name=sink max-buffers=4 drop=true sync=false";

struct Unref {
  void operator()(GstElement* p) const { gst_object_unref(p); }
  void operator()(GstBus* p) const { gst_object_unref(p); }
  void operator()(GstSample* p) const { gst_sample_unref(p); }
  void operator()(GstMessage* p) const { gst_message_unref(p); }
};
using ElementPtr = std::unique_ptr<GstElement, Unref>;
using SamplePtr = std::unique_ptr<GstSample, Unref>;

/// Keeps a sample's pixels readable.
struct MappedSample {
  explicit MappedSample(SamplePtr given) : sample(std::move(given)) {
    GstVideoInfo info;
    const GstCaps* caps = gst_sample_get_caps(sample.get());
    mapped = caps != nullptr && gst_video_info_from_caps(&info, caps) != FALSE &&
             gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample.get()), GST_MAP_READ) != FALSE;
  }
  MappedSample(const MappedSample&) = delete;
  MappedSample& operator=(const MappedSample&) = delete;
  ~MappedSample() {
    if (mapped) gst_video_frame_unmap(&frame);
  }
  SamplePtr sample;
  GstVideoFrame frame{};
  bool mapped = false;
};

Frame frame_of(std::shared_ptr<MappedSample> pixels) {
  const GstVideoFrame& video = pixels->frame;
  Frame out;
  out.width = GST_VIDEO_FRAME_WIDTH(&video);
  out.height = GST_VIDEO_FRAME_HEIGHT(&video);
  for (guint i = 0; i < 3; ++i)
    out.planes[i] = {static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&video, i)),
                     GST_VIDEO_FRAME_PLANE_STRIDE(&video, i)};
  const bool hd = video.info.colorimetry.matrix == GST_VIDEO_COLOR_MATRIX_BT709 ||
                  (video.info.colorimetry.matrix == GST_VIDEO_COLOR_MATRIX_UNKNOWN && out.height >= 720);
  out.matrix = hd ? ColourMatrix::bt709 : ColourMatrix::bt601;
  out.full_range = video.info.colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255;
  out.owner = std::move(pixels);
  return out;
}

class GstRtspSource final : public FrameSource {
 public:
  GstRtspSource(std::string display, const StreamOptions& options)
      : display_(std::move(display)),
        options_(options),
        picker_(options.wanted_fps),
        timeline_(Millis(40), longest_gap) {}
  GstRtspSource(const GstRtspSource&) = delete;
  GstRtspSource& operator=(const GstRtspSource&) = delete;
  ~GstRtspSource() override {
    if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  }

  Status open(const std::string& url, int latency_ms) {
    GError* error = nullptr;
    pipeline_.reset(gst_parse_launch(pipeline_text, &error));
    if (error != nullptr) {
      const std::string why = error->message;
      g_error_free(error);
      return fail(ErrorKind::unavailable, "GStreamer cannot read RTSP here: " + why);
    }
    const ElementPtr source(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "source"));
    const std::string protocols = options_.rtsp_protocol == "udp" ? "udp" : "tcp";
    g_object_set(source.get(), "location", url.c_str(), "latency", static_cast<guint>(latency_ms), nullptr);
    gst_util_set_object_arg(G_OBJECT(source.get()), "protocols", protocols.c_str());
    sink_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
    bus_.reset(gst_element_get_bus(pipeline_.get()));
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
    auto first = pull(options_.stop, options_.open_timeout_sec);
    if (!first) return std::unexpected(std::move(first.error()));
    if (!*first) return fail(ErrorKind::unavailable, display_ + ": the stream ended before its first picture");
    first_ = std::move(*first);
    return {};
  }

  Result<std::optional<Frame>> next(std::stop_token stop) override {
    while (!stop.stop_requested()) {
      SamplePtr sample = std::move(first_);
      if (!sample) {
        auto pulled = pull(stop, options_.read_timeout_sec);
        if (!pulled) return std::unexpected(std::move(pulled.error()));
        if (!*pulled) return std::nullopt;
        sample = std::move(*pulled);
      }
      const GstClockTime stamp = GST_BUFFER_PTS(gst_sample_get_buffer(sample.get()));
      const Millis pts = timeline_.place(GST_CLOCK_TIME_IS_VALID(stamp) ? std::optional(Millis(stamp / GST_MSECOND))
                                                                        : std::optional<Millis>());
      const std::uint64_t sequence = count_++;
      if (!picker_.picks(pts)) continue;
      auto pixels = std::make_shared<MappedSample>(std::move(sample));
      if (!pixels->mapped) continue;
      Frame frame = frame_of(std::move(pixels));
      size_ = frame.size();
      frame.pts = pts;
      frame.captured_at = options_.start + pts;
      frame.sequence = sequence;
      return frame;
    }
    return std::nullopt;
  }

  Description description() const override { return {size_, "rtsp by GStreamer", 0}; }

 private:
  /// nullptr at the end of the stream or when stopped.
  Result<SamplePtr> pull(const std::stop_token& stop, double seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!stop.stop_requested()) {
      SamplePtr sample(gst_app_sink_try_pull_sample(GST_APP_SINK(sink_.get()), wait_ns));
      if (sample) return sample;
      if (auto failed = failure()) return std::unexpected(std::move(*failed));
      if (gst_app_sink_is_eos(GST_APP_SINK(sink_.get())) != FALSE) return SamplePtr();
      if (std::chrono::steady_clock::now() > deadline)
        return fail(ErrorKind::unavailable, std::format("{}: no picture for {:g} s", display_, seconds));
    }
    return SamplePtr();
  }

  std::optional<Error> failure() {
    const std::unique_ptr<GstMessage, Unref> message(gst_bus_pop_filtered(bus_.get(), GST_MESSAGE_ERROR));
    if (!message) return std::nullopt;
    GError* error = nullptr;
    gst_message_parse_error(message.get(), &error, nullptr);
    ErrorKind kind = ErrorKind::unavailable;
    std::string why = mask_credentials(error->message);
    if (g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED)) {
      kind = ErrorKind::invalid_input;
      why = "wrong user name or password (401)";
    } else if (g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND)) {
      kind = ErrorKind::not_found;
      why = "not found on the server (404)";
    }
    g_error_free(error);
    return Error{kind, display_ + ": " + why};
  }

  std::string display_;
  StreamOptions options_;
  ElementPtr pipeline_;
  ElementPtr sink_;
  std::unique_ptr<GstBus, Unref> bus_;
  SamplePtr first_;
  RatePicker picker_;
  Timeline timeline_;
  Size size_;
  std::uint64_t count_ = 0;
};

}  // namespace

bool gstreamer_is_built() {
  return true;
}

Result<std::unique_ptr<FrameSource>> open_gstreamer(const std::string& text, const StreamOptions& options,
                                                    int latency_ms) {
  static std::once_flag once;
  std::call_once(once, [] {
    gst_init(nullptr, nullptr);
    gst_debug_remove_log_function(gst_debug_log_default);  // its lines name addresses with their passwords
  });
  auto address = parse_video_address(text);
  if (!address) return std::unexpected(std::move(address.error()));
  if (address->kind != VideoKind::rtsp)
    return fail(ErrorKind::invalid_input, address->display + ": GStreamer is used for rtsp:// only");
  auto source = std::make_unique<GstRtspSource>(address->display, options);
  if (auto opened = source->open(address->target, latency_ms); !opened)
    return std::unexpected(std::move(opened.error()));
  return source;
}

}  // namespace hadir

#else

namespace hadir {

bool gstreamer_is_built() {
  return false;
}

Result<std::unique_ptr<FrameSource>> open_gstreamer(const std::string&, const StreamOptions&, int) {
  return fail(ErrorKind::unavailable, "this hadir was built without GStreamer");
}

}  // namespace hadir

#endif
