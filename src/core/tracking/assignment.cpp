#include "core/tracking/assignment.hpp"

#include <limits>

namespace hadir {
namespace {

/// Needs rows <= columns. Indices are 1-based inside; column 0 stands for "not yet placed".
std::vector<int> assign_wide(const auto& cost_at, std::size_t rows, std::size_t columns) {
  std::vector<double> row_potential(rows + 1, 0.0);
  std::vector<double> column_potential(columns + 1, 0.0);
  std::vector<std::size_t> row_of(columns + 1, 0);
  std::vector<std::size_t> previous(columns + 1, 0);
  for (std::size_t row = 1; row <= rows; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
    std::vector<char> used(columns + 1, 0);
    do {
      used[column] = 1;
      const std::size_t current = row_of[column];
      double delta = std::numeric_limits<double>::infinity();
      std::size_t next = 0;
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const double reduced = cost_at(current - 1, j - 1) - row_potential[current] - column_potential[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          previous[j] = column;
        }
        if (least[j] < delta) {
          delta = least[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        if (used[j]) {
          row_potential[row_of[j]] += delta;
          column_potential[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    do {
      row_of[column] = row_of[previous[column]];
      column = previous[column];
    } while (column != 0);
  }
  std::vector<int> column_of(rows, -1);
  for (std::size_t j = 1; j <= columns; ++j)
    if (row_of[j] != 0) column_of[row_of[j] - 1] = static_cast<int>(j - 1);
  return column_of;
}

}  // namespace

std::vector<int> assign(std::span<const double> cost, std::size_t rows, std::size_t columns) {
  if (rows == 0 || columns == 0) return std::vector<int>(rows, -1);
  if (rows <= columns)
    return assign_wide([&](std::size_t r, std::size_t c) { return cost[r * columns + c]; }, rows, columns);
  // Fewer columns than rows: solve the transposed problem and turn the answer round.
  const auto row_of = assign_wide([&](std::size_t r, std::size_t c) { return cost[c * columns + r]; }, columns, rows);
  std::vector<int> column_of(rows, -1);
  for (std::size_t c = 0; c < columns; ++c) column_of[static_cast<std::size_t>(row_of[c])] = static_cast<int>(c);
  return column_of;
}

}  // namespace hadir
