#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace hadir {

/// How many single letters must be inserted, removed, replaced or swapped with their neighbour to turn one word into
/// the other, capital letters counting as small ones (optimal string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate most like `name`, when it is like enough to be a slip of the pen (a third of its letters at most).
std::optional<std::string_view> nearest_name(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace hadir
