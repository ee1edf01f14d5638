#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using OutboxId = Id<struct OutboxTag>;  ///< UUIDv7

enum class OutboxState { pending = 1, sent, failed };
const char* to_text(OutboxState);  ///< "PENDING", "SENT", "FAILED"
std::optional<OutboxState> outbox_state_from(std::string_view text);

/// A message on its way out. Written in the transaction that makes its reason, sent afterwards, so that a crash can
/// send it twice but not lose it.
struct OutboxMessage {
  OutboxId id;
  std::string channel;    ///< "telegram", "whatsapp", "email", "webhook", "mqtt"
  std::string recipient;  ///< chat, number, address; never a token
  std::string body;       ///< what the channel needs, as JSON
  std::string picture;    ///< path in the PictureStore, or empty
  OutboxState state = OutboxState::pending;
  int attempts = 0;
  std::string last_error;
  Instant created_at{};
  Instant due_at{};  ///< not to be tried before
  std::optional<Instant> sent_at;
  friend bool operator==(const OutboxMessage&, const OutboxMessage&) = default;
};

}  // namespace hadir
