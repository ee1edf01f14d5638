#include "vision/text_folding.hpp"

#include <cstdint>

namespace hadir {
namespace {

/// One letter a code point from U+00C0; '*' where it takes two letters or is no letter.
constexpr std::string_view latin =
    "AAAAAA*CEEEEIIIIDNOOOOO*OUUUUY**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"     // U+00C0..00FF
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi**JjKkkLlLlLlLlLl"  // U+0100..0142
    "NnNnNnnNnOoOoOo**RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";       // U+0143..017F
static_assert(latin.size() == 0x180 - 0xC0);

/// U+1EA0..1EF9, Vietnamese.
constexpr std::string_view vietnamese =
    "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy";
static_assert(vietnamese.size() == 0x1EFA - 0x1EA0);

struct Spelling {
  char32_t code;
  std::string_view text;
};
constexpr Spelling spellings[] = {{0xC6, "AE"},  {0xE6, "ae"},  {0xDF, "ss"},  {0xDE, "Th"},  {0xFE, "th"},
                                  {0x132, "IJ"}, {0x133, "ij"}, {0x152, "OE"}, {0x153, "oe"}, {0x1A0, "O"},
                                  {0x1A1, "o"},  {0x1AF, "U"},  {0x1B0, "u"},  {0x2018, "'"}, {0x2019, "'"},
                                  {0x2013, "-"}, {0x2014, "-"}, {0xA0, " "},   {0xD7, "x"}};

std::string_view fold(char32_t code) {
  static constexpr std::string_view ascii =
      " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  if (code >= 0x20 && code < 0x7F) return ascii.substr(code - 0x20, 1);
  for (const auto& spelling : spellings)
    if (spelling.code == code) return spelling.text;
  if (code >= 0xC0 && code < 0x180 && latin[code - 0xC0] != '*') return latin.substr(code - 0xC0, 1);
  if (code >= 0x1EA0 && code < 0x1EFA) return vietnamese.substr(code - 0x1EA0, 1);
  return {};
}

/// Takes one code point off the front; U+FFFD for a byte that begins none.
char32_t next_code(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  char32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3FU);
  text.remove_prefix(length);
  return code;
}

}  // namespace

std::string fold_to_ascii(std::string_view utf8) {
  std::string folded;
  bool unknown = false;
  while (!utf8.empty()) {
    const char32_t code = next_code(utf8);
    if (code >= 0x300 && code < 0x370) continue;  // A combining accent of the letter before it.
    const auto text = fold(code);
    if (text.empty() && !unknown) folded += '?';
    unknown = text.empty();
    folded += text;
  }
  return folded;
}

}  // namespace hadir
