#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cameras/noted_control_test.hpp"
#include "app/configuration/configuration.hpp"
#include "app/facts/fact_recorder.hpp"
#include "app/memory_pictures.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "media/jpeg.hpp"
#include "store/backup_folder.hpp"
#include "store/secret_key.hpp"
#include "store/sqlite_database.hpp"
#include "web/router.hpp"
#include "web/web_server.hpp"

namespace hadir {

/// A grey frame whose brightness tells frames apart.
inline Frame grey_frame(int width, int height, std::uint8_t luma) {
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(width * height) * 2, 128);
  std::fill_n(pixels->begin(), width * height, luma);
  Frame frame;
  frame.width = width;
  frame.height = height;
  const std::uint8_t* base = pixels->data();
  frame.planes = {Plane{base, width}, Plane{base + width * height, (width + 1) / 2},
                  Plane{base + width * height + (width + 1) / 2 * ((height + 1) / 2), (width + 1) / 2}};
  frame.owner = pixels;
  return frame;
}

/// Shows what a test puts there.
class ScriptedLiveView final : public LiveView {
 public:
  void set(const std::string& camera, CameraStatus status, std::shared_ptr<const LiveFrame> frame) {
    const std::scoped_lock lock(mutex_);
    cameras_[CameraId(camera)] = {std::move(status), std::move(frame)};
  }
  void show(const std::string& camera, std::uint64_t number, std::vector<Overlay> overlays = {}) {
    auto frame = std::make_shared<LiveFrame>();
    frame->frame = grey_frame(320, 240, static_cast<std::uint8_t>(number * 16));
    frame->overlays = std::move(overlays);
    frame->number = number;
    CameraStatus status;
    status.state = CameraState::online;
    status.fps = 7.96;
    status.size = {320, 240};
    status.codec = "h264";
    status.frames_decoded = 100;
    set(camera, status, frame);
  }
  std::vector<CameraId> cameras() const override {
    const std::scoped_lock lock(mutex_);
    std::vector<CameraId> ids;
    for (const auto& [id, camera] : cameras_) ids.push_back(id);
    return ids;
  }
  std::optional<CameraStatus> status(const CameraId& camera) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    if (found == cameras_.end()) return std::nullopt;
    return found->second.first;
  }
  std::shared_ptr<const LiveFrame> latest(const CameraId& camera) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    return found == cameras_.end() ? nullptr : found->second.second;
  }
  std::vector<StageCounters> counters() const override { return {{"detect", 10, 8, 2, 12.4}}; }

 private:
  mutable std::mutex mutex_;
  std::map<CameraId, std::pair<CameraStatus, std::shared_ptr<const LiveFrame>>> cameras_;
};

class CountingAnnotator final : public Annotator {
 public:
  Frame draw(const Frame& frame, const std::vector<Overlay>& overlays, int) const override {
    ++draws;
    boxes += overlays.size();
    return frame;
  }
  mutable std::atomic<std::size_t> draws{0};
  mutable std::atomic<std::size_t> boxes{0};
};

/// A plain connection to the server under test; reads give up after half a minute, so that sanitizers are not too slow.
class WireClient {
 public:
  explicit WireClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval limit{.tv_sec = 30, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0) << strerror(errno);
  }
  ~WireClient() { ::close(socket_); }
  WireClient(const WireClient&) = delete;
  WireClient& operator=(const WireClient&) = delete;

  void send(const std::string& text) {
    EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
  }
  /// Reads until the text was seen and returns everything up to and with it; what came by then at the end or time-out.
  std::string read_until(const std::string& end) {
    while (true) {
      if (const auto at = buffer_.find(end); at != std::string::npos) {
        std::string taken = buffer_.substr(0, at + end.size());
        buffer_.erase(0, at + end.size());
        return taken;
      }
      if (!receive()) return std::exchange(buffer_, {});
    }
  }
  std::string read(std::size_t bytes) {
    while (buffer_.size() < bytes && receive()) {
    }
    std::string taken = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return taken;
  }
  /// True when the server closed the connection; false when there is more, or nothing for half a minute.
  bool at_end() { return buffer_.empty() && !receive() && closed_; }
  int descriptor() const { return socket_; }

 private:
  bool receive() {
    char block[65536];
    const ssize_t n = ::recv(socket_, block, sizeof block, 0);
    closed_ = n == 0 || (n < 0 && errno == ECONNRESET);
    if (n <= 0) return false;
    buffer_.append(block, static_cast<std::size_t>(n));
    return true;
  }

  int socket_;
  bool closed_ = false;
  std::string buffer_;
};

struct WireReply {
  int status = 0;
  std::string head;      ///< small letters
  std::string raw_head;  ///< as it came
  std::string body;
  /// The value of a cookie that was set; empty when none was.
  std::string cookie(const std::string& name) const {
    const std::string start = "Set-Cookie: " + name + "=";
    const auto at = raw_head.find(start);
    if (at == std::string::npos) return {};
    const auto from = at + start.size();
    return raw_head.substr(from, raw_head.find_first_of(";\r", from) - from);
  }
  nlohmann::json json() const { return nlohmann::json::parse(body); }
  bool has_header(const std::string& line) const { return head.find("\r\n" + line) != std::string::npos; }
};

/// A server with two cameras, two people, real SQLite and JPEG, at noon of 5 January 2026 in Jakarta.
class WebServerTest : public testing::Test {
 protected:
  WebServerTest() {
    auto opened = open_sqlite(":memory:", SecretKey::random());
    if (!opened) throw std::runtime_error(opened.error().message);
    database_ = std::move(*opened);
    std::filesystem::create_directories(folder_);
    cameras_.resize(2);
    cameras_[0].id = "CAM1";
    cameras_[0].name = "Main Entrance";
    cameras_[0].url = "rtsp://admin:hunter2@10.0.0.1/stream";
    cameras_[1].id = "CAM2";
    cameras_[1].name = "Back door";
    cameras_[1].enabled = false;
    live_.show("CAM1", 1);
    port_ = *free_port("127.0.0.1");
    AccessRules rules;
    rules.key.fill(7);
    rules.password_cost = PasswordCost::least();
    access_ = std::make_unique<AccessControl>(*database_, clock_, rules);
    options_.gate.unknown_per_second = 0;
  }
  ~WebServerTest() override {
    server_.reset();
    uptime_.reset();
    std::filesystem::remove_all(folder_);
  }

  Result<Settings> load() const {
    auto loaded = load_configuration(folder_, [](std::string_view) { return std::optional<std::string>(); });
    if (!loaded) return std::unexpected(loaded.error());
    return std::move(loaded->settings);
  }

  /// Starts the server; the client of `get` and `request` is signed in as its administrator.
  void start() {
    start_server();
    if (!HasFatalFailure()) set_up();
  }

  WebServices services() {
    return WebServices{.database = *database_,
                       .access = *access_,
                       .live = live_,
                       .pictures = pictures_,
                       .jpeg = *jpeg_,
                       .annotator = annotator_,
                       .clock = clock_,
                       .site_day = {*find_zone("Asia/Jakarta"), std::chrono::minutes{0}},
                       .rules = rules_,
                       .faces = faces_,
                       .site = {},
                       .cameras = *desk_,
                       .schedule = *schedule_,
                       .uptime = *uptime_,
                       .feed = feed_,
                       .config_dir = folder_,
                       .shut_down = [this] { ++shut_downs_; },
                       .measures = [] { return std::vector<Measure>{{"hadir_test_total", "Of a test.", true, 7}}; },
                       .health = [this] { return health(); },
                       .models = "test pack on CPUExecutionProvider",
                       .version = "0.1.0",
                       .backups = backups_.get(),
                       .judge_again = [this](const std::vector<LocalDay>& days) -> Status {
                         const auto judged = recorder_->rules_changed(days);
                         return judged ? Status{} : std::unexpected(judged.error());
                       }};
  }

  /// Shown by the running server from now on.
  void ails(HealthItem item) {
    const std::scoped_lock lock(health_mutex_);
    health_.push_back(std::move(item));
  }
  std::vector<HealthItem> health() {
    const std::scoped_lock lock(health_mutex_);
    return health_;
  }

  void start_server() {
    Settings settings;
    settings.cameras = cameras_;
    desk_ = std::make_unique<CameraDesk>(folder_, settings, [this] { return load(); }, *database_, control_);
    schedule_ = std::make_unique<ScheduleDesk>(*database_, folder_ / "tracking_mode.json", rules_,
                                               [this](const Notification& told) {
                                                 RecordedFacts facts;
                                                 facts.notifications = {told};
                                                 feed_.publish(facts);
                                                 return Status{};
                                               });
    recorder_ = std::make_unique<FactRecorder>(*database_, pictures_, rules_);
    if (!backups_) {
      // What is kept in memory has no file to copy.
      const auto file = folder_ / "hadir.db";
      ASSERT_TRUE(open_sqlite(file.string(), SecretKey::random()));
      backups_ = std::make_unique<BackupFolder>(folder_ / "backups", ".db", sqlite_upkeep(file));
    }
    uptime_ = std::make_unique<Uptime>(folder_ / "uptime.json", clock_);
    const auto prepared = access_->accounts.prepare();
    ASSERT_TRUE(prepared) << prepared.error().message;
    options_.port = port_;
    auto started = WebServer::start(options_, services());
    ASSERT_TRUE(started) << started.error().message;
    server_ = std::move(*started);
  }

  /// Uses the set-up link, as the first user does.
  void set_up() {
    const auto token = access_->sign_in.new_setup_token().value().value();
    const nlohmann::json body{{"token", token}, {"name", "siti"}, {"password", good_password}};
    use_session(request("POST", "/api/auth/setup", {}, body.dump()));
  }
  /// Sends that session's cookie and CSRF token from now on.
  void use_session(const WireReply& reply) {
    ASSERT_EQ(reply.status, 200) << reply.body;
    cookie_ = reply.cookie("hadir_session");
    csrf_ = reply.json().at("csrf_token");
  }
  void sign_out() { cookie_ = csrf_ = ""; }
  /// A user with that role, signed in from now on.
  void sign_in_as(const std::string& role) {
    const auto user = access_->accounts.add_user("user." + role, good_password, {.roles = {{role}}}, {"test", ""});
    ASSERT_TRUE(user) << user.error().message;
    const nlohmann::json body{{"name", "user." + role}, {"password", good_password}};
    use_session(request("POST", "/api/auth/login", {}, body.dump()));
  }

  Person add_person(const std::string& code, const std::string& name) {
    Person person;
    person.id = PersonId("id-" + code);
    person.employee_code = code;
    person.name = name;
    person.department = "Plant";
    person.created_at = *parse_iso8601("2026-01-02T08:00:00+07:00");
    person.updated_at = person.created_at;
    const auto added = database_->persons().add(person);
    EXPECT_TRUE(added) << added.error().message;
    return person;
  }

  WireReply get(const std::string& path, const std::string& host = "localhost", const std::string& method = "GET") {
    return request(method, path, {{"host", host}});
  }
  /// `headers` go before the usual ones: host, the session's cookie and CSRF token, JSON as the type of a body.
  WireReply request(const std::string& method, const std::string& path, std::map<std::string, std::string> headers,
                    const std::string& body = "") {
    headers.try_emplace("host", "localhost");
    if (!cookie_.empty()) headers.try_emplace("cookie", "hadir_session=" + cookie_);
    if (!csrf_.empty()) headers.try_emplace("x-csrf-token", csrf_);
    if (!body.empty()) headers.try_emplace("content-type", "application/json");
    if (!body.empty() || method == "POST" || method == "PUT")
      headers.try_emplace("content-length", std::to_string(body.size()));
    std::string text = method + " " + path + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers)
      if (!value.empty() || name == "host") text += name + ": " + value + "\r\n";
    WireClient client(port_);
    client.send(text + "connection: close\r\n\r\n" + body);
    return read_reply(client, method);
  }
  WireReply post(const std::string& path, const nlohmann::json& body) { return request("POST", path, {}, body.dump()); }

  static WireReply read_reply(WireClient& client, const std::string& method) {
    WireReply reply;
    reply.raw_head = client.read_until("\r\n\r\n");
    reply.head = reply.raw_head;
    std::ranges::transform(reply.head, reply.head.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (reply.head.size() > 12) reply.status = std::atoi(reply.head.c_str() + 9);
    std::size_t length = 0;
    if (const auto at = reply.head.find("content-length: "); at != std::string::npos)
      length = static_cast<std::size_t>(std::atol(reply.head.c_str() + at + 16));
    if (method != "HEAD") reply.body = client.read(length);
    return reply;
  }

  static constexpr auto good_password = "tujuh gajah menari";
  std::unique_ptr<Database> database_;
  FactRules rules_ = {.site = *find_zone("Asia/Jakarta")};
  FaceDesk* faces_ = nullptr;
  ScriptedLiveView live_;
  MemoryPictures pictures_;
  std::unique_ptr<JpegEncoder> jpeg_ = make_jpeg_encoder();
  CountingAnnotator annotator_;
  FixedClock clock_{*parse_iso8601("2026-01-05T12:00:00+07:00")};
  std::unique_ptr<AccessControl> access_;
  std::string cookie_;
  std::string csrf_;
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("hadir-web-test-" + std::to_string(::getpid()));
  NotedControl control_;
  FactFeed feed_;
  std::unique_ptr<FactRecorder> recorder_;
  std::unique_ptr<BackupShelf> backups_;
  std::unique_ptr<CameraDesk> desk_;
  std::unique_ptr<ScheduleDesk> schedule_;
  std::unique_ptr<Uptime> uptime_;
  std::atomic<int> shut_downs_ = 0;
  std::vector<CameraSettings> cameras_;
  std::mutex health_mutex_;
  std::vector<HealthItem> health_{{"database", true, ""}};
  WebOptions options_;
  std::uint16_t port_ = 0;
  std::unique_ptr<WebServer> server_;
};

}  // namespace hadir
