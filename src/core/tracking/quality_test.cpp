#include "core/tracking/quality.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace hadir {
namespace {

/// A head as five points in space, turned and seen from the front, to know the truth.
Landmarks turned_head(double yaw_deg, double pitch_deg, double roll_deg) {
  const double y = yaw_deg * std::numbers::pi / 180, p = pitch_deg * std::numbers::pi / 180,
               r = roll_deg * std::numbers::pi / 180;
  // Eye distance 1, mouth 1.155 below the eyes, nose tip 0.55 in front.
  const double points[5][3] = {{-.5, 0, 0}, {.5, 0, 0}, {0, 0.494 * 1.155, 0.55}, {-.4, 1.155, 0}, {.4, 1.155, 0}};
  Landmarks result;
  for (std::size_t i = 0; i < 5; ++i) {
    const auto* q = points[i];
    const double x1 = q[0] * std::cos(y) + q[2] * std::sin(y);
    const double z1 = -q[0] * std::sin(y) + q[2] * std::cos(y);
    const double y1 = q[1] * std::cos(p) + z1 * std::sin(p);
    const double x2 = x1 * std::cos(r) - y1 * std::sin(r);
    const double y2 = x1 * std::sin(r) + y1 * std::cos(r);
    result[i] = {static_cast<float>(100 + 40 * x2), static_cast<float>(100 + 40 * y2)};
  }
  return result;
}

TEST(Pose, IsReadFromTheLandmarks) {
  for (const double roll : {-25.0, 0.0, 30.0}) {
    for (const double yaw : {-40.0, -20.0, 0.0, 15.0, 35.0}) {
      const auto pose = pose_of(turned_head(yaw, 0, roll));
      EXPECT_NEAR(pose.yaw_deg, yaw, 6) << "roll " << roll;
      EXPECT_NEAR(pose.pitch_deg, 0, 6) << "roll " << roll;
    }
    for (const double pitch : {-20.0, 20.0}) EXPECT_NEAR(pose_of(turned_head(0, pitch, roll)).pitch_deg, pitch, 6);
  }
}

TEST(Pose, OfPointsOnOneSpotIsNotFrontal) {
  EXPECT_GE(pose_of(Landmarks{}).yaw_deg, 90);
}

AlignedFace checkered(int cell, std::uint8_t dark, std::uint8_t bright) {
  AlignedFace face{112, 112, std::vector<std::uint8_t>(112 * 112 * 3)};
  for (std::size_t i = 0; i < 112 * 112; ++i) {
    const bool on = ((i % 112) / static_cast<std::size_t>(cell) + (i / 112) / static_cast<std::size_t>(cell)) % 2 == 0;
    for (std::size_t c = 0; c < 3; ++c) face.bgr[i * 3 + c] = on ? bright : dark;
  }
  return face;
}

Detection frontal(float width, float score = 0.9F) {
  Detection detection;
  detection.box = {100, 100, width, width};
  detection.landmarks = turned_head(0, 0, 0);
  detection.score = score;
  return detection;
}

TEST(Quality, MeasuresBlurBrightnessAndSize) {
  const auto sharp = measure_quality(checkered(4, 60, 190), frontal(128), {1280, 720});
  const auto flat = measure_quality(checkered(112, 100, 100), frontal(128), {1280, 720});
  EXPECT_GT(sharp.blur_variance, 1000);
  EXPECT_NEAR(flat.blur_variance, 0, 1e-6);
  EXPECT_NEAR(flat.brightness, 100 / 255.0, 0.01);
  EXPECT_NEAR(sharp.area_fraction, 128.0 * 128 / (1280 * 720), 1e-6);
  EXPECT_GT(vote_weight(sharp), vote_weight(flat));
}

TEST(Quality, EachRuleRefusesItsFault) {
  const AnalysisSettings settings;
  const Size frame{640, 360};
  const auto good = measure_quality(checkered(4, 60, 190), frontal(80), frame);
  EXPECT_EQ(fault_of(good, settings), std::nullopt);
  auto q = good;
  q.blur_variance = 10;
  EXPECT_EQ(fault_of(q, settings), QualityFault::blurred);
  q = good;
  q.brightness = 0.05;
  EXPECT_EQ(fault_of(q, settings), QualityFault::dark);
  q.brightness = 0.95;
  EXPECT_EQ(fault_of(q, settings), QualityFault::bright);
  q = good;
  q.yaw_deg = -70;
  EXPECT_EQ(fault_of(q, settings), QualityFault::pose);
  q = good;
  q.score = 0.2;
  EXPECT_EQ(fault_of(q, settings), QualityFault::score);
  EXPECT_EQ(early_fault(frontal(20), frame, settings), QualityFault::size);
  EXPECT_EQ(early_fault(frontal(80, 0.1F), frame, settings), QualityFault::score);
  EXPECT_EQ(early_fault(frontal(80), frame, settings), std::nullopt);
}

}  // namespace
}  // namespace hadir
