#include "core/records/outbox_message.hpp"

namespace hadir {

const char* to_text(OutboxState state) {
  switch (state) {
    case OutboxState::pending:
      return "PENDING";
    case OutboxState::sent:
      return "SENT";
    case OutboxState::failed:
      return "FAILED";
  }
  return "";
}

std::optional<OutboxState> outbox_state_from(std::string_view text) {
  for (const auto state : {OutboxState::pending, OutboxState::sent, OutboxState::failed})
    if (text == to_text(state)) return state;
  return std::nullopt;
}

}  // namespace hadir
