#include "realtime/socket_client.hpp"

#include <algorithm>

namespace hadir {

SocketClient::SocketClient(const SocketOptions& options, MonotonicTime now)
    : options_(options), decoder_(options.limits), alone_since_(now) {}

Result<SocketClient::Meaning> SocketClient::received(WireMessage message) {
  auto packet = message.is_binary ? decoder_.binary(std::move(message.data)) : decoder_.text(message.data);
  if (!packet) return std::unexpected(packet.error());
  Meaning meaning;
  if (*packet) {
    if (const auto understood = understand(std::move(**packet), meaning); !understood)
      return std::unexpected(understood.error());
  }
  return meaning;
}

Status SocketClient::understand(SocketPacket packet, Meaning& meaning) {
  if (packet.type == SocketPacketType::connect) return connect(std::move(packet), meaning);
  const auto found = states_.find(packet.name_space);
  if (found == states_.end() || found->second == State::asked)
    return fail(ErrorKind::invalid_input, "a packet for a namespace that the client is not in");
  if (found->second == State::left) return {};  // it was under way when the server put the client out
  switch (packet.type) {
    case SocketPacketType::disconnect:
      found->second = State::left;
      meaning.leaves.push_back({packet.name_space});
      break;
    case SocketPacketType::event: {
      std::string name = packet.data.front().get<std::string>();
      packet.data.erase(packet.data.begin());
      meaning.events.push_back({packet.name_space, std::move(name), std::move(packet.data), packet.id});
      break;
    }
    case SocketPacketType::ack:
      meaning.acknowledgements.push_back({packet.name_space, *packet.id, std::move(packet.data)});
      break;
    case SocketPacketType::connect:
    case SocketPacketType::connect_error:
      break;  // handled above; refused by the decoder
  }
  return {};
}

Status SocketClient::connect(SocketPacket packet, Meaning& meaning) {
  if (!options_.name_spaces.contains(packet.name_space)) {
    meaning.replies.push_back(encode({.type = SocketPacketType::connect_error,
                                      .name_space = packet.name_space,
                                      .id = {},
                                      .data = {{"message", "Invalid namespace"}}}));
    return {};
  }
  const auto [entry, is_new] = states_.emplace(packet.name_space, State::asked);
  if (!is_new && entry->second != State::left)
    return fail(ErrorKind::invalid_input, "a client connects twice to one namespace");
  entry->second = State::asked;
  alone_since_.reset();
  meaning.entries.push_back({packet.name_space, packet.data.is_null() ? LiveJson::object() : std::move(packet.data)});
  return {};
}

std::optional<OutPacket> SocketClient::accept(const std::string& name_space, const std::string& sid) {
  const auto found = states_.find(name_space);
  if (found == states_.end() || found->second != State::asked) return std::nullopt;
  found->second = State::entered;
  return encode({.type = SocketPacketType::connect, .name_space = name_space, .id = {}, .data = {{"sid", sid}}});
}

std::optional<OutPacket> SocketClient::refuse(const std::string& name_space, const std::string& message,
                                              const LiveJson& data) {
  const auto found = states_.find(name_space);
  if (found == states_.end() || found->second != State::asked) return std::nullopt;
  found->second = State::left;
  LiveJson reason = {{"message", message}};
  if (!data.is_null()) reason["data"] = data;
  return encode({.type = SocketPacketType::connect_error, .name_space = name_space, .id = {}, .data = reason});
}

std::optional<OutPacket> SocketClient::put_out(const std::string& name_space, MonotonicTime now) {
  if (!is_in(name_space)) return std::nullopt;
  states_[name_space] = State::left;
  timed_out(now);
  return encode({.type = SocketPacketType::disconnect, .name_space = name_space, .id = {}, .data = {}});
}

bool SocketClient::is_in(const std::string& name_space) const {
  const auto found = states_.find(name_space);
  return found != states_.end() && found->second == State::entered;
}

bool SocketClient::timed_out(MonotonicTime now) {
  if (std::ranges::any_of(states_, [](const auto& entry) { return entry.second != State::left; })) {
    alone_since_.reset();
    return false;
  }
  if (!alone_since_) alone_since_ = now;
  return now - *alone_since_ >= options_.connect_timeout;
}

}  // namespace hadir
