#include "rtsp_server.hpp"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/rtsp-server/rtsp-server.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
}

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#ifdef __SANITIZE_THREAD__
// GLib and GStreamer are not instrumented, so ThreadSanitizer doesn't see their locks and takes what they guard for
// races.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:libglib-2.0.so\n"
         "race:libgobject-2.0.so\n"
         "race:libgio-2.0.so\n"
         "race:libgst\n"
         "deadlock:libglib-2.0.so\n"
         "deadlock:libgst\n";
}
#endif

namespace hadir::test {

using namespace std::chrono_literals;

struct RtspServer::Switches {
  std::atomic<bool> hanging = false;
  std::atomic<bool> stopping = false;
};

namespace {

/// The file's packets as a byte stream with start codes, over and over, with times that grow.
class PacketLoop {
 public:
  explicit PacketLoop(const std::string& file) : file_(file), packet_(av_packet_alloc()) { open(); }
  PacketLoop(const PacketLoop&) = delete;
  PacketLoop& operator=(const PacketLoop&) = delete;
  ~PacketLoop() {
    close();
    av_packet_free(&packet_);
  }

  bool hevc() const { return codec_ == AV_CODEC_ID_HEVC; }

  /// The next packet; its times are nanoseconds since the first.
  const AVPacket& next() {
    av_packet_unref(packet_);
    while (av_bsf_receive_packet(filter_, packet_) != 0) {
      AVPacket* read = av_packet_alloc();
      int result = av_read_frame(format_, read);
      while (result == 0 && read->stream_index != stream_) {
        av_packet_unref(read);
        result = av_read_frame(format_, read);
      }
      if (result == 0) {
        av_bsf_send_packet(filter_, read);
      } else {
        offset_ = end_;
        close();
        open();
      }
      av_packet_free(&read);
    }
    av_packet_rescale_ts(packet_, time_base_, {1, 1'000'000'000});
    if (packet_->dts == AV_NOPTS_VALUE) packet_->dts = end_ - offset_;
    if (first_ == AV_NOPTS_VALUE) first_ = packet_->dts;
    packet_->dts += offset_ - first_;
    packet_->pts = packet_->pts == AV_NOPTS_VALUE ? packet_->dts : packet_->pts + offset_ - first_;
    end_ = packet_->dts + std::max<std::int64_t>(packet_->duration, 1'000'000);
    return *packet_;
  }

 private:
  void open() {
    if (avformat_open_input(&format_, file_.c_str(), nullptr, nullptr) < 0 ||
        avformat_find_stream_info(format_, nullptr) < 0)
      throw std::runtime_error(file_ + " cannot be served");
    stream_ = av_find_best_stream(format_, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (stream_ < 0) throw std::runtime_error(file_ + " holds no video");
    const AVStream& stream = *format_->streams[stream_];
    codec_ = stream.codecpar->codec_id;
    time_base_ = stream.time_base;
    first_ = AV_NOPTS_VALUE;
    av_bsf_alloc(av_bsf_get_by_name(hevc() ? "hevc_mp4toannexb" : "h264_mp4toannexb"), &filter_);
    avcodec_parameters_copy(filter_->par_in, stream.codecpar);
    filter_->time_base_in = stream.time_base;
    if (av_bsf_init(filter_) < 0) throw std::runtime_error(file_ + " cannot be made a byte stream");
  }

  void close() {
    av_bsf_free(&filter_);
    avformat_close_input(&format_);
  }

  std::string file_;
  AVPacket* packet_;
  AVFormatContext* format_ = nullptr;
  AVBSFContext* filter_ = nullptr;
  int stream_ = -1;
  AVCodecID codec_ = AV_CODEC_ID_NONE;
  AVRational time_base_{1, 1};
  std::int64_t first_ = AV_NOPTS_VALUE;
  std::int64_t offset_ = 0;
  std::int64_t end_ = 0;
};

/// Feeds one connection's appsrc from its streaming thread.
template <class Switches>
struct Feed {
  Feed(const std::string& file, std::shared_ptr<Switches> shared) : packets(file), switches(std::move(shared)) {}

  void push(GstAppSrc* source) {
    const AVPacket& packet = packets.next();
    if (!started) started = std::chrono::steady_clock::now();
    const auto due = *started + std::chrono::nanoseconds(packet.dts);
    while (!switches->stopping && (switches->hanging || std::chrono::steady_clock::now() < due))
      std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(
          10ms, std::max<std::chrono::nanoseconds>(1ms, due - std::chrono::steady_clock::now())));
    if (switches->stopping) {
      gst_app_src_end_of_stream(source);
      return;
    }
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, static_cast<gsize>(packet.size), nullptr);
    gst_buffer_fill(buffer, 0, packet.data, static_cast<gsize>(packet.size));
    GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(std::max<std::int64_t>(0, packet.pts));
    GST_BUFFER_DTS(buffer) = static_cast<GstClockTime>(packet.dts);
    gst_app_src_push_buffer(source, buffer);
  }

  PacketLoop packets;
  std::shared_ptr<Switches> switches;
  std::optional<std::chrono::steady_clock::time_point> started;
};

}  // namespace

/// One life of the server, from start to stop.
class RtspServer::Running {
 public:
  Running(const Options& options, int port, std::shared_ptr<Switches> switches)
      : file_(options.file), hevc_(PacketLoop(options.file).hevc()), switches_(std::move(switches)) {
    static std::once_flag once;
    std::call_once(once, [] { gst_init(nullptr, nullptr); });
    server_ = gst_rtsp_server_new();
    gst_rtsp_server_set_address(server_, "127.0.0.1");
    gst_rtsp_server_set_service(server_, std::to_string(port).c_str());
    GstRTSPMediaFactory* factory = make_factory();
    if (!options.user.empty()) demand_password(options, factory);
    GstRTSPMountPoints* mounts = gst_rtsp_server_get_mount_points(server_);
    gst_rtsp_mount_points_add_factory(mounts, "/camera", factory);
    g_object_unref(mounts);
    context_ = g_main_context_new();
    loop_ = g_main_loop_new(context_, FALSE);
    source_ = gst_rtsp_server_attach(server_, context_);
    if (source_ == 0) throw std::runtime_error("no RTSP server on port " + std::to_string(port));
    thread_ = std::jthread([this] { g_main_loop_run(loop_); });
    while (!g_main_loop_is_running(loop_)) std::this_thread::sleep_for(1ms);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  ~Running() {
    switches_->stopping = true;
    if (GSource* source = g_main_context_find_source_by_id(context_, source_)) g_source_destroy(source);
    gst_rtsp_server_client_filter(
        server_, [](GstRTSPServer*, GstRTSPClient*, gpointer) { return GST_RTSP_FILTER_REMOVE; }, nullptr);
    g_main_loop_quit(loop_);
    thread_.join();
    g_object_unref(server_);
    g_main_loop_unref(loop_);
    g_main_context_unref(context_);
  }

  int port() const { return gst_rtsp_server_get_bound_port(server_); }

 private:
  GstRTSPMediaFactory* make_factory() {
    GstRTSPMediaFactory* factory = gst_rtsp_media_factory_new();
    const std::string pay = hevc_ ? "rtph265pay" : "rtph264pay";
    gst_rtsp_media_factory_set_launch(
        factory, ("( appsrc name=source ! " + pay + " name=pay0 pt=96 config-interval=-1 )").c_str());
    g_signal_connect(factory, "media-configure", reinterpret_cast<GCallback>(&configured), this);
    return factory;
  }

  void demand_password(const Options& options, GstRTSPMediaFactory* factory) {
    GstRTSPAuth* auth = gst_rtsp_auth_new();
    GstRTSPToken* token = gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", nullptr);
    gst_rtsp_auth_set_supported_methods(auth, GST_RTSP_AUTH_DIGEST);
    gst_rtsp_auth_add_digest(auth, options.user.c_str(), options.password.c_str(), token);
    gst_rtsp_token_unref(token);
    gst_rtsp_server_set_auth(server_, auth);
    g_object_unref(auth);
    gst_rtsp_media_factory_add_role(factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS, G_TYPE_BOOLEAN, TRUE,
                                    GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, G_TYPE_BOOLEAN, TRUE, nullptr);
  }

  static void configured(GstRTSPMediaFactory*, GstRTSPMedia* media, gpointer self) {
    static_cast<Running*>(self)->configure(media);
  }

  void configure(GstRTSPMedia* media) {
    using ThisFeed = Feed<Switches>;
    GstElement* element = gst_rtsp_media_get_element(media);
    GstElement* source = gst_bin_get_by_name_recurse_up(GST_BIN(element), "source");
    GstCaps* caps = gst_caps_from_string(hevc_ ? "video/x-h265,stream-format=byte-stream,alignment=au"
                                               : "video/x-h264,stream-format=byte-stream,alignment=au");
    g_object_set(source, "caps", caps, "format", GST_FORMAT_TIME, "is-live", TRUE, "block", FALSE, nullptr);
    gst_caps_unref(caps);
    auto* feed = new ThisFeed(file_, switches_);
    g_signal_connect_data(
        source, "need-data", reinterpret_cast<GCallback>(+[](GstAppSrc* app, guint, gpointer data) {
          static_cast<ThisFeed*>(data)->push(app);
        }),
        feed, [](gpointer data, GClosure*) { delete static_cast<ThisFeed*>(data); }, GConnectFlags{});
    gst_object_unref(source);
    gst_object_unref(element);
  }

  std::string file_;
  bool hevc_;
  std::shared_ptr<Switches> switches_;
  GstRTSPServer* server_ = nullptr;
  GMainContext* context_ = nullptr;
  GMainLoop* loop_ = nullptr;
  guint source_ = 0;
  std::jthread thread_;
};

RtspServer::RtspServer(Options options) : options_(std::move(options)), switches_(std::make_shared<Switches>()) {
  start();
  port_ = running_->port();
}

RtspServer::~RtspServer() = default;

void RtspServer::stop() {
  running_.reset();
}

void RtspServer::start() {
  if (running_) return;
  // A new life has its own switches: connections of the old one may still be ending.
  auto switches = std::make_shared<Switches>();
  switches->hanging = switches_->hanging.load();
  switches_ = std::move(switches);
  running_ = std::make_unique<Running>(options_, port_, switches_);
}

void RtspServer::set_hanging(bool hanging) {
  switches_->hanging = hanging;
}

std::string RtspServer::url() const {
  return "rtsp://127.0.0.1:" + std::to_string(port_) + "/camera";
}

std::string RtspServer::url_with(const std::string& user, const std::string& password) const {
  return "rtsp://" + user + ":" + password + "@127.0.0.1:" + std::to_string(port_) + "/camera";
}

}  // namespace hadir::test
