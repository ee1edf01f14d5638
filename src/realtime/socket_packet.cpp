#include "realtime/socket_packet.hpp"

#include <charconv>
#include <format>

namespace hadir {
namespace {

constexpr std::uint64_t largest_id = (1ULL << 53) - 1;  // JavaScript counts exactly up to here

std::unexpected<Error> refused(std::string message) {
  return fail(ErrorKind::invalid_input, std::move(message));
}

/// Names that the clients' programs use for themselves.
bool is_reserved(std::string_view event) {
  return event == "connect" || event == "connect_error" || event == "disconnect" || event == "disconnecting" ||
         event == "newListener" || event == "removeListener";
}

/// Depth and number of members, before anything is built of the text.
Status check_shape(std::string_view json, const SocketLimits& limits) {
  std::size_t depth = 0;
  std::size_t members = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > limits.depth) return refused(std::format("a packet is nested deeper than {}", limits.depth));
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    } else if (c == ':' && ++members > limits.members) {
      return refused(std::format("a packet has more than {} members", limits.members));
    }
  }
  return {};
}

/// Digits from the front of `text`, at least one; nothing when there are none or too many.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number > largest_id) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool starts_with_digit(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

Status check_data(const SocketPacket& packet) {
  const bool may_have_id = packet.type == SocketPacketType::event || packet.type == SocketPacketType::ack;
  if (packet.id && !may_have_id) return refused("a packet has a number that means nothing");
  switch (packet.type) {
    case SocketPacketType::connect:
      if (!packet.data.is_null() && !packet.data.is_object()) return refused("CONNECT takes an object");
      return {};
    case SocketPacketType::disconnect:
      if (!packet.data.is_null()) return refused("DISCONNECT takes nothing");
      return {};
    case SocketPacketType::event:
      if (!packet.data.is_array() || packet.data.empty() || !packet.data.front().is_string())
        return refused("EVENT takes an array that begins with a name");
      if (is_reserved(packet.data.front().get_ref<const std::string&>())) return refused("EVENT has a reserved name");
      return {};
    case SocketPacketType::ack:
      if (!packet.data.is_array() || !packet.id) return refused("ACK takes an id and an array");
      return {};
    case SocketPacketType::connect_error:
      return refused("CONNECT_ERROR is the server's");
  }
  std::unreachable();
}

struct Kind {
  SocketPacketType type;
  bool has_attachments;
};

std::optional<Kind> kind_of(char digit) {
  switch (digit) {
    case '0':
      return Kind{SocketPacketType::connect, false};
    case '1':
      return Kind{SocketPacketType::disconnect, false};
    case '2':
      return Kind{SocketPacketType::event, false};
    case '3':
      return Kind{SocketPacketType::ack, false};
    case '4':
      return Kind{SocketPacketType::connect_error, false};
    case '5':
      return Kind{SocketPacketType::event, true};
    case '6':
      return Kind{SocketPacketType::ack, true};
    default:
      return std::nullopt;
  }
}

Status take_name_space(std::string_view& rest, const SocketLimits& limits, SocketPacket& packet) {
  if (!rest.starts_with('/')) return {};
  const auto end = std::min(rest.find(','), rest.size());
  if (end > limits.name_space_bytes) return refused("a namespace is too long");
  packet.name_space = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return {};
}

/// Moves binary values out of `value`; what stays in their place names them by number.
LiveJson take_binaries(const LiveJson& value, OutPacket& packet) {
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    LiveJson placeholder = {{"_placeholder", true}, {"num", packet.size() - 1}};
    packet.push_back({.data = std::string(bytes.begin(), bytes.end()), .is_binary = true});
    return placeholder;
  }
  if (!value.is_structured()) return value;
  LiveJson copy = value.is_array() ? LiveJson::array() : LiveJson::object();
  if (value.is_array())
    for (const LiveJson& item : value) copy.push_back(take_binaries(item, packet));
  else
    for (const auto& [key, item] : value.items()) copy[key] = take_binaries(item, packet);
  return copy;
}

}  // namespace

OutPacket encode(const SocketPacket& packet) {
  OutPacket encoded(1);  // the text goes first, and is known last
  const bool may_hold_binaries = packet.type == SocketPacketType::event || packet.type == SocketPacketType::ack;
  const LiveJson data = may_hold_binaries ? take_binaries(packet.data, encoded) : packet.data;
  const std::size_t attachments = encoded.size() - 1;

  std::string& text = encoded.front().data;
  text = encode_text(EnginePacketType::message);
  text += static_cast<char>('0' + std::to_underlying(packet.type) + (attachments > 0 ? 3 : 0));
  if (attachments > 0) text += std::format("{}-", attachments);
  if (packet.name_space != "/") text += packet.name_space + ",";
  if (packet.id) text += std::to_string(*packet.id);
  if (!data.is_null()) text += data.dump(-1, ' ', false, LiveJson::error_handler_t::replace);
  return encoded;
}

Result<std::optional<SocketPacket>> SocketPacketDecoder::text(std::string_view message) {
  if (waiting_) return refused("a text came where an attachment should");
  const auto kind = message.empty() ? std::nullopt : kind_of(message.front());
  if (!kind) return refused("a packet has an unknown type");
  std::string_view rest = message.substr(1);
  std::uint64_t attachments = 0;
  if (kind->has_attachments) {
    const auto number = take_number(rest);
    if (!number || !rest.starts_with('-')) return refused("a packet does not say how many attachments it has");
    if (*number > limits_.attachments)
      return refused(std::format("a packet has more than {} attachments", limits_.attachments));
    attachments = *number;
    rest.remove_prefix(1);
  }
  SocketPacket packet{.type = kind->type, .id = {}, .data = {}};
  if (const auto taken = take_name_space(rest, limits_, packet); !taken) return std::unexpected(taken.error());
  if (starts_with_digit(rest)) {
    packet.id = take_number(rest);
    if (!packet.id) return refused("an acknowledgement's number is too large");
  }
  if (!rest.empty()) {
    if (const auto shape = check_shape(rest, limits_); !shape) return std::unexpected(shape.error());
    packet.data = LiveJson::parse(rest, nullptr, false);
    if (packet.data.is_discarded()) return refused("a packet's data is not JSON");
  }
  if (const auto checked = check_data(packet); !checked) return std::unexpected(checked.error());
  if (attachments == 0) return std::optional(std::move(packet));
  waiting_ = std::move(packet);
  missing_ = attachments;
  return std::optional<SocketPacket>{};
}

Result<std::optional<SocketPacket>> SocketPacketDecoder::binary(std::string bytes) {
  if (!waiting_) return refused("an attachment came that no packet announced");
  held_bytes_ += bytes.size();
  if (held_bytes_ > limits_.attachment_bytes)
    return refused(std::format("the attachments of a packet are larger than {} bytes", limits_.attachment_bytes));
  attachments_.emplace_back(std::move(bytes));
  if (--missing_ > 0) return std::optional<SocketPacket>{};
  if (const auto put = put_attachments(waiting_->data); !put) return std::unexpected(put.error());
  attachments_.clear();
  held_bytes_ = 0;
  return std::exchange(waiting_, std::nullopt);
}

/// Each attachment belongs to one place: a few bytes of text must not become many copies of a large attachment.
Status SocketPacketDecoder::put_attachments(LiveJson& value) {
  if (value.is_object() && value.contains("_placeholder") && value["_placeholder"] == true) {
    const LiveJson number = value.value("num", LiveJson());
    if (!number.is_number_unsigned() || number.get<std::uint64_t>() >= attachments_.size() ||
        !attachments_[number.get<std::uint64_t>()])
      return refused("a placeholder names no attachment of its packet");
    std::optional<std::string>& bytes = attachments_[number.get<std::uint64_t>()];
    value = LiveJson::binary({bytes->begin(), bytes->end()});
    bytes.reset();
    return {};
  }
  if (!value.is_structured()) return {};
  for (LiveJson& item : value)
    if (const auto put = put_attachments(item); !put) return put;
  return {};
}

}  // namespace hadir
