#include "media/orientation.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

// Stored: abc / def. What each orientation shows upright, row by row.
TEST(OrientationTest, TurnsAsTheStandardSays) {
  const std::string stored = "abcdef";
  const std::vector<std::string> upright_rows = {"abcdef", "cbafed", "fedcba", "defabc",
                                                 "adbecf", "daebfc", "fcebda", "cfbead"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    std::string out(6, '?');
    const Plane plane{reinterpret_cast<const std::uint8_t*>(stored.data()), 3};
    copy_upright(plane, 3, 2, orientation, reinterpret_cast<std::uint8_t*>(out.data()), orientation >= 5 ? 2 : 3);
    EXPECT_EQ(out, upright_rows[static_cast<std::size_t>(orientation - 1)]) << "orientation " << orientation;
  }
}

}  // namespace
}  // namespace hadir
