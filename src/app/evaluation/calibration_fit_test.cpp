#include "app/evaluation/calibration_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace hadir {
namespace {

/// People as random directions, photos as those plus noise.
std::vector<LabelledEmbedding> crowd(int people, int photos, float noise) {
  std::mt19937 engine(3);
  std::normal_distribution<float> normal;
  std::vector<LabelledEmbedding> faces;
  for (int p = 0; p < people; ++p) {
    std::vector<float> centre(32);
    for (auto& x : centre) x = normal(engine);
    for (int i = 0; i < photos; ++i) {
      auto photo = centre;
      for (auto& x : photo) x += noise * normal(engine);
      faces.push_back({std::format("P{}", p), std::format("P{}/{}", p, i), *Embedding::normalised(photo)});
    }
  }
  return faces;
}

TEST(FitCalibration, MeasuresTheFmrItStates) {
  const auto faces = crowd(120, 4, 0.7F);
  const auto fit = fit_calibration(faces, {});
  ASSERT_TRUE(fit) << fit.error().message;
  EXPECT_EQ(fit->people, 120U);
  EXPECT_EQ(fit->genuine_pairs, 120U * 6);
  EXPECT_EQ(fit->impostor_pairs, 480U * 479 / 2 - 720);
  for (const auto& point : fit->calibration.impostors) {
    std::size_t above = 0;
    for (std::size_t i = 0; i < faces.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (faces[i].person != faces[j].person &&
            similarity(Metric::cosine, faces[i].embedding, faces[j].embedding) >= point.similarity)
          ++above;
    EXPECT_NEAR(double(above) / double(fit->impostor_pairs) / point.fmr, 1, 0.15) << point.fmr;
  }
}

/// Where genuine and impostor pairs are equally dense the confidence is a half, and it says how often "same" is right.
TEST(FitCalibration, ConfidenceIsAPosterior) {
  const auto faces = crowd(120, 4, 1.2F);
  const auto fit = fit_calibration(faces, {});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(confidence_of(fit->calibration, static_cast<float>(fit->eer_threshold)), 0.5, 0.12);
  double genuine = 0, impostors = 0;
  for (std::size_t i = 0; i < faces.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const float c =
          confidence_of(fit->calibration, similarity(Metric::cosine, faces[i].embedding, faces[j].embedding));
      if (c < 0.65F || c > 0.85F) continue;
      (faces[i].person == faces[j].person ? genuine : impostors) += 1;
    }
  const double genuine_share = genuine / double(fit->genuine_pairs);
  const double impostor_share = impostors / double(fit->impostor_pairs);
  EXPECT_NEAR(genuine_share / (genuine_share + impostor_share), 0.76, 0.1);
}

TEST(FitCalibration, ShowsPairsThatLookLikeAWrongLabel) {
  auto faces = crowd(60, 4, 0.5F);
  faces[0].person = "somebody else";
  const auto fit = fit_calibration(faces, {});
  ASSERT_TRUE(fit);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_TRUE(fit->closest_impostors[i].file_a == "P0/0" || fit->closest_impostors[i].file_b == "P0/0");
}

TEST(FitCalibration, NeedsPairsOfBothKinds) {
  EXPECT_FALSE(fit_calibration(crowd(1, 4, 0.5F), {}));
  EXPECT_FALSE(fit_calibration(crowd(30, 1, 0.5F), {}));
  EXPECT_FALSE(fit_calibration({}, {}));
}

}  // namespace
}  // namespace hadir
