#pragma once
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/ports/sighting_sink.hpp"

namespace hadir {

/// One line of JSON (with its newline) that holds the whole fact, the picture as base64.
std::string text_of(const SightingFact& fact, const std::string& reason = {});
/// The reverse; `corrupted` for anything else.
Result<SightingFact> fact_from(std::string_view line);

}  // namespace hadir
