#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/pictures.hpp"
#include "core/time.hpp"
#include "realtime/text.hpp"
#include "web/input_faults.hpp"

namespace hadir {

/// Which texts are taken. Lengths in characters (code points) after the spaces around it are gone.
struct TextRule {
  std::size_t least = 1;
  std::size_t most = 200;
  bool lines = false;  ///< may hold line ends and tabs; no other control characters are taken anywhere
};

struct IntegerRule {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

struct NumberRule {
  double least = std::numeric_limits<double>::lowest();
  double most = std::numeric_limits<double>::max();
};

/// Each answers the value, or notes under `field` what is wrong and answers nothing. Invalid UTF-8 is always wrong.
std::optional<std::string> checked_text(InputFaults& faults, const std::string& field, std::string_view text,
                                        const TextRule& rule);
std::optional<std::int64_t> checked_integer(InputFaults& faults, const std::string& field, std::int64_t value,
                                            const IntegerRule& rule);
std::optional<double> checked_number(InputFaults& faults, const std::string& field, double value,
                                     const NumberRule& rule);
/// YYYY-MM-DD from 1970 to 2199.
std::optional<LocalDay> checked_day(InputFaults& faults, const std::string& field, std::string_view text);
/// ISO 8601 with an offset, from 1970 to 2199.
std::optional<Instant> checked_time(InputFaults& faults, const std::string& field, std::string_view text);
/// Base64 (RFC 4648, with padding), also behind "data:image/…;base64,". Its size is looked at before it is decoded.
std::optional<Bytes> checked_base64(InputFaults& faults, const std::string& field, std::string_view text,
                                    std::size_t most_bytes);

}  // namespace hadir
