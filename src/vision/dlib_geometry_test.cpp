#include "vision/dlib_geometry.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/tracking/quality.hpp"

namespace hadir {
namespace {

/// dlib's mean face (the points of get_face_chip_details), 100 pixels wide, at (200, 100).
constexpr DlibPoints mean_face{
    Point{285.96F, 121.35F}, {264.61F, 122.90F}, {212.06F, 121.37F}, {233.41F, 122.91F}, {249.01F, 162.78F}};

Point turned(const Point& p, double angle, float scale, Point by) {
  const auto c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
  return {scale * (c * p.x - s * p.y) + by.x, scale * (s * p.x + c * p.y) + by.y};
}

TEST(DlibGeometry, TheMeanFaceLooksStraightAhead) {
  const auto points = landmarks_of(mean_face);
  EXPECT_NEAR(points[0].x, 222.74F, 0.1F);  // the eye on the left of the picture comes first
  EXPECT_NEAR(points[1].x, 275.29F, 0.1F);
  EXPECT_GT(points[3].y, points[2].y);
  EXPECT_LT(points[3].x, points[4].x);
  const auto pose = pose_of(points);
  EXPECT_NEAR(pose.yaw_deg, 0, 3);
  EXPECT_NEAR(pose.pitch_deg, 0, 8);
}

TEST(DlibGeometry, ANoseToTheSideIsATurnedHead) {
  auto face = mean_face;
  face[4].x += 10;
  EXPECT_GT(pose_of(landmarks_of(face)).yaw_deg, 15);
  face[4].x -= 20;
  EXPECT_LT(pose_of(landmarks_of(face)).yaw_deg, -15);
}

TEST(DlibGeometry, LandmarksAndBoxGoWithTheFace) {
  const auto still = landmarks_of(mean_face);
  const auto box = box_implied_by(still);
  ASSERT_TRUE(box);
  for (const double angle : {-0.5, 0.3, 1.2}) {
    DlibPoints moved;
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = turned(mean_face[i], angle, 2, {30, -40});
    const auto points = landmarks_of(moved);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point expected = turned(still[i], angle, 2, {30, -40});
      EXPECT_NEAR(points[i].x, expected.x, 0.01F);
      EXPECT_NEAR(points[i].y, expected.y, 0.01F);
    }
    const auto there = box_implied_by(points);
    ASSERT_TRUE(there);
    EXPECT_NEAR(there->width, 2 * box->width, 0.01F);
    EXPECT_NEAR(there->centre().x, turned(box->centre(), angle, 2, {30, -40}).x, 0.01F);
  }
  // dlib's boxes hold the face from the brows to the chin.
  EXPECT_NEAR(box->width, 137, 8);
  EXPECT_NEAR(box->centre().x, 249, 3);
}

TEST(DlibGeometry, WhatIsNoFaceIsRefusedOrEmpty) {
  Landmarks spot;
  spot.fill({20, 20});
  EXPECT_EQ(box_implied_by(spot).error().kind, ErrorKind::invalid_input);
  Landmarks broken = landmarks_of(mean_face);
  broken[2].y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(box_implied_by(broken));
  DlibPoints same;
  same.fill({5, 6});
  for (const auto& point : landmarks_of(same)) EXPECT_EQ(point.x, 5);
}

TEST(DlibGeometry, DlibsOwnThresholdIsTheUsualOne) {
  EXPECT_NEAR(score_from_dlib(0), 0.7F, 1e-6F);
  EXPECT_GT(score_from_dlib(1), 0.9F);
  EXPECT_LT(score_from_dlib(-0.5), 0.5F);
  EXPECT_LT(score_from_dlib(50), 1.0001F);
  for (const float score : {0.1F, 0.6F, 0.95F}) EXPECT_NEAR(score_from_dlib(dlib_from_score(score)), score, 1e-5F);
}

TEST(DlibGeometry, PicturesAreEnlargedAsFarAsItHelpsAndCanBePaid) {
  const double budget = 1280.0 * 720;
  EXPECT_NEAR(dlib_scale({1280, 720}, {640, 384}, budget), 1, 1e-9);  // within the budget: every pixel
  EXPECT_NEAR(dlib_scale({1920, 1080}, {640, 384}, budget), 2 / 3.0, 1e-9);
  EXPECT_NEAR(dlib_scale({250, 250}, {640, 640}, budget), 2, 1e-9);        // small photos twice
  EXPECT_NEAR(dlib_scale({400, 400}, {64, 64}, budget), 0.64, 1e-9);       // four times a small input
  EXPECT_NEAR(dlib_scale({4000, 3000}, {2000, 1500}, budget), 0.5, 1e-9);  // never less than asked for
}

}  // namespace
}  // namespace hadir
