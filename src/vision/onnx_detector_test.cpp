#include "vision/onnx_detector.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "vision/test_assets.hpp"

namespace hadir {
namespace {

double mean_distance(const Landmarks& a, const Landmarks& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::hypot(a[i].x - b[i].x, a[i].y - b[i].y) / double(a.size());
  return sum;
}

double eye_distance(const Landmarks& points) {
  return std::hypot(points[1].x - points[0].x, points[1].y - points[0].y);
}

class DetectorTest : public testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<FaceModelFactory> factory_ = test::pack(GetParam());
  FaceModels models_ = test::models(*factory_);

  std::vector<Detection> detect(const Frame& frame, Size input, std::optional<Rect> region = {}) {
    auto faces = models_.detector->detect(frame, input, region);
    EXPECT_TRUE(faces) << faces.error().message;
    return faces ? *faces : std::vector<Detection>{};
  }
};
INSTANTIATE_TEST_SUITE_P(Packs, DetectorTest, testing::Values("default", "scrfd-w600k", "scrfd-paddlex"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// The counts of FACES.md: YuNet at 0.7, SCRFD at 0.5, input 640x640.
TEST_P(DetectorTest, FindsEveryFaceOfTheGroupPhotos) {
  const float score = std::string(GetParam()) == "default" ? 0.7F : 0.5F;
  const std::map<std::string, std::size_t> expected{{"obama_and_biden.jpg", 3}, {"two_people.jpg", 2},
                                                    {"kit_with_rose.jpg", 2},   {"obama.jpg", 1},
                                                    {"rose_leslie1.jpg", 1},    {"obama_partial_face.jpg", 1}};
  for (const auto& [name, count] : expected) {
    auto faces = detect(test::photo("faces/people/" + name), {640, 640});
    std::erase_if(faces, [&](const Detection& face) { return face.score < score; });
    EXPECT_EQ(faces.size(), count) << name;
    EXPECT_TRUE(std::ranges::is_sorted(faces, std::greater{}, &Detection::score));
  }
}

/// Landmarks against those of an independent implementation of SCRFD (lfw_reference_detections.csv).
TEST_P(DetectorTest, LandmarksAgreeWithTheReference) {
  const auto rows = test::csv_rows("faces/lfw_reference_detections.csv");
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < rows.size(); i += 60) {
    const auto& row = rows[i];
    Landmarks reference;
    for (std::size_t j = 0; j < 5; ++j) reference[j] = {std::stof(row[7 + 2 * j]), std::stof(row[8 + 2 * j])};
    const auto faces = detect(test::photo("faces/lfw/" + row[0]), {640, 640});
    double nearest = 1e9;
    for (const auto& face : faces) nearest = std::min(nearest, mean_distance(face.landmarks, reference));
    EXPECT_LT(nearest, 0.35 * eye_distance(reference)) << row[0];
    sum += nearest / eye_distance(reference);
    ++count;
  }
  // YuNet places its points a little differently from SCRFD; the same network agrees closely.
  EXPECT_LT(sum / count, std::string(GetParam()) == "default" ? 0.12 : 0.06);
}

TEST_P(DetectorTest, BoxesAndLandmarksAreInTheFramesOwnPixels) {
  const auto photo = test::photo("faces/people/obama.jpg");
  const auto alone = detect(photo, {640, 640});
  ASSERT_FALSE(alone.empty());
  const auto painted = test::set_into(photo, {2400, 1600}, 1200, 300);
  const auto moved = detect(painted->frame, {1280, 1280});
  ASSERT_FALSE(moved.empty());
  EXPECT_NEAR(moved[0].box.x, alone[0].box.x + 1200, 20);
  EXPECT_NEAR(moved[0].box.y, alone[0].box.y + 300, 20);
  EXPECT_NEAR(moved[0].landmarks[2].x, alone[0].landmarks[2].x + 1200, 10);
  EXPECT_NEAR(moved[0].landmarks[2].y, alone[0].landmarks[2].y + 300, 10);
}

TEST_P(DetectorTest, ARegionHidesTheRestAndKeepsTheCoordinates) {
  const auto photo = test::photo("faces/people/two_people.jpg");
  const auto both = detect(photo, {640, 640});
  ASSERT_EQ(both.size(), 2U);
  const auto& left = both[0].box.x < both[1].box.x ? both[0] : both[1];
  const float half = static_cast<float>(photo.width) / 2;
  const auto found = detect(photo, {640, 640}, Rect{0, 0, half, static_cast<float>(photo.height)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_GT(iou(found[0].box, left.box), 0.7F);
  EXPECT_TRUE(detect(photo, {640, 640}, Rect{5000, 5000, 100, 100}).empty());
}

TEST_P(DetectorTest, IsDeterministicAndTakesAnySize) {
  const auto photo = test::photo("faces/people/obama.jpg");
  const auto first = detect(photo, {321, 190});
  detect(photo, {640, 384});
  const auto second = detect(photo, {321, 190});
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].score, second[i].score);
  const test::PaintedFrame tiny(1, 1, 100, 128, 128);
  EXPECT_TRUE(detect(tiny.frame, {640, 384}).empty());
}

TEST_P(DetectorTest, RefusesAnEmptyFrame) {
  const auto faces = models_.detector->detect(Frame{}, {640, 384});
  ASSERT_FALSE(faces);
  EXPECT_EQ(faces.error().kind, ErrorKind::invalid_input);
  const test::PaintedFrame grey(64, 64, 128, 128, 128);
  EXPECT_FALSE(models_.detector->detect(grey.frame, {0, 0}));
}

}  // namespace
}  // namespace hadir
