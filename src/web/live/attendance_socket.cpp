#include "web/live/attendance_socket.hpp"

#include <algorithm>

#include "core/uuid.hpp"
#include "web/http_reply.hpp"
#include "web/json_body.hpp"
#include "web/live/websocket_path.hpp"
#include "web/person_access.hpp"
#include "web/query_values.hpp"
#include "web/realtime/handshake.hpp"

namespace hadir {
namespace {

constexpr std::chrono::milliseconds look_every{200};
constexpr std::chrono::seconds longest_goodbye{3};
constexpr std::size_t most_waiting_facts = 1024;
constexpr const char* visitor_attribute = "hadir.attendance_visitor";
/// What the framework may hold of an unfinished message, beyond the largest one: it reads in big pieces.
constexpr std::uint64_t message_overhead = 256 << 10;
constexpr std::size_t longest_control = 125;  // RFC 6455, 5.5

std::string new_run(const Clock& clock) {
  return RandomUuidSource().next(clock.now()).substr(24);
}

bool is_client_id(const std::string& id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

bool hears_everybody(const Principal& caller) {
  return caller.may(Permission::attendance_read);
}

bool hears_somebody(const Principal& caller) {
  return hears_everybody(caller) || (caller.may(Permission::self_read) && caller.person);
}

}  // namespace

AttendanceSocket::AttendanceSocket(const WebServices& services, AccessGate& gate, WorkerPool& pool,
                                   EngineServer::Options pages, const AttendanceLimits& limits)
    : services_(services),
      gate_(gate),
      pages_(std::move(pages)),
      limits_(limits),
      words_(services),
      history_(new_run(services.clock), limits.kept_messages),
      callers_checked_(std::chrono::steady_clock::now()),
      gateway_(std::make_shared<AttendanceGateway>(*this)) {
  register_attendance_socket(gateway_, pool);
  feed_.emplace(services.feed, [this](const RecordedFacts& facts) { take(facts); });
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

AttendanceSocket::~AttendanceSocket() {
  stop();
}

void AttendanceSocket::stop() {
  gateway_->close();
  feed_.reset();
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  while (!clients_.empty()) {
    const ClientPtr client = clients_.begin()->second;
    end(client, drogon::CloseCode::kEndpointGone, "the server stops");
  }
}

/// The wish with the person whom `person` (an id or employee code, or empty) names.
Result<AttendanceWish> AttendanceSocket::checked(const Principal& caller, AttendanceWish wish,
                                                 const std::string& person) const {
  wish.person.reset();
  if (!person.empty()) {
    const HttpCall call{.request = nullptr, .caller = caller, .id = {}, .sub_id = {}};
    const auto found = person_with_visible_attendance(services_, call, person);
    if (!found) return std::unexpected(found.error());
    wish.person = found->id;
  } else if (!hears_everybody(caller)) {
    wish.person = caller.person;
  }
  return wish;
}

drogon::HttpResponsePtr AttendanceSocket::admit(const drogon::HttpRequestPtr& request) {
  if (!page_of(request, pages_)) return forbidden_reply("forbidden", "no page of another site may connect");
  auto caller = gate_.admit(request, Access::signed_in());
  if (!caller) return caller.error();
  if (!hears_somebody(*caller))
    return forbidden_reply("forbidden", "this needs the permission attendance:read, or self:read");
  QueryValues in(request->query());
  const std::string client_id = websocket_client_id(request);
  if (!is_client_id(client_id)) in.fault("client_id", "must be 1 to 64 letters, digits, dots, dashes or underscores");
  const auto person = in.text("person_id", {.most = 200});
  AttendanceWish wish;
  wish.min_confidence = in.number("min_confidence", {.least = 0, .most = 1}).value_or(0);
  wish.last_event_id = in.text("last_event_id", {.most = 64}).value_or("");
  if (auto wrong = in.reply()) return wrong;
  auto granted = checked(*caller, std::move(wish), person.value_or(""));
  if (!granted) return error_reply(granted.error(), "person_id");
  request->attributes()->insert(
      visitor_attribute,
      std::make_shared<Visitor>(Visitor{client_id, gate_.shown_by(request), std::move(*caller), std::move(*granted)}));
  const std::scoped_lock lock(mutex_);
  if (stopped_ || clients_.size() >= limits_.most_clients) return error_reply(drogon::k503ServiceUnavailable);
  return nullptr;
}

void AttendanceSocket::opened(const drogon::HttpRequestPtr& request, const drogon::WebSocketConnectionPtr& connection) {
  connection->disablePing();  // ours tell what has arrived
  auto held = HeldConnection::find(connection->localAddr().getSockAddr(), connection->peerAddr().getSockAddr());
  if (held) held->send_without_delay();
  const std::uint64_t read = held ? held->bytes_read() : 0;
  const auto client = std::make_shared<Client>(
      Client{.connection = connection,
             .held = std::move(held),
             .read_at_last_message = read,
             .outbox = PacedOutbox(limits_.outbox),
             .pinged = std::chrono::steady_clock::now(),
             .visitor = *request->attributes()->get<std::shared_ptr<Visitor>>(visitor_attribute)});
  const std::scoped_lock lock(mutex_);
  clients_.emplace(connection, client);
  if (clients_.size() > limits_.most_clients) return end(client, drogon::CloseCode::kViolation, "too many clients");
  asked_.push_back({client, std::nullopt});
  arrived_.notify_one();
}

void AttendanceSocket::received(const drogon::WebSocketConnectionPtr& connection, std::string message,
                                drogon::WebSocketMessageType type) {
  const std::scoped_lock lock(mutex_);
  const auto found = clients_.find(connection);
  if (found == clients_.end()) return;
  const ClientPtr client = found->second;
  if (client->held) client->read_at_last_message = client->held->bytes_read();
  const bool is_data = type == drogon::WebSocketMessageType::Text || type == drogon::WebSocketMessageType::Binary;
  // The framework mixes a ping or pong that comes between the parts of a message with them.
  if (!is_data && message.size() > longest_control)
    return end(client, drogon::CloseCode::kProtocolError, "the message is broken");
  if (type == drogon::WebSocketMessageType::Pong) {
    client->outbox.confirm(message);
    return flush(*client, false);
  }
  if (type == drogon::WebSocketMessageType::Binary)
    return end(client, drogon::CloseCode::kInvalidMessage, "messages are texts");
  if (type != drogon::WebSocketMessageType::Text) return;
  if (message.size() > limits_.largest_message)
    return end(client, drogon::CloseCode::kMessageTooBig, "the message is too large");
  if (client->asked >= limits_.most_asked) return end(client, drogon::CloseCode::kViolation, "too many messages");
  ++client->asked;
  asked_.push_back({client, std::move(message)});
  arrived_.notify_one();
}

void AttendanceSocket::closed(const drogon::WebSocketConnectionPtr& connection) {
  const std::scoped_lock lock(mutex_);
  clients_.erase(connection);
  std::erase_if(closing_, [&](const auto& closing) { return closing.second == connection; });
}

/// For the thread of the facts, which must not wait.
void AttendanceSocket::take(const RecordedFacts& facts) {
  if (facts.attendance.empty() && facts.edges.empty()) return;
  {
    const std::scoped_lock lock(mutex_);
    if (facts_.size() == most_waiting_facts) {
      facts_.pop_front();
      lost_facts_ = true;
    }
    RecordedFacts wanted;
    wanted.attendance = facts.attendance;
    wanted.edges = facts.edges;
    facts_.push_back(std::move(wanted));
  }
  arrived_.notify_one();
}

void AttendanceSocket::run(const std::stop_token& stop) {
  auto look_at = std::chrono::steady_clock::now() + look_every;
  while (!stop.stop_requested()) {
    std::deque<RecordedFacts> facts;
    std::deque<Asked> asked;
    bool lost = false;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait_until(lock, stop, look_at, [this] { return !facts_.empty() || !asked_.empty(); });
      facts.swap(facts_);
      asked.swap(asked_);
      lost = std::exchange(lost_facts_, false);
    }
    if (lost) tell_loss("too much happened at once");
    for (const RecordedFacts& batch : facts) tell(batch);
    for (const Asked& one : asked) answer(one);
    if (const auto now = std::chrono::steady_clock::now(); now >= look_at) {
      tick(now);
      look_at = now + look_every;
    }
  }
}

void AttendanceSocket::answer(const Asked& asked) {
  const ClientPtr& client = asked.client;
  if (asked.message) {
    {
      const std::scoped_lock lock(mutex_);
      --client->asked;
    }
    return understand(client, *asked.message);
  }
  client->begun = true;
  begin(client, words_.established(client->visitor.client_id, client->visitor.wish, history_.last_id()));
}

void AttendanceSocket::understand(const ClientPtr& client, const std::string& message) {
  auto body = JsonBody::parse(message);
  if (!body) return put(client, text_of(AttendanceWords::error(body.error().message)));
  JsonFields in = body->fields();
  const auto type = in.text("type", {.most = 40}).value_or("");
  if (type == "pong") return;
  if (type == "unsubscribe") {
    const std::scoped_lock lock(mutex_);
    return end(client, drogon::CloseCode::kNormalClosure, "unsubscribed");
  }
  if (type != "subscribe")
    return put(client, text_of(AttendanceWords::error("type must be subscribe, unsubscribe or pong")));
  const auto person = in.is_null("person_id") ? std::nullopt : in.text("person_id", {.most = 200});
  AttendanceWish wish;
  wish.min_confidence = in.number("min_confidence", {.least = 0, .most = 1}).value_or(0);
  wish.last_event_id = in.text("last_event_id", {.most = 64}).value_or("");
  if (person == std::nullopt && in.is_null("person_id")) in.value("person_id");
  if (const auto wrong = in.reply()) {
    AttendanceJson error = AttendanceJson::parse(wrong->body(), nullptr, false);
    AttendanceJson told = AttendanceWords::error("the message is wrong");
    if (error.is_object() && error.contains("error")) told.update(error["error"]);
    return put(client, text_of(told));
  }
  auto granted = checked(client->visitor.principal, std::move(wish), person.value_or(""));
  if (!granted) return put(client, text_of(AttendanceWords::error("person_id: " + granted.error().message)));
  client->visitor.wish = std::move(*granted);
  begin(client, words_.subscribed(client->visitor.wish, history_.last_id()));
}

void AttendanceSocket::tick(Time now) {
  if (now - callers_checked_ >= limits_.check_callers_every) {
    callers_checked_ = now;
    check_callers();
  }
  const auto ping = text_of(words_.ping());
  std::vector<drogon::WebSocketConnectionPtr> over;
  for (const ClientPtr& client : clients()) {
    const std::scoped_lock lock(mutex_);
    if (!clients_.contains(client->connection)) continue;
    const auto silent = now - client->pinged;
    if (client->held &&
        client->held->bytes_read() > client->read_at_last_message + limits_.largest_message + message_overhead) {
      end(client, drogon::CloseCode::kMessageTooBig, "the message is too large");
    } else if (client->outbox.awaits_pong() && silent > limits_.answer_within) {
      end(client, drogon::CloseCode::kViolation, "no answer to a ping");
    } else if (!client->outbox.awaits_pong() && silent >= limits_.ping_every && client->begun) {
      if (client->outbox.add(ping)) flush(*client, true);
    }
  }
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(closing_, [&](const auto& closing) {
      if (closing.first > now) return false;
      over.push_back(closing.second);
      return true;
    });
  }
  for (const auto& connection : over) connection->forceClose();
}

/// Puts out who may no more, and takes over what the others may now.
void AttendanceSocket::check_callers() {
  for (const ClientPtr& client : clients()) {
    auto caller = gate_.caller_of(client->visitor.shown);
    if (caller && hears_somebody(*caller)) {
      client->visitor.principal = std::move(*caller);
      continue;
    }
    const std::scoped_lock lock(mutex_);
    end(client, drogon::CloseCode::kViolation, "no longer allowed");
  }
}

std::size_t AttendanceSocket::client_count() const {
  const std::scoped_lock lock(mutex_);
  return clients_.size();
}

std::vector<AttendanceSocket::ClientPtr> AttendanceSocket::clients() const {
  const std::scoped_lock lock(mutex_);
  std::vector<ClientPtr> all;
  for (const auto& [connection, client] : clients_) all.push_back(client);
  return all;
}

void AttendanceSocket::put(const ClientPtr& client, std::shared_ptr<const std::string> text) {
  const std::scoped_lock lock(mutex_);
  if (!clients_.contains(client->connection)) return;
  if (!client->outbox.add(std::move(text))) return end(client, drogon::CloseCode::kViolation, "too slow");
  flush(*client, false);
}

void AttendanceSocket::flush(Client& client, bool with_ping) {
  const PacedOutbox::Burst burst = client.outbox.take(with_ping);
  for (const auto& text : burst.texts) client.connection->send(*text);
  if (!burst.ping) return;
  client.connection->send(*burst.ping, drogon::WebSocketMessageType::Ping);
  client.pinged = std::chrono::steady_clock::now();
}

void AttendanceSocket::end(const ClientPtr& client, drogon::CloseCode code, const std::string& reason) {
  if (clients_.erase(client->connection) == 0) return;
  client->connection->shutdown(code, reason);
  closing_.emplace_back(std::chrono::steady_clock::now() + longest_goodbye, client->connection);
}

}  // namespace hadir
