#include "web/live/live_events.hpp"

#include <chrono>

#include "app/configuration/parameter_file.hpp"
#include "app/queries/attendance_list.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

constexpr std::chrono::seconds look_every{1};
constexpr int check_visitors_every = 10;  // looks
constexpr std::size_t most_waiting_facts = 1024;

const LiveJson ok{{"ok", true}};

LiveJson refused(const std::string& message) {
  return {{"ok", false}, {"message", message}};
}

/// The camera a client names: "CAM1", {"camera_id": "CAM1"}, or with the number
/// alone, 1.
std::string camera_named(const LiveJson& arguments) {
  if (arguments.empty()) return {};
  LiveJson value = arguments.front();
  if (value.is_object()) {
    LiveJson inner;
    for (const char* key : {"camera_id", "cam_id", "camera"})
      if (value.contains(key)) inner = value[key];
    value = inner;
  }
  if (value.is_number_unsigned()) return "CAM" + std::to_string(value.get<std::uint64_t>());
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// What the client showed to be let in: the cookie of the page, a header, or
/// `auth: {token}`.
ShownSecret shown_by(const SocketHandshake& asked, const char* cookie_name) {
  using enum ShownSecret::Kind;
  const auto of_token = [](std::string token) {
    return ShownSecret{token.starts_with(api_key_prefix) ? api_key : access_token, std::move(token)};
  };
  if (const auto token = asked.auth.find("token"); token != asked.auth.end() && token->is_string())
    return of_token(token->get<std::string>());
  const auto& headers = asked.facts.headers;
  if (const auto key = headers.find("x-api-key"); key != headers.end()) return {api_key, key->second};
  if (const auto bearer = headers.find("authorization");
      bearer != headers.end() && bearer->second.starts_with("Bearer "))
    return of_token(bearer->second.substr(7));
  if (const auto cookie = asked.facts.cookies.find(cookie_name); cookie != asked.facts.cookies.end())
    return {ShownSecret::Kind::cookie, cookie->second};
  return {};
}

bool sees_person(const Principal& caller, const Person& person) {
  return (caller.may(Permission::persons_read) && caller.sees_department(person.department)) ||
         (caller.may(Permission::self_read) && caller.person == person.id);
}

LiveJson person_json(const Person& person) {
  return {{"id", person.id.str()},
          {"employee_id", person.employee_code},
          {"name", person.name},
          {"department", person.department}};
}

}  // namespace

LiveEvents::LiveEvents(const WebServices& services, AccessGate& gate, SocketServer::Options options)
    : services_(services),
      gate_(gate),
      sockets_(std::move(options),
               {.authenticate = [this](const SocketHandshake& asked) { return let_in(asked); },
                .connected = [this](const LiveSocket& socket) { greet(socket); },
                .event = [this](const LiveSocket& socket, const SocketEvent& event) { answer(socket, event); },
                .disconnected = [this](const LiveSocket& socket, std::string_view) { gone(socket); }}),
      frames_(services.live, services.jpeg, sockets_,
              {.max_width = services.site.stream_max_width, .jpeg_quality = services.site.jpeg_quality}) {
  sockets_.register_with_framework();
  feed_.emplace(services.feed, [this](const RecordedFacts& facts) { take(facts); });
  watch_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

LiveEvents::~LiveEvents() {
  stop();
}

void LiveEvents::stop() {
  feed_.reset();
  watch_.request_stop();
  if (watch_.joinable()) watch_.join();
  frames_.stop();
  sockets_.stop();
}

Result<std::any> LiveEvents::let_in(const SocketHandshake& asked) {
  auto shown = shown_by(asked, gate_.cookie_name());
  if (shown.kind == ShownSecret::Kind::none) return fail(ErrorKind::invalid_input, "sign in first");
  auto caller = gate_.caller_of(shown);
  if (!caller) return std::unexpected(caller.error().error);
  return std::any(VisitorPtr(std::make_shared<const Visitor>(std::move(shown), std::move(*caller))));
}

void LiveEvents::greet(const LiveSocket& socket) {
  const auto visitor = std::any_cast<VisitorPtr>(socket.identity);
  {
    const std::scoped_lock lock(mutex_);
    visitors_[socket.id] = visitor;
  }
  sockets_.emit(socket.id, "initial_data", LiveJson::array({initial_data(visitor->principal)}));
  sockets_.emit(socket.id, "ai_status", LiveJson::array({ai_status()}));
}

void LiveEvents::gone(const LiveSocket& socket) {
  frames_.remove_all(socket.id);
  const std::scoped_lock lock(mutex_);
  visitors_.erase(socket.id);
}

void LiveEvents::answer(const LiveSocket& socket, const SocketEvent& event) {
  LiveJson reply = refused("there is no such event");
  const std::string camera = camera_named(event.arguments);
  if (event.name == "start_stream") reply = start(socket, camera, "frame", false);
  if (event.name == "switch_camera") reply = start(socket, camera, "video_frame", true);
  if (event.name == "stop_stream") reply = end(socket, camera);
  if (event.acknowledge) event.acknowledge(LiveJson::array({reply}));
}

LiveJson LiveEvents::start(const LiveSocket& socket, const std::string& camera, const std::string& event, bool alone) {
  const auto& caller = std::any_cast<const VisitorPtr&>(socket.identity)->principal;
  const CameraId id(camera);
  std::string reason;
  if (!caller.may(Permission::cameras_read))
    reason = "this is not allowed";
  else if (camera.empty() || !caller.sees(id) || !services_.cameras.camera(id))
    reason = "there is no camera of this id";
  else if (const auto status = services_.live.status(id); !status)
    reason = "the camera is switched off";
  else if (status->state == CameraState::offline)
    reason = status->reason;
  // A camera that is only dark is watched all the same: its frames come as soon
  // as it is back.
  if (!reason.empty())
    sockets_.emit(socket.id, "stream_error", LiveJson::array({LiveJson{{"camera_id", camera}, {"message", reason}}}));
  if (!reason.empty() && !services_.live.status(id)) return refused(reason);
  if (!caller.may(Permission::cameras_read) || !caller.sees(id)) return refused(reason);
  if (alone)
    for (const CameraId& left : frames_.remove_all(socket.id))
      if (left != id)
        sockets_.emit(socket.id, "stream_stopped", LiveJson::array({LiveJson{{"camera_id", left.str()}}}));
  frames_.add(socket.id, id, event);
  return ok;
}

LiveJson LiveEvents::end(const LiveSocket& socket, const std::string& camera) {
  std::vector<CameraId> ended;
  if (camera.empty())
    ended = frames_.remove_all(socket.id);
  else if (frames_.remove(socket.id, CameraId(camera)))
    ended = {CameraId(camera)};
  for (const CameraId& left : ended)
    sockets_.emit(socket.id, "stream_stopped", LiveJson::array({LiveJson{{"camera_id", left.str()}}}));
  return ok;
}

/// As the file says now: a new name needs no restart.
std::string LiveEvents::site_name() const {
  const auto settings = present_parameters(services_.config_dir);
  return settings ? settings->site.site_name : services_.site.site_name;
}

LiveJson LiveEvents::initial_data(const Principal& caller) const {
  LiveJson data{{"time", site_time(services_, services_.clock.now())},
                {"time_zone", services_.site_day.zone->name()},
                {"site_name", site_name()},
                {"cameras", LiveJson::array()},
                {"employees", LiveJson::array()}};
  if (caller.may(Permission::cameras_read))
    for (const CameraSettings& camera : services_.cameras.cameras())
      if (caller.sees(CameraId(camera.id))) data["cameras"].push_back(camera_json(services_, camera));
  const auto people = presence_list(services_.database);
  std::size_t present = 0;
  if (people)
    for (const PresenceRow& row : *people) {
      if (!sees_person(caller, row.person)) continue;
      data["employees"].push_back(employee_json(row));
      present += row.presence && row.presence->status == PresenceStatus::available ? 1 : 0;
    }
  data["summary"] = {{"present", present}, {"total", data["employees"].size()}};
  return data;
}

LiveJson LiveEvents::employee_json(const PresenceRow& row) const {
  LiveJson json = person_json(row.person);
  const bool was_seen = row.presence && row.presence->last_seen != Instant{};
  json["status"] = to_text(row.presence ? row.presence->status : PresenceStatus::unavailable);
  json["last_seen"] = was_seen ? LiveJson(site_time(services_, row.presence->last_seen)) : LiveJson(nullptr);
  json["camera"] = was_seen ? camera_words(row.presence->camera) : LiveJson(nullptr);
  return json;
}

LiveJson LiveEvents::camera_words(const CameraId& camera) const {
  return {{"id", camera.str()}, {"name", camera_name(services_, camera)}};
}

LiveJson LiveEvents::ai_status() const {
  bool well = true;
  std::string reason;
  for (const HealthItem& item : services_.health())
    if (!item.ok) {
      well = false;
      reason += (reason.empty() ? "" : "; ") + item.part + ": " + item.reason;
    }
  return {{"status", services_.live.cameras().empty() ? "offline" : "online"},
          {"well", well},
          {"reason", reason},
          {"models", services_.models}};
}

std::optional<Person> LiveEvents::person(const PersonId& id) const {
  auto found = services_.database.persons().get(id);
  if (!found) return std::nullopt;
  return std::move(*found);
}

void LiveEvents::send(const std::string& event, const LiveJson& data, const MaySee& may_see) {
  std::vector<SocketId> allowed;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [socket, visitor] : visitors_)
      if (may_see(visitor->principal)) allowed.push_back(socket);
  }
  for (const SocketId& socket : allowed) sockets_.emit(socket, event, LiveJson::array({data}));
}

void LiveEvents::take(const RecordedFacts& facts) {
  {
    const std::scoped_lock lock(mutex_);
    if (visitors_.empty()) return;
    if (waiting_.size() == most_waiting_facts) waiting_.pop_front();
    waiting_.push_back(facts);
  }
  arrived_.notify_one();
}

void LiveEvents::tell_what_waits() {
  std::deque<RecordedFacts> batches;
  {
    const std::scoped_lock lock(mutex_);
    batches.swap(waiting_);
  }
  for (const RecordedFacts& facts : batches) {
    tell_sightings(facts);
    tell_alerts(facts);
  }
}

void LiveEvents::tell_sightings(const RecordedFacts& facts) {
  for (const Sighting& sighting : facts.sightings) {
    const auto who = sighting.person ? person(*sighting.person) : std::nullopt;
    if (!who) continue;
    LiveJson data = person_json(*who);
    data["camera"] = camera_words(sighting.camera);
    data["time"] = site_time(services_, sighting.at);
    data["confidence"] = sighting.confidence;
    send("employee_detected", data,
         [&](const Principal& caller) { return sees_person(caller, *who) && caller.sees(sighting.camera); });
  }
  for (const PresenceEdge& edge : facts.edges) {
    const auto who = person(edge.person);
    if (!who) continue;
    LiveJson data = person_json(*who);
    data["event"] = to_text(edge.kind);
    data["status"] = edge.kind == EdgeKind::enter ? "AVAILABLE" : "UNAVAILABLE";
    data["camera"] = camera_words(edge.camera);
    data["last_seen"] = site_time(services_, edge.at);
    send("employee_status_update", data, [&](const Principal& caller) { return sees_person(caller, *who); });
  }
  for (const AttendanceChange& change : facts.attendance) {
    LiveJson data = person_json(change.person);
    data["date"] = format_day(change.day.day);
    data["status"] = to_text(change.day.status);
    data["first_in"] =
        change.day.first_in ? LiveJson(site_time(services_, change.day.first_in->at)) : LiveJson(nullptr);
    data["last_out"] =
        change.day.last_out ? LiveJson(site_time(services_, change.day.last_out->at)) : LiveJson(nullptr);
    send("attendance_update", data, [&](const Principal& caller) {
      return (caller.may(Permission::attendance_read) && caller.sees_department(change.person.department)) ||
             (caller.may(Permission::self_read) && caller.person == change.person.id);
    });
  }
}

void LiveEvents::tell_alerts(const RecordedFacts& facts) {
  const auto tell_one = [&](const Violation& alert, const char* event) {
    const auto who = person(alert.person);
    if (!who) return;
    LiveJson data = person_json(*who);
    data["alert_id"] = alert.id.str();
    data["opened_at"] = site_time(services_, alert.opened_at);
    data["last_seen"] = site_time(services_, alert.last_seen);
    data["resolved_at"] = alert.resolved_at ? LiveJson(site_time(services_, *alert.resolved_at)) : LiveJson(nullptr);
    data["camera"] = camera_words(alert.camera);
    send(event, data, [&](const Principal& caller) {
      return caller.may(Permission::notifications_read) && caller.sees_department(who->department);
    });
  };
  for (const Violation& alert : facts.opened) tell_one(alert, "alert_log_created");
  for (const Violation& alert : facts.resolved) tell_one(alert, "alert_log_resolved");
  for (const Violation& alert : facts.withdrawn) tell_one(alert, "alert_log_resolved");
  for (const Notification& notification : facts.notifications) {
    const auto who = notification.person ? person(*notification.person) : std::nullopt;
    const MaySee may_see = [&](const Principal& caller) {
      return caller.may(Permission::notifications_read) && (!who || caller.sees_department(who->department)) &&
             (!notification.camera || caller.sees(*notification.camera));
    };
    send("notification", notification_json(services_, notification), may_see);
    if (notification.type == NotificationType::schedule_changed)
      send("schedule_changed", {{"message", notification.message}}, [](const Principal&) { return true; });
  }
}

void LiveEvents::watch(const std::stop_token& stop) {
  auto look_at = std::chrono::steady_clock::now();
  for (int looks = 0; !stop.stop_requested();) {
    tell_what_waits();
    if (std::chrono::steady_clock::now() >= look_at) {
      tell_cameras();
      if (++looks % check_visitors_every == 0) put_out_who_may_no_more();
      look_at += look_every;
    }
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, stop, look_at, [this] { return !waiting_.empty(); });
  }
}

void LiveEvents::tell_cameras() {
  for (const CameraSettings& camera : services_.cameras.cameras()) {
    const CameraId id(camera.id);
    const auto status = services_.live.status(id);
    const std::pair now{status ? status->state : CameraState::offline, status ? status->reason : "not running"};
    const auto known = told_.find(id);
    if (known != told_.end() && known->second == now) continue;
    const bool is_new = known == told_.end();
    told_[id] = now;
    if (is_new) continue;
    send("camera_status", camera_json(services_, camera),
         [&](const Principal& caller) { return caller.may(Permission::cameras_read) && caller.sees(id); });
  }
  const LiveJson status = ai_status();
  if (status.dump() != std::exchange(told_ai_, status.dump()))
    send("ai_status", status, [](const Principal&) { return true; });
}

void LiveEvents::put_out_who_may_no_more() {
  std::map<SocketId, VisitorPtr> visitors;
  {
    const std::scoped_lock lock(mutex_);
    visitors = visitors_;
  }
  for (const auto& [socket, visitor] : visitors)
    if (const auto caller = gate_.caller_of(visitor->shown); !caller) sockets_.disconnect(socket);
}

}  // namespace hadir
