#include "vision/alignment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hadir {
namespace {

Point apply(const Affine& m, Point p) {
  return {static_cast<float>(m.a * p.x + m.b * p.y + m.c), static_cast<float>(m.d * p.x + m.e * p.y + m.f)};
}

TEST(SimilarityTransform, RecoversRotationScaleAndShift) {
  for (const double angle : {0.0, 0.4, -1.2, 3.0}) {
    const double scale = 2.5;
    const Affine known{scale * std::cos(angle), -scale * std::sin(angle), 310,
                       scale * std::sin(angle), scale * std::cos(angle),  -42};
    Landmarks face;
    for (std::size_t i = 0; i < face.size(); ++i) face[i] = apply(known, arcface_template[i]);
    const auto found = similarity_transform(face, arcface_template);
    ASSERT_TRUE(found);
    for (std::size_t i = 0; i < face.size(); ++i) {
      EXPECT_NEAR(apply(*found, face[i]).x, arcface_template[i].x, 1e-3);
      EXPECT_NEAR(apply(*found, face[i]).y, arcface_template[i].y, 1e-3);
    }
  }
}

/// The sum of squares can't be made smaller by any small change of the four parameters.
TEST(SimilarityTransform, IsTheLeastSquaresOne) {
  const Landmarks face{Point{100, 120}, {161, 117}, {133, 158}, {108, 190}, {150, 188}};
  const auto best = similarity_transform(face, arcface_template);
  ASSERT_TRUE(best);
  const auto error_of = [&](const Affine& m) {
    double sum = 0;
    for (std::size_t i = 0; i < face.size(); ++i) {
      const double x = m.a * face[i].x + m.b * face[i].y + m.c - arcface_template[i].x;
      const double y = m.d * face[i].x + m.e * face[i].y + m.f - arcface_template[i].y;
      sum += x * x + y * y;
    }
    return sum;
  };
  const double least = error_of(*best);
  for (const double step : {1e-4, -1e-4}) {
    Affine scaled = *best, turned = *best, right = *best, down = *best;
    scaled.a += step, scaled.e += step;
    turned.b -= step, turned.d += step;
    right.c += step;
    down.f += step;
    for (const auto& changed : {scaled, turned, right, down}) EXPECT_GT(error_of(changed), least);
  }
  EXPECT_DOUBLE_EQ(best->a, best->e);
  EXPECT_DOUBLE_EQ(best->b, -best->d);
}

/// A mirrored face must be turned or shrunk, never reflected: the determinant stays positive.
TEST(SimilarityTransform, NeverReflects) {
  Landmarks mirrored = arcface_template;
  for (auto& point : mirrored) point.x = 112 - point.x;
  const auto found = similarity_transform(mirrored, arcface_template);
  ASSERT_TRUE(found);
  EXPECT_GT(found->a * found->e - found->b * found->d, 0);
}

TEST(SimilarityTransform, RefusesLandmarksWithoutExtent) {
  Landmarks one_spot;
  one_spot.fill({50, 60});
  const auto found = similarity_transform(one_spot, arcface_template);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::invalid_input);
  one_spot[0].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(similarity_transform(one_spot, arcface_template));
}

}  // namespace
}  // namespace hadir
