#pragma once
#include <string>

namespace hadir {

/// Makes spdlog's default logger write human lines on stderr, each masked (core/masking.hpp), from that level on:
/// trace, debug, info, warning, error or off.
void set_up_logging(const std::string& level);

}  // namespace hadir
