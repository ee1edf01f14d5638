// Clips with known truth: what was drawn is found again, by the models that are here.
#include <gtest/gtest.h>
#include <unistd.h>

#include <format>

#include "media/file_source.hpp"
#include "server/still_scene.hpp"
#include "support/shared_assets.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

class SceneTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / std::format("hadir-scene-{}", ::getpid());
    fs::create_directories(folder_);
    auto pack = load_pack({}, ModelLocations::standard());
    ASSERT_TRUE(pack) << pack.error().message;
    auto models = (*pack)->make();
    ASSERT_TRUE(models) << models.error().message;
    models_ = std::move(*models);
  }
  void TearDown() override { fs::remove_all(folder_); }

  SceneActor actor(const std::string& photo) {
    auto made = actor_on(shared_asset("faces/people/" + photo), photo, *models_.detector);
    EXPECT_TRUE(made) << made.error().message;
    return made ? std::move(*made) : SceneActor{};
  }

  fs::path folder_;
  FaceModels models_;
};

/// Of the true faces nearly all are found, at their place; of what is found nearly all is true.
TEST_F(SceneTest, TheDetectorFindsThePeopleWhereTheTruthSays) {
  const std::vector<SceneActor> actors{actor("obama2.jpg"), actor("biden.jpg")};
  SceneOptions options;
  options.fps = 5;
  options.seconds = 12;
  const std::vector<SceneVisit> visits{{0, ScenePath::cross_to_right, 0.5, 8, 130},
                                       {1, ScenePath::through_door_to_left, 2, 12, 110}};
  const auto truth = make_scene(folder_ / "clip.mp4", options, actors, visits);
  ASSERT_TRUE(truth) << truth.error().message;

  std::vector<std::vector<Rect>> expected(static_cast<std::size_t>(truth->frames));
  for (const auto& appearance : truth->appearances) {
    EXPECT_GT(appearance.boxes.size(), 10U) << appearance.name;
    for (const auto& [frame, box] : appearance.boxes) expected[static_cast<std::size_t>(frame)].push_back(box);
  }
  auto source = open_video((folder_ / "clip.mp4").string());
  ASSERT_TRUE(source) << source.error().message;
  int due = 0, found_of_due = 0, found = 0, true_of_found = 0;
  for (std::size_t number = 0; number < expected.size(); ++number) {
    const auto frame = (*source)->next({});
    ASSERT_TRUE(frame) << frame.error().message;
    ASSERT_TRUE(*frame) << "the clip has only " << number << " frames";
    const auto faces = models_.detector->detect(**frame, {960, 544});
    ASSERT_TRUE(faces) << faces.error().message;
    const auto is_at = [](const Rect& truth_box) {
      return [&truth_box](const Detection& face) { return iou(face.box, truth_box) > 0.4F; };
    };
    for (const auto& box : expected[number])
      if (box.width >= 85) {  // the smallest that the detector of every pack promises to find
        ++due;
        found_of_due += std::ranges::any_of(*faces, is_at(box));
      }
    for (const auto& face : *faces) {
      if (face.score < 0.7F || face.box.width < 85) continue;
      ++found;
      true_of_found += std::ranges::any_of(expected[number], [&](const Rect& box) { return is_at(box)(face); });
    }
  }
  EXPECT_GT(due, 40);
  EXPECT_GE(found_of_due, due * 9 / 10) << "of " << due;
  EXPECT_GE(true_of_found, found * 8 / 10) << "of " << found;  // a face cut by the picture's edge is not in the truth
}

}  // namespace
}  // namespace hadir
