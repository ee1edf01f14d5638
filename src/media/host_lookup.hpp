#pragma once
// Internal to media/.
#include <chrono>
#include <stop_token>
#include <string>

#include "core/error.hpp"

namespace hadir {

/// Asks for the host of an address before libav does, because libav's own question can't be interrupted and a dead name
/// server answers after half a minute. Returns at once for numeric hosts.
/// `unavailable` when the name is unknown, at `deadline`, or when stopped. The message does not name the address.
Status look_up_host(const std::string& url, std::chrono::steady_clock::time_point deadline,
                    const std::stop_token& stop);

}  // namespace hadir
