#include "store/sql/query.hpp"

namespace hadir::sql {
namespace {

/// How many bytes the UTF-8 character at the front takes; 0 when it is none (RFC 3629: no overlong forms, surrogates or
/// values above U+10FFFF).
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const auto follows = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) {
    return byte(i) >= from && byte(i) <= to;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF)
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (first >= 0xF0 && first <= 0xF4)
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

}  // namespace

void check_text(std::string_view text) {
  while (!text.empty()) {
    const auto size = character_size(text);
    if (size == 0) throw UnfitText("a text holds bytes that are not UTF-8, or a zero byte");
    text.remove_prefix(size);
  }
}

}  // namespace hadir::sql
