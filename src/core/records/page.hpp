#pragma once
#include <cstdint>
#include <vector>

namespace hadir {

/// Which rows of a longer list are wanted.
struct Paging {
  std::int64_t offset = 0;  ///< rows left out at the front, from 0
  std::int64_t limit = 50;  ///< rows wanted, from 1
};

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::int64_t total = 0;  ///< rows of the whole list
};

}  // namespace hadir
