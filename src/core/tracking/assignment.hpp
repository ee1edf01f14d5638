#pragma once
#include <span>
#include <vector>

namespace hadir {

/// The one-to-one pairing of rows and columns with the least total cost: the Hungarian method in the O(n^3) form with
/// potentials (Kuhn 1955; Munkres 1957; Jonker and Volgenant 1987).
/// `cost` is row-major, rows × columns, finite. Returns for each row its column, or -1 where columns are too few.
std::vector<int> assign(std::span<const double> cost, std::size_t rows, std::size_t columns);

}  // namespace hadir
