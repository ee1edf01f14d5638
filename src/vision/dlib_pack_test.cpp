// Both dlib packs with the real files.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <thread>

#include "core/recognition/outliers.hpp"
#include "core/recognition/track_identity.hpp"
#include "core/tracking/quality.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/test_assets.hpp"

namespace hadir {
namespace {

constexpr float tolerance = 0.4F;  // distance 0.6

Embedding embedded(FaceModels& models, const Frame& frame, const Landmarks& landmarks) {
  const auto aligned = models.embedder->align(frame, landmarks);
  if (!aligned) throw std::runtime_error(aligned.error().message);
  return models.embedder->embed(std::span(&*aligned, 1)).value().front();
}

Detection largest(FaceModels& models, const Frame& frame) {
  const auto faces = models.detector->detect(frame, {640, 640}).value();
  if (faces.empty()) throw std::runtime_error("no face found");
  return *std::ranges::max_element(faces, {}, [](const Detection& f) { return f.box.area(); });
}

Embedding person(FaceModels& models, const std::string& name) {
  const auto photo = test::photo("faces/people/" + name);
  return embedded(models, photo, largest(models, photo).landmarks);
}

class DlibPackTest : public testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<FaceModelFactory> factory_ = test::pack(GetParam());
  FaceModels models_ = test::models(*factory_);
};
INSTANTIATE_TEST_SUITE_P(Packs, DlibPackTest, testing::Values("dlib", "dlib-cnn"),
                         [](const auto& tested) { return std::string(tested.param) == "dlib" ? "hog" : "cnn"; });

TEST_P(DlibPackTest, SaysWhatItIs) {
  EXPECT_EQ(factory_->model().name, "dlib_face_recognition_resnet_model_v1");
  EXPECT_EQ(factory_->dimensions(), 128U);
  EXPECT_EQ(factory_->calibration().metric, Metric::euclidean);
  EXPECT_NE(factory_->describe().find("dlib 19"), std::string::npos) << factory_->describe();
  EXPECT_FALSE(models_.liveness);
}

TEST_P(DlibPackTest, FindsThePeopleAndNobodyElse) {
  const std::map<std::string, std::size_t> expected{
      {"two_people.jpg", 2}, {"obama.jpg", 1}, {"rose_leslie1.jpg", 1}, {"biden.jpg", 1}, {"kit_with_rose.jpg", 2}};
  for (const auto& [name, count] : expected) {
    const auto photo = test::photo("faces/people/" + name);
    auto faces = models_.detector->detect(photo, {640, 640});
    ASSERT_TRUE(faces) << faces.error().message;
    std::erase_if(*faces, [](const Detection& face) { return face.score < AnalysisSettings{}.detection_score; });
    EXPECT_EQ(faces->size(), count) << name;
    EXPECT_TRUE(std::ranges::is_sorted(*faces, std::greater{}, &Detection::score));
    for (const auto& face : *faces) {
      EXPECT_LT(face.score, 1.F);
      EXPECT_FALSE(early_fault(face, photo.size(), {})) << name;
      const auto quality = measure_quality(*models_.embedder->align(photo, face.landmarks), face, photo.size());
      EXPECT_FALSE(fault_of(quality, {})) << name << ": " << to_text(*fault_of(quality, {}));
    }
  }
}

/// The tolerance this pack is known by tells these photos apart.
TEST_P(DlibPackTest, TheDocumentedToleranceHoldsOnKnownPeople) {
  const auto obama = person(models_, "obama.jpg");
  const auto biden = person(models_, "biden.jpg");
  const auto alex = person(models_, "alex-lacamoire1.jpg");
  const auto rose = person(models_, "rose_leslie1.jpg");
  const auto& calibration = factory_->calibration();
  const auto alike = [](const Embedding& a, const Embedding& b) { return similarity(Metric::euclidean, a, b); };
  EXPECT_GT(alike(obama, person(models_, "obama2.jpg")), tolerance);
  EXPECT_GT(alike(obama, person(models_, "obama3.jpg")), tolerance);
  EXPECT_GT(alike(alex, person(models_, "alex-lacamoire2.jpg")), tolerance);
  EXPECT_GT(alike(rose, person(models_, "rose_leslie2.jpg")), tolerance);
  for (const auto* other : {&biden, &alex, &rose}) EXPECT_LT(alike(obama, *other), tolerance);
  // Confidence is what the documents say: 1 - distance, never below 0.
  EXPECT_FLOAT_EQ(confidence_of(calibration, 0.55F), 0.55F);
  EXPECT_EQ(confidence_of(calibration, -0.2F), 0.F);
  EXPECT_GE(calibration.minimum_threshold, tolerance);
  EXPECT_GE(threshold_for(calibration, 1, 0.5), tolerance);
}

TEST_P(DlibPackTest, APartOfAFrameAndALargerFrameGiveTheSameFace) {
  const auto photo = test::photo("faces/people/obama.jpg");
  const auto whole = largest(models_, photo);
  const auto& box = whole.box;
  const Rect around{box.x - box.width / 2, box.y - box.height / 2, 2 * box.width, 2 * box.height};
  const auto part = models_.detector->detect(photo, {160, 160}, around);
  ASSERT_TRUE(part && !part->empty());
  EXPECT_GT(iou(part->front().box, box), 0.7F);
  const auto large = test::set_into(photo, {(photo.width + 601) / 2 * 2, (photo.height + 401) / 2 * 2}, 300, 200);
  const auto moved = largest(models_, large->frame);
  EXPECT_NEAR(moved.box.centre().x, box.centre().x + 300, 0.12F * box.width);  // boxes lie on a grid
  EXPECT_NEAR(moved.box.centre().y, box.centre().y + 200, 0.12F * box.width);  // boxes lie on a grid
  EXPECT_GT(similarity(Metric::euclidean, embedded(models_, photo, whole.landmarks),
                       embedded(models_, large->frame, moved.landmarks)),
            0.8F);
}

TEST_P(DlibPackTest, RefusesWhatItCannotLookAtAlignOrEmbed) {
  EXPECT_EQ(models_.detector->detect({}, {640, 640}).error().kind, ErrorKind::invalid_input);
  const test::PaintedFrame grey(64, 64, 128, 128, 128);
  EXPECT_EQ(models_.detector->detect(grey.frame, {0, 1}).error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(models_.detector->detect(grey.frame, {640, 640}).value().empty());
  EXPECT_TRUE(models_.detector->detect(grey.frame, {640, 640}, Rect{100, 100, 5, 5}).value().empty());
  Landmarks one_spot;
  one_spot.fill({20, 20});
  EXPECT_EQ(models_.embedder->align(grey.frame, one_spot).error().kind, ErrorKind::invalid_input);
  const AlignedFace small{56, 56, std::vector<std::uint8_t>(56UL * 56 * 3)};
  EXPECT_EQ(models_.embedder->embed(std::span(&small, 1)).error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(models_.embedder->embed({})->empty());
  // A face that has left the picture is black, not a crash.
  const Landmarks outside{Point{500, 500}, {540, 500}, {520, 525}, {505, 540}, {535, 540}};
  EXPECT_TRUE(models_.embedder->align(grey.frame, outside));
}

TEST(DlibPacks, HogAndCnnShareTheirTemplates) {
  const auto hog = test::pack("dlib"), cnn = test::pack("dlib-cnn");
  EXPECT_EQ(hog->model(), cnn->model());
  EXPECT_NE(hog->model(), test::pack("default")->model());
  auto by_hog = test::models(*hog), by_cnn = test::models(*cnn);
  for (const char* name : {"obama.jpg", "biden.jpg", "alex-lacamoire1.jpg"})
    EXPECT_GT(similarity(Metric::euclidean, person(by_hog, name), person(by_cnn, name)), 0.75F) << name;
}

/// Landmarks of another detector: the chip is dlib's own all the same.
TEST(DlibPacks, AlignsFromForeignLandmarks) {
  const auto factory = test::pack("dlib");
  auto models = test::models(*factory);
  double sum = 0;
  int count = 0;
  const auto rows = test::csv_rows("faces/lfw_reference_detections.csv");
  for (std::size_t i = 0; i < rows.size(); i += 100) {
    Landmarks points;
    for (std::size_t j = 0; j < 5; ++j) points[j] = {std::stof(rows[i][7 + 2 * j]), std::stof(rows[i][8 + 2 * j])};
    const auto photo = test::photo("faces/lfw/" + rows[i][0]);
    const auto faces = models.detector->detect(photo, {640, 640}).value();
    const auto nearest = std::ranges::min_element(faces, {}, [&](const Detection& face) {
      return std::hypot(face.landmarks[0].x - points[0].x, face.landmarks[0].y - points[0].y);
    });
    if (nearest == faces.end()) continue;
    sum += similarity(Metric::euclidean, embedded(models, photo, points), embedded(models, photo, nearest->landmarks));
    ++count;
  }
  EXPECT_GE(count, 20);
  EXPECT_GT(sum / count, 0.8);
}

TEST(DlibPacks, LandmarksAreNearThoseOfAnotherDetector) {
  const auto factory = test::pack("dlib");
  auto models = test::models(*factory);
  const auto rows = test::csv_rows("faces/lfw_reference_detections.csv");
  double sum = 0;
  int count = 0, missed = 0;
  for (std::size_t i = 0; i < rows.size(); i += 60) {
    Landmarks reference;
    for (std::size_t j = 0; j < 5; ++j) reference[j] = {std::stof(rows[i][7 + 2 * j]), std::stof(rows[i][8 + 2 * j])};
    const double eyes = std::hypot(reference[1].x - reference[0].x, reference[1].y - reference[0].y);
    double nearest = 1e9;
    const auto faces = models.detector->detect(test::photo("faces/lfw/" + rows[i][0]), {640, 640}).value();
    for (const auto& face : faces) {
      double distance = 0;
      for (std::size_t j = 0; j < 5; ++j)
        distance += std::hypot(face.landmarks[j].x - reference[j].x, face.landmarks[j].y - reference[j].y) / 5;
      nearest = std::min(nearest, distance / eyes);
    }
    if (nearest > 0.5) {
      ++missed;
      continue;
    }
    sum += nearest;
    ++count;
  }
  EXPECT_LE(missed, 2);
  EXPECT_LT(sum / count, 0.12);
}

/// Gallery, rejection, fusing, voting and outliers on real embeddings with distances for similarities.
TEST(DlibPacks, RecogniseATrackAndRememberARejection) {
  const auto factory = test::pack("dlib");
  auto models = test::models(*factory);
  const auto& calibration = factory->calibration();
  FaissGallery gallery(calibration.metric, factory->dimensions(), calibration.minimum_threshold);
  const auto obama = person(models, "obama.jpg");
  const auto biden = person(models, "biden.jpg");
  ASSERT_TRUE(gallery.replace({{PersonId("obama"), obama}, {PersonId("biden"), biden}}));

  const std::array looks{person(models, "obama2.jpg"), person(models, "obama3.jpg"), obama};
  TrackIdentity known, stranger;
  TrackDecision decision, unknown;
  for (const auto& look : looks) decision = known.add(look, 1, gallery, calibration, {});
  EXPECT_EQ(decision.verdict, Verdict::known);
  EXPECT_EQ(decision.person, PersonId("obama"));
  EXPECT_NEAR(decision.confidence, std::max(0.F, decision.similarity), 1e-6F);
  const auto alex = person(models, "alex-lacamoire1.jpg");
  for (int i = 0; i < 3; ++i) unknown = stranger.add(alex, 1, gallery, calibration, {});
  EXPECT_EQ(unknown.verdict, Verdict::unknown);
  // The tracker slid from one onto the other.
  EXPECT_FALSE(known.jumped());
  known.add(alex, 1, gallery, calibration, {});
  EXPECT_TRUE(known.jumped());

  const std::array people{obama, looks[0], alex, looks[1]};
  EXPECT_EQ(outliers(calibration.metric, people, tolerance), std::vector<std::size_t>{2});
  ASSERT_TRUE(gallery.reject(PersonId("obama"), looks[0]));
  EXPECT_EQ(gallery.search(looks[0], 1).front().person, PersonId("biden"));
  EXPECT_EQ(gallery.search(obama, 1).front().person, PersonId("obama"));
}

TEST(DlibPacks, SetsOfModelsWorkSideBySideAndOutliveThePack) {
  std::vector<FaceModels> sets;
  {
    const auto factory = test::pack("dlib");
    for (int i = 0; i < 2; ++i) sets.push_back(test::models(*factory));
  }
  shared_asset("faces/people/obama.jpg");  // asked for here: a thread cannot end the test as not run
  std::vector<std::vector<float>> results(sets.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < sets.size(); ++i)
      threads.emplace_back([&, i] {
        const auto embedding = person(sets[i], "obama.jpg");
        results[i].assign(embedding.values().begin(), embedding.values().end());
      });
  }
  EXPECT_EQ(results[0], results[1]);
}

/// BLAS brings no threads of its own.
TEST(DlibPacks, TheEncoderRunsOnOneThread) {
  auto models = test::models(*test::pack("dlib"));
  const AlignedFace grey{150, 150, std::vector<std::uint8_t>(150UL * 150 * 3, 128)};
  timespec before{}, after{}, process_before{}, process_after{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &process_before);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(models.embedder->embed(std::span(&grey, 1)));
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &process_after);
  const auto seconds = [](const timespec& a, const timespec& b) {
    return double(b.tv_sec - a.tv_sec) + double(b.tv_nsec - a.tv_nsec) * 1e-9;
  };
  // All of the process's work was this thread's own, whatever threads exist.
  EXPECT_LT(seconds(process_before, process_after), 1.2 * seconds(before, after) + 0.01);
}

TEST(DlibPacks, AFileThatIsAnotherModelIsRefusedByName) {
  const auto folder = std::filesystem::temp_directory_path() / std::format("hadir-dlib-{}", getpid());
  std::filesystem::create_directories(folder);
  const auto models = std::filesystem::path(HADIR_SOURCE_DIR) / "models";
  // A manifest whose encoder is the landmark file, digest and all.
  std::ifstream source(models / "dlib.json");
  std::string text(std::istreambuf_iterator<char>(source), {});
  const auto put = [&](std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
  };
  put("\"name\": \"dlib\"", "\"name\": \"wrong\"");
  put("dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat");
  put("22466066", "9150489");
  put("55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
      "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888");
  std::ofstream(folder / "wrong.json") << text;
  ModelSettings settings;
  settings.pack = "wrong";
  auto where = test::shared_models();
  where.mirrors.push_back(models);
  where.models = folder;
  const auto refused = load_pack(settings, where);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::corrupted);
  EXPECT_NE(refused.error().message.find("shape_predictor_5_face_landmarks.dat"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace hadir
