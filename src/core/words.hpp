#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace hadir {

/// The words the outside world sees for the values of an enumeration.
template <class Enum, std::size_t N>
using Words = std::array<std::pair<Enum, const char*>, N>;

/// "" for a value that is not among them.
template <class Enum, std::size_t N>
const char* word_of(const Words<Enum, N>& words, Enum value) {
  for (const auto& [key, word] : words)
    if (key == value) return word;
  return "";
}

/// The reverse; nothing for another word.
template <class Enum, std::size_t N>
std::optional<Enum> value_of(const Words<Enum, N>& words, std::string_view text) {
  for (const auto& [key, word] : words)
    if (text == word) return key;
  return std::nullopt;
}

}  // namespace hadir
