#pragma once
#include <chrono>
#include <cstddef>

#include "web/live/paced_outbox.hpp"

namespace hadir {

/// Of the attendance channel.
struct AttendanceLimits {
  std::size_t most_clients = 200;
  std::size_t kept_messages = 1000;    ///< for clients that come back
  std::size_t largest_message = 4096;  ///< bytes, from a client
  std::size_t most_asked = 16;         ///< messages of one client that wait for their answers
  PacedOutbox::Limits outbox{};
  std::chrono::milliseconds ping_every{25'000};
  std::chrono::milliseconds answer_within{60'000};  ///< a ping
  std::chrono::milliseconds check_callers_every{10'000};
};

}  // namespace hadir
