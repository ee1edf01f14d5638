#include "web/web_server.hpp"

#include <arpa/inet.h>
#include <drogon/HttpAppFramework.h>
#include <netinet/in.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <trantor/utils/Logger.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <format>
#include <future>
#include <thread>

#include "web/access_gate.hpp"
#include "web/connection_takeover.hpp"
#include "web/given_photos.hpp"
#include "web/host_check.hpp"
#include "web/http_reply.hpp"
#include "web/live/attendance_socket.hpp"
#include "web/live/live_events.hpp"
#include "web/live_streams.hpp"
#include "web/reply_cache.hpp"
#include "web/router.hpp"
#include "web/routes.hpp"
#include "web/worker_pool.hpp"

namespace hadir {
namespace {

constexpr std::size_t waiting_requests = 1024;
constexpr int slow_threads = 2;
constexpr std::size_t slow_requests = 16;
constexpr std::size_t largest_request = GivenPhotos::largest_body;
constexpr std::size_t largest_in_memory = 1 << 20;  // what is larger waits in a file
constexpr std::size_t most_connections = 4096;

struct BoundAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

BoundAddress address_of(const std::string& host, std::uint16_t port) {
  BoundAddress made;
  if (host.find(':') != std::string::npos) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    ::inet_pton(AF_INET6, host.c_str(), &address.sin6_addr);
    std::memcpy(&made.storage, &address, sizeof address);
    made.size = sizeof address;
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    std::memcpy(&made.storage, &address, sizeof address);
    made.size = sizeof address;
  }
  return made;
}

/// Binds for a moment; returns the port (a free one for 0). The framework would end the process over a taken port.
Result<std::uint16_t> try_port(const std::string& host, std::uint16_t port) {
  BoundAddress address = address_of(host, port);
  const OwnedSocket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) != 0 ||
      ::listen(socket.get(), 1) != 0) {
    const int error = errno;
    return fail(error == EADDRINUSE ? ErrorKind::conflict : ErrorKind::unavailable,
                std::format("port {} of {} can't be listened on: {}{}", port, host, std::strerror(error),
                            error == EADDRINUSE ? "; choose another with --port" : ""));
  }
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address.storage), &address.size);
  sockaddr_in found{};
  std::memcpy(&found, &address.storage, sizeof found);  // the port stands at the same place in both kinds
  return ntohs(found.sin_port);
}

/// The framework says that it begins some time before its threads listen.
bool answers(const std::string& host, std::uint16_t port, std::chrono::milliseconds within) {
  const BoundAddress address = address_of(host, port);
  const auto end = std::chrono::steady_clock::now() + within;
  while (std::chrono::steady_clock::now() < end) {
    const OwnedSocket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return false;
}

/// What each reply tells the browser: nothing is loaded from elsewhere, framed, guessed or told to others.
void add_security_headers(const drogon::HttpResponsePtr& response, bool is_behind_tls) {
  if (is_behind_tls) response->addHeader("strict-transport-security", "max-age=31536000");
  response->addHeader("content-security-policy",
                      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
                      "form-action 'self'; frame-ancestors 'none'");
  response->addHeader("x-content-type-options", "nosniff");
  response->addHeader("x-frame-options", "DENY");
  response->addHeader("referrer-policy", "no-referrer");
  response->addHeader("cross-origin-resource-policy", "same-origin");
  response->addHeader("cross-origin-opener-policy", "same-origin");
  // Our own page may ask for the webcam: faces are enrolled with it.
  response->addHeader("permissions-policy", "camera=(self), microphone=(), geolocation=()");
}

/// Lets pages of the allowed origins read the reply. They show tokens or keys: cookies do not go with them.
void add_cors_headers(const GateOptions& options, const drogon::HttpRequestPtr& request,
                      const drogon::HttpResponsePtr& response) {
  if (options.allowed_origins.empty()) return;
  response->addHeader("vary", "origin");
  const std::string& origin = request->getHeader("origin");
  if (!std::ranges::contains(options.allowed_origins, origin)) return;
  response->addHeader("access-control-allow-origin", origin);
  response->addHeader("access-control-expose-headers", "retry-after, www-authenticate, content-disposition");
  if (request->method() != drogon::Options) return;
  response->addHeader("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
  response->addHeader("access-control-allow-headers", "authorization, content-type, x-api-key");
  response->addHeader("access-control-max-age", "600");
}

std::filesystem::path scratch_folder(const WebOptions& options) {
  return std::filesystem::temp_directory_path() / std::format("hadir-web-{}", options.port);
}

void configure_framework(const WebOptions& options) {
  trantor::Logger::setLogLevel(trantor::Logger::kWarn);
  trantor::Logger::setOutputFunction(
      [](const char* text, std::uint64_t size) {
        std::string_view line(text, size);
        while (!line.empty() && line.back() == '\n') line.remove_suffix(1);
        spdlog::warn("http: {}", line);
      },
      [] {});
  auto& app = drogon::app();
  app.setLogLevel(trantor::Logger::kWarn)
      .setThreadNum(static_cast<std::size_t>(options.io_threads))
      .addListener(options.host, options.port)
      .setMaxConnectionNum(most_connections)
      .setIdleConnectionTimeout(static_cast<std::size_t>(options.idle_timeout.count()))
      .setClientMaxBodySize(largest_request)
      .setClientMaxMemoryBodySize(largest_in_memory)
      .setUploadPath(scratch_folder(options).string())
      .setDocumentRoot("/dev/null")  // no files are served but the embedded ones
      .setFileTypes({})
      .setImplicitPageEnable(false)
      .enableServerHeader(false)
      .disableSession()
      .disableSigtermHandling()
      .setCustomErrorHandler([](drogon::HttpStatusCode status) { return error_reply(status); })
      .setDefaultHandler([](const drogon::HttpRequestPtr& request, HttpCallback&& reply) {
        const auto page = page_for_unknown_address(request);
        reply(page ? page : error_reply(drogon::k404NotFound));
      });
  app.setExceptionHandler([](const std::exception& error, const drogon::HttpRequestPtr& request, HttpCallback&& reply) {
    spdlog::error("{}: {}", request->path(), error.what());
    reply(error_reply(drogon::k500InternalServerError));
  });
  const bool listens_to_all = !is_loopback(options.host);
  app.registerSyncAdvice([gate = options.gate,
                          listens_to_all](const drogon::HttpRequestPtr& request) -> drogon::HttpResponsePtr {
    if (!is_known_host(request->getHeader("host"), gate.allowed_hosts, listens_to_all)) {
      auto response = forbidden_reply("forbidden", "this server does not know itself by that name: see --allow-host");
      add_security_headers(response, gate.is_behind_tls);
      return response;
    }
    // A browser asks first whether a page of another origin may call (CORS); the answer is in the headers.
    if (request->method() == drogon::Options && !request->getHeader("access-control-request-method").empty()) {
      auto response = drogon::HttpResponse::newHttpResponse();
      response->setStatusCode(drogon::k204NoContent);
      add_cors_headers(gate, request, response);
      return response;
    }
    return nullptr;
  });
  app.registerPreSendingAdvice(
      [gate = options.gate](const drogon::HttpRequestPtr& request, const drogon::HttpResponsePtr& response) {
        add_security_headers(response, gate.is_behind_tls);
        add_cors_headers(gate, request, response);
      });
}

LiveStreams::Options stream_options(const WebOptions& options, const WebServices& services) {
  LiveStreams::Options made{.max_viewers = options.max_viewers,
                            .max_width = services.site.stream_max_width,
                            .jpeg_quality = services.site.jpeg_quality,
                            .annotation_stride = {}};
  for (const CameraSettings& camera : services.cameras.cameras())
    made.annotation_stride[CameraId(camera.id)] = camera.analysis.annotation_stride;
  return made;
}

SocketServer::Options live_options(const WebOptions& options) {
  SocketServer::Options made;
  made.engine.allowed_origins = {options.gate.allowed_origins.begin(), options.gate.allowed_origins.end()};
  made.engine.serves_host = [hosts = options.gate.allowed_hosts, listens_to_all = !is_loopback(options.host)](
                                std::string_view host) { return is_known_host(host, hosts, listens_to_all); };
  return made;
}

}  // namespace

struct WebServer::Parts {
  Parts(const WebOptions& given, WebServices from)
      : options(given),
        services(std::move(from)),
        streams(services.live, services.annotator, services.jpeg, stream_options(options, services)),
        pool(options.work_threads, waiting_requests),
        slow_pool(slow_threads, slow_requests),
        gate(services.access, options.gate),
        router(pool, slow_pool, gate, options.gate, [this] { kept.changed(); }),
        recorded(services.feed, [this](const RecordedFacts&) { kept.changed(); }),
        live(services, gate, live_options(options)),
        attendance(services, gate, pool, live_options(options).engine, options.attendance) {}

  std::vector<Measure> channel_measures() const {
    const auto of_live = live.counters();
    const auto figure = [](const char* name, const char* help, std::uint64_t value, bool grows = false) {
      return Measure{.name = name, .help = help, .grows = grows, .value = static_cast<double>(value)};
    };
    return {figure("hadir_live_clients", "Clients of the Socket.IO channel.", of_live.sockets),
            figure("hadir_live_queued_bytes", "Waiting to be sent to them.", of_live.engine.queued_bytes),
            figure("hadir_live_frames_dropped_total", "Frames that slow ones of them did not get.",
                   of_live.engine.dropped_frames, true),
            figure("hadir_attendance_clients", "Clients of the attendance WebSocket.", attendance.client_count()),
            figure("hadir_mjpeg_viewers", "Who watches a camera as MJPEG.", streams.viewers())};
  }

  WebOptions options;
  WebServices services;
  LiveStreams streams;
  WorkerPool pool;
  WorkerPool slow_pool;
  AccessGate gate;
  ReplyCache kept;
  Router router;
  FactFeed::Subscription recorded;
  LiveEvents live;
  AttendanceSocket attendance;
  std::thread framework;
};

Result<std::string> checked_host(const std::string& host) {
  if (host == "localhost") return "127.0.0.1";
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  if (::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
      ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1)
    return host;
  return fail(ErrorKind::invalid_input,
              std::format("--host {}: must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0", host));
}

bool is_loopback(const std::string& host) {
  return host == "::1" || host.starts_with("127.");
}

Status check_port(const std::string& host, std::uint16_t port) {
  if (const auto tried = try_port(host, port); !tried) return std::unexpected(tried.error());
  return {};
}

Result<std::uint16_t> free_port(const std::string& host) {
  return try_port(host, 0);
}

Result<std::unique_ptr<WebServer>> WebServer::start(const WebOptions& options, WebServices services) {
  WebOptions checked = options;
  auto host = checked_host(options.host);
  if (!host) return std::unexpected(host.error());
  checked.host = *host;
  if (const auto port = try_port(checked.host, checked.port); !port) return std::unexpected(port.error());

  auto parts = std::make_unique<Parts>(checked, std::move(services));
  configure_framework(checked);
  add_page_routes(parts->router);
  add_health_routes(parts->router, parts->services);
  add_camera_routes(parts->router, parts->services);
  add_camera_picture_routes(parts->router, parts->services, parts->streams);
  add_schedule_routes(parts->router, parts->services);
  add_notification_routes(parts->router, parts->services);
  add_system_routes(parts->router, parts->services);
  add_admin_routes(parts->router, parts->services);
  add_metrics_routes(parts->router, parts->services, [&parts = *parts] { return parts.channel_measures(); });
  add_people_routes(parts->router, parts->services, parts->kept);
  add_face_routes(parts->router, parts->services);
  add_tracking_routes(parts->router, parts->services);
  add_report_routes(parts->router, parts->services, parts->kept);
  add_day_routes(parts->router, parts->services);
  add_review_routes(parts->router, parts->services);
  add_exception_routes(parts->router, parts->services);
  add_figure_routes(parts->router, parts->services);
  add_import_routes(parts->router, parts->services);
  add_backup_routes(parts->router, parts->services);
  add_alert_routes(parts->router, parts->services);
  add_v1_person_routes(parts->router, parts->services);
  add_v1_face_routes(parts->router, parts->services);
  add_v1_attendance_routes(parts->router, parts->services);
  add_auth_routes(parts->router, parts->services, parts->gate);
  add_account_routes(parts->router, parts->services);
  add_audit_routes(parts->router, parts->services);

  std::promise<void> listening;
  auto started = listening.get_future();
  drogon::app().registerBeginningAdvice([&listening] { listening.set_value(); });
  parts->framework = std::thread([] { drogon::app().run(); });
  started.wait();
  std::unique_ptr<WebServer> server(new WebServer(std::move(parts)));
  if (!answers(checked.host, checked.port, std::chrono::seconds{10}))
    return fail(ErrorKind::unavailable, std::format("the server does not listen on port {}", checked.port));
  return server;
}

WebServer::WebServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

const std::vector<Route>& WebServer::routes() const {
  return parts_->router.routes();
}

WebServer::~WebServer() {
  // Replies go through the framework's loops, so whoever makes replies ends before the loops do.
  parts_->attendance.stop();
  parts_->live.stop();
  parts_->streams.stop();
  parts_->slow_pool.stop();
  parts_->pool.stop();
  drogon::app().quit();
  parts_->framework.join();
  std::error_code ignored;
  std::filesystem::remove_all(scratch_folder(parts_->options), ignored);
}

}  // namespace hadir
