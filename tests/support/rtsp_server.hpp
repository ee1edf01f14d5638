#pragma once
#include <memory>
#include <string>

namespace hadir::test {

/// An RTSP camera on loopback: serves a video file in a loop at its own pace, over TCP or UDP, without encoding it
/// again. Its functions belong to one thread; set_hanging may be called from any.
class RtspServer {
 public:
  struct Options {
    std::string file;  ///< H.264 or HEVC
    std::string user;  ///< empty: anybody may look
    std::string password;
  };

  /// Serves at once, on a free port.
  explicit RtspServer(Options options);
  RtspServer(const RtspServer&) = delete;
  RtspServer& operator=(const RtspServer&) = delete;
  ~RtspServer();

  /// Ends all connections and listens no more.
  void stop();
  /// Serves again on the same port.
  void start();
  /// While true no more video is sent, though connections stay and are accepted.
  void set_hanging(bool hanging);

  /// "rtsp://127.0.0.1:PORT/camera".
  std::string url() const;
  /// The same with other credentials: "rtsp://user:password@127.0.0.1:PORT/camera".
  std::string url_with(const std::string& user, const std::string& password) const;

 private:
  class Running;
  Options options_;
  int port_ = 0;
  struct Switches;
  std::shared_ptr<Switches> switches_;
  std::unique_ptr<Running> running_;
};

}  // namespace hadir::test
