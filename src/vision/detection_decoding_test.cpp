#include "vision/detection_decoding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hadir {
namespace {

TEST(DecodeYunet, PlacesTheFaceOfACell) {
  std::vector<float> score(6, 0), objectness(6, 0), boxes(24, 0), landmarks(60, 0);
  const std::size_t cell = 4;  // Column 1 of row 1, three cells a row.
  score[cell] = 0.9F;
  objectness[cell] = 1.2F;  // Above one: held to be one.
  boxes[4 * cell] = 0.5F;
  boxes[4 * cell + 1] = 0.25F;
  boxes[4 * cell + 2] = std::log(2.F);
  boxes[4 * cell + 3] = std::log(3.F);
  landmarks[10 * cell + 2] = 1.5F;
  landmarks[10 * cell + 3] = -0.5F;
  std::vector<Detection> faces;
  decode_yunet({16, 3, 2, score, objectness, boxes, landmarks}, 0.5F, faces);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_FLOAT_EQ(faces[0].score, std::sqrt(0.9F));
  EXPECT_FLOAT_EQ(faces[0].box.width, 32);
  EXPECT_FLOAT_EQ(faces[0].box.height, 48);
  EXPECT_FLOAT_EQ(faces[0].box.x, 1.5F * 16 - 16);
  EXPECT_FLOAT_EQ(faces[0].box.y, 1.25F * 16 - 24);
  EXPECT_FLOAT_EQ(faces[0].landmarks[1].x, 2.5F * 16);
  EXPECT_FLOAT_EQ(faces[0].landmarks[1].y, 0.5F * 16);
}

TEST(DecodeYunet, IgnoresValuesThatAreNotNumbers) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> score{nan, 0.9F}, objectness{1, 1}, boxes(8, 0), landmarks(20, 0);
  boxes[6] = 1000;  // exp overflows.
  std::vector<Detection> faces;
  decode_yunet({8, 2, 1, score, objectness, boxes, landmarks}, 0.5F, faces);
  EXPECT_TRUE(faces.empty());
}

TEST(DecodeScrfd, PlacesBothAnchorsAtTheCellsCorner) {
  std::vector<float> score(8, 0), boxes(32, 0), landmarks(80, 0);
  score[7] = 0.8F;  // Second anchor of cell 3: column 1 of row 1.
  boxes[28] = 1, boxes[29] = 0.5F, boxes[30] = 2, boxes[31] = 1.5F;
  std::vector<Detection> faces;
  decode_scrfd({8, 2, 2, score, {}, boxes, landmarks}, 0.4F, faces);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_FLOAT_EQ(faces[0].box.x, 0);
  EXPECT_FLOAT_EQ(faces[0].box.y, 4);
  EXPECT_FLOAT_EQ(faces[0].box.right(), 24);
  EXPECT_FLOAT_EQ(faces[0].box.bottom(), 20);
}

TEST(SuppressOverlaps, KeepsTheBetterOfTwoThatOverlap) {
  const auto kept = suppress_overlaps(
      {{{0, 0, 10, 10}, {}, 0.6F}, {{1, 0, 10, 10}, {}, 0.9F}, {{30, 0, 10, 10}, {}, 0.7F}, {{8, 0, 10, 10}, {}, 0.5F}},
      0.3F);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_FLOAT_EQ(kept[0].score, 0.9F);
  EXPECT_FLOAT_EQ(kept[1].score, 0.7F);
  EXPECT_FLOAT_EQ(kept[2].score, 0.5F);  // It overlaps the best by 3 of 17 parts only.
}

TEST(SuppressOverlaps, DoesNotDependOnTheOrderOfEquals) {
  std::vector<Detection> faces{{{0, 0, 10, 10}, {}, 0.8F}, {{2, 0, 10, 10}, {}, 0.8F}};
  const auto one = suppress_overlaps(faces, 0.3F);
  std::ranges::reverse(faces);
  const auto other = suppress_overlaps(faces, 0.3F);
  ASSERT_EQ(one.size(), 1U);
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(one[0].box.x, other[0].box.x);
}

}  // namespace
}  // namespace hadir
