#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hadir {

/// What a reason rests on: text (times ISO 8601, times of day HH:MM), a whole number, or a fraction (shares are 0..1).
using ReasonValue = std::variant<std::string, std::int64_t, double>;

/// Why something was judged as it was: for programs, which say it in their reader's language, and as an English
/// sentence.
struct Reason {
  std::string code;  ///< "late", "unsure_first_in", ...; docs/api.yaml (Reason) names all
  std::string text;  ///< English
  std::vector<std::pair<std::string, ReasonValue>> values;  ///< by name, each once
};

}  // namespace hadir
