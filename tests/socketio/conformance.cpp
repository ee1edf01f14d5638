// The live transport by itself, for suites that drive a Socket.IO server from outside; no part of the product.
#include <arpa/inet.h>
#include <drogon/HttpAppFramework.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <print>
#include <string>
#include <thread>

#include "web/realtime/socket_server.hpp"

namespace hadir {
namespace {

struct Arguments {
  std::string mode;
  std::uint16_t port = 3000;
  int frames_per_second = 10;
  std::size_t frame_bytes = 30'000;
};

EngineOptions short_heartbeats() {
  EngineOptions options;
  options.ping_interval = Millis{300};
  options.ping_timeout = Millis{200};
  return options;
}

/// Sends every message back as it came.
class Echo final : public EngineServer::Listener {
 public:
  void opened(EngineServer::Access&, const std::string&, const HandshakeFacts&) override {}
  void received(EngineServer::Access& access, const std::string& session, WireMessage message) override {
    if (!message.is_binary) message.data = encode_text(EnginePacketType::message, message.data);
    access.send(session, std::make_shared<const OutPacket>(OutPacket{std::move(message)}));
  }
  void closed(EngineServer::Access&, const std::string&, CloseReason) override {}
  void tick(EngineServer::Access&, MonotonicTime) override {}
};

/// A suite that waits for one message at a time loses the second of two that arrive in one read, and how many do is a
/// matter of luck: so what follows an answer at once follows it a moment later here. The product does not wait.
constexpr Millis before_auth{30};

/// The socket mode of the suites, and some events more that the tests with real clients use.
class Conversation {
 public:
  Conversation()
      : server_(
            {.engine = {.path = "/socket.io/", .engine = short_heartbeats(), .allowed_origins = {}, .any_origin = true},
             .socket = {.name_spaces = {"/", "/custom", "/closed"}, .connect_timeout = Millis{1000}}},
            handlers()) {}
  SocketServer& server() { return server_; }

 private:
  SocketServer::Handlers handlers() {
    return {.authenticate = [](const SocketHandshake& handshake) -> Result<std::any> {
              if (handshake.name_space == "/closed") return fail(ErrorKind::invalid_input, "sign in first");
              return std::any(handshake.auth);
            },
            .connected =
                [this](const LiveSocket& socket) {
                  std::this_thread::sleep_for(before_auth);
                  server_.emit(socket.id, "auth", std::any_cast<const LiveJson&>(socket.identity));
                },
            .event = [this](const LiveSocket& socket, const SocketEvent& event) { answer(socket, event); }};
  }
  void answer(const LiveSocket& socket, const SocketEvent& event) {
    if (event.name == "message") server_.emit(socket.id, "message-back", event.arguments);
    if (event.name == "message-with-ack" && event.acknowledge) event.acknowledge(event.arguments);
    if (event.name == "put-me-out") server_.disconnect(socket.id);
    if (event.name == "join" && !event.arguments.empty() && event.arguments[0].is_string())
      server_.join(socket.id, event.arguments[0].get<std::string>());
    if (event.name == "tell" && event.arguments.size() == 2 && event.arguments[0].is_string())
      server_.broadcast(event.arguments[0].get<std::string>(), "told", LiveJson::array({event.arguments[1]}));
    if (event.name == "ask-me") {
      server_.emit_with_ack(
          socket.id, "question", event.arguments, Millis{300}, [this, id = socket.id](Result<LiveJson> answer) {
            server_.emit(id, "answered", answer ? *answer : LiveJson::array({nullptr, answer.error().message}));
          });
    }
  }

  SocketServer server_;
};

double resident_mb() {
  std::ifstream status("/proc/self/statm");
  double pages = 0;
  status >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// As strict about pages as the product. Two cameras' worth of frames to everybody, as fast as asked, and what that
/// does to the server on request. A client that passes {"acknowledge": true} gets its next frame when its program has
/// acknowledged the last one.
class Streams {
 public:
  explicit Streams(const Arguments& arguments)
      : frame_(arguments.frame_bytes, std::uint8_t{0xA5}),
        server_({.engine = {.path = "/socket.io/",
                            .allowed_origins = {"https://dash.example.org"},
                            .serves_host =
                                [](std::string_view host) {
                                  return host.starts_with("localhost") || host.starts_with("127.0.0.1");
                                }},
                 .socket = {}},
                handlers()),
        sender_([this, interval = std::chrono::microseconds(1'000'000 / arguments.frames_per_second)](
                    const std::stop_token& stop) {
          auto next = std::chrono::steady_clock::now();
          while (!stop.stop_requested()) {
            next += interval;
            std::this_thread::sleep_until(next);
            send();
          }
        }) {}
  SocketServer& server() { return server_; }

 private:
  SocketServer::Handlers handlers() {
    return {.authenticate = [](const SocketHandshake& handshake) -> Result<std::any> {
              return std::any(handshake.auth.value("acknowledge", false));
            },
            .connected =
                [this](const LiveSocket& socket) {
                  server_.join(socket.id, std::any_cast<bool>(socket.identity) ? "acknowledging" : "watching");
                },
            .event =
                [this](const LiveSocket&, const SocketEvent& event) {
                  if (event.name != "counters" || !event.acknowledge) return;
                  const auto counted = server_.counters();
                  event.acknowledge(LiveJson{{{"sent", sent_.load()},
                                              {"clients", counted.sockets},
                                              {"dropped", counted.engine.dropped_frames},
                                              {"queued_bytes", counted.engine.queued_bytes},
                                              {"closed", counted.engine.closed},
                                              {"resident_mb", resident_mb()}}});
                }};
  }
  void send() {
    const std::uint64_t number = ++sent_;
    for (const char* camera : {"CAM1", "CAM2"}) {
      const LiveJson frame{{"camera", camera}, {"number", number}, {"jpeg", LiveJson::binary(frame_)}};
      server_.broadcast_latest("watching", camera, "video_frame", frame, NextFrame::after_delivery);
      server_.broadcast_latest("acknowledging", camera, "video_frame", frame, NextFrame::after_acknowledgement);
    }
    server_.broadcast("/", "notification", number);
  }

  const std::vector<std::uint8_t> frame_;
  std::atomic<std::uint64_t> sent_{0};
  SocketServer server_;
  std::jthread sender_;
};

/// The framework ends the process over an address that it can't have, so it is tried before.
bool can_listen(bool version_6, std::uint16_t port) {
  sockaddr_in6 wide{.sin6_family = AF_INET6,
                    .sin6_port = htons(port),
                    .sin6_flowinfo = 0,
                    .sin6_addr = IN6ADDR_LOOPBACK_INIT,
                    .sin6_scope_id = 0};
  sockaddr_in narrow{
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  const int socket = ::socket(version_6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const auto* address =
      version_6 ? reinterpret_cast<const sockaddr*>(&wide) : reinterpret_cast<const sockaddr*>(&narrow);
  const bool can = ::bind(socket, address, version_6 ? sizeof wide : sizeof narrow) == 0 && ::listen(socket, 1) == 0;
  ::close(socket);
  return can;
}

int serve(const Arguments& arguments) {
  auto& app = drogon::app();
  app.setThreadNum(1).setLogLevel(trantor::Logger::kFatal);
  app.setClientMaxBodySize(2 << 20).setClientMaxMemoryBodySize(2 << 20).setIdleConnectionTimeout(60);
  app.setUploadPath(std::format("/tmp/hadir-conformance-{}", arguments.port)).setDocumentRoot("/dev/null");
  if (!can_listen(false, arguments.port)) {
    std::println(stderr, "port {} of 127.0.0.1 can't be listened on", arguments.port);
    return 1;
  }
  app.addListener("127.0.0.1", arguments.port);
  if (can_listen(true, arguments.port))
    app.addListener("::1", arguments.port);
  else
    std::println(stderr, "port {} of ::1 can't be listened on; 127.0.0.1 alone", arguments.port);
  app.run();
  return 0;
}

template <class Number>
bool read(const char* text, Number& number) {
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), number);
  return error == std::errc{} && *end == '\0' && number > 0;
}

bool parse(int count, char** values, Arguments& arguments) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = values[i];
    const char* value = values[i + 1];
    if (name == "--mode")
      arguments.mode = value;
    else if (name == "--port"  ? !read(value, arguments.port)
             : name == "--fps" ? !read(value, arguments.frames_per_second)
                               : name != "--bytes" || !read(value, arguments.frame_bytes))
      return false;
  }
  return count % 2 == 1 && (arguments.mode == "engine" || arguments.mode == "socket" || arguments.mode == "stream");
}

int run(int count, char** values) {
  Arguments arguments;
  if (!parse(count, values, arguments)) {
    std::println(stderr,
                 "usage: socketio-conformance --mode engine|socket|stream [--port 3000] [--fps 10] [--bytes 30000]");
    return 2;
  }
  if (arguments.mode == "engine") {
    Echo echo;
    EngineServer server(
        {.path = "/engine.io/", .engine = short_heartbeats(), .allowed_origins = {}, .any_origin = true}, echo);
    server.register_with_framework();
    return serve(arguments);
  }
  if (arguments.mode == "socket") {
    Conversation conversation;
    conversation.server().register_with_framework();
    return serve(arguments);
  }
  Streams streams(arguments);
  streams.server().register_with_framework();
  return serve(arguments);
}

}  // namespace
}  // namespace hadir

int main(int count, char** values) {
  return hadir::run(count, values);
}
