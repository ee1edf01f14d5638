#include "media/scene/scene.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <format>
#include <fstream>

#include "media/file_source.hpp"
#include "media/video_writer.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

class SceneTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / std::format("hadir-scene-{}-{}", ::getpid(),
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    options_.size = {320, 180};
    options_.fps = 10;
    options_.seconds = 3;
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// A photo of one colour: what is drawn of it can be found by its chroma. In limited range BT.709 this is a strong
  /// red.
  static SceneActor actor(std::uint8_t u = 90, std::uint8_t v = 220) {
    return {"Red", plain_frame({200, 300}, 110, u, v), {50, 60, 100, 130}};
  }
  Result<SceneTruth> make(const std::string& name, const std::vector<SceneVisit>& visits,
                          const std::vector<SceneActor>& actors = {actor(), actor(200, 90)}) {
    return make_scene(folder_ / name, options_, actors, visits);
  }
  std::vector<Frame> frames(const std::string& name) const {
    std::vector<Frame> all;
    auto source = open_video((folder_ / name).string());
    EXPECT_TRUE(source) << source.error().message;
    while (true) {
      auto frame = (*source)->next({});
      EXPECT_TRUE(frame) << frame.error().message;
      if (!frame || !*frame) return all;
      all.push_back(**frame);
    }
  }
  static int red_at(const Frame& frame, Point p) {
    return frame.planes[2].data[static_cast<int>(p.y) / 2 * frame.planes[2].stride + static_cast<int>(p.x) / 2];
  }
  std::string bytes(const std::string& name) const {
    std::ifstream stream(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
  SceneOptions options_;
};

TEST_F(SceneTest, TheClipHasWhatWasAskedForAndTheFaceIsWhereTheTruthSays) {
  const auto truth = make("a.mp4", {{0, ScenePath::cross_to_right, 0.5, 2.5, 40}});
  ASSERT_TRUE(truth) << truth.error().message;
  EXPECT_EQ(truth->frames, 30);
  const auto all = frames("a.mp4");
  ASSERT_EQ(all.size(), 30U);
  EXPECT_EQ(all[0].size(), options_.size);
  const auto& boxes = truth->appearances.at(0).boxes;
  ASSERT_GT(boxes.size(), 5U);
  float before = -1;
  for (const auto& [number, box] : boxes) {
    EXPECT_GE(number, 5);
    EXPECT_LT(number, 25);
    EXPECT_GT(box.centre().x, before) << "somebody who crosses to the right never goes back";
    before = box.centre().x;
    EXPECT_NEAR(box.width, 40, 40 * options_.zoom + 0.01);
    EXPECT_NEAR(box.height / box.width, 1.3F, 0.01F);
    EXPECT_GT(red_at(all[static_cast<std::size_t>(number)], box.centre()), 190) << "frame " << number;
  }
  // Before they come and after they have left nothing of that colour is anywhere.
  for (const std::size_t number : {0U, 4U, 25U, 29U})
    for (float y = 4; y < 176; y += 8)
      for (float x = 4; x < 316; x += 8) EXPECT_LT(red_at(all[number], {x, y}), 170) << number << " " << x << " " << y;
}

TEST_F(SceneTest, SomebodyFromTheDoorComesNearerStandsAndLeaves) {
  options_.seconds = 6;
  const auto truth = make("a.mp4", {{0, ScenePath::through_door_to_left, 0, 6, 60}});
  ASSERT_TRUE(truth) << truth.error().message;
  const auto& boxes = truth->appearances.at(0).boxes;
  ASSERT_GT(boxes.size(), 20U);
  EXPECT_LT(boxes.front().box.width, 12) << "at the door they are far away";
  float nearest = 0;
  for (const auto& [number, box] : boxes) {
    EXPECT_GE(box.width, nearest * 0.95F);
    nearest = std::max(nearest, box.width);
  }
  EXPECT_GE(nearest, 60);
  EXPECT_LT(boxes.back().box.x, 60) << "they leave on the left";
}

TEST_F(SceneTest, WhoeverIsCoveredIsNotInTheTruthThen) {
  const std::vector<SceneVisit> visits{{0, ScenePath::cross_to_right, 0, 3, 30},
                                       {1, ScenePath::cross_to_left, 0, 3, 60}};
  const auto truth = make("a.mp4", visits);
  ASSERT_TRUE(truth) << truth.error().message;
  const auto alone = make("b.mp4", {visits[0]});
  ASSERT_TRUE(alone) << alone.error().message;
  const auto& with_other = truth->appearances.at(0).boxes;
  EXPECT_LT(with_other.size(), alone->appearances.at(0).boxes.size());
  EXPECT_GT(with_other.size(), 0U);
  EXPECT_GT(truth->appearances.at(1).boxes.size(), 5U) << "the nearer one is always seen";
}

TEST_F(SceneTest, TheSameSeedGivesTheSameFile) {
  const std::vector<SceneVisit> visits{{0, ScenePath::cross_to_left, 0, 3, 40}};
  ASSERT_TRUE(make("a.mp4", visits));
  ASSERT_TRUE(make("b.mp4", visits));
  EXPECT_EQ(bytes("a.mp4"), bytes("b.mp4"));
  options_.seed = 2;
  ASSERT_TRUE(make("c.mp4", visits));
  EXPECT_NE(bytes("a.mp4"), bytes("c.mp4"));
}

TEST_F(SceneTest, WhatCannotBeDrawnIsRefusedByName) {
  const auto refusal = [&](const std::vector<SceneVisit>& visits, const std::vector<SceneActor>& actors) {
    const auto made = make("a.mp4", visits, actors);
    EXPECT_FALSE(made);
    return made ? "" : made.error().message;
  };
  const SceneVisit good{0, ScenePath::cross_to_left, 0, 3, 40};
  auto late = good;
  late.to_sec = 4;
  EXPECT_NE(refusal({late}, {actor()}).find("Red"), std::string::npos);
  auto huge = good;
  huge.face_px = 100;
  EXPECT_NE(refusal({huge}, {actor()}).find("half"), std::string::npos);
  EXPECT_NE(refusal({{3, ScenePath::cross_to_left, 0, 3, 40}}, {actor()}).find("actor"), std::string::npos);
  EXPECT_NE(refusal({good}, {SceneActor{"Nobody", {}, {}}}).find("Nobody"), std::string::npos);
  options_.size = {321, 180};
  EXPECT_NE(refusal({good}, {actor()}).find("even"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "a.mp4"));
}

}  // namespace
}  // namespace hadir
