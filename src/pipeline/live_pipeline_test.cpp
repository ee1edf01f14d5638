// The scheduling of live cameras, with scripted cameras and models: what is tested is who is served, when, and how it
// ends.
#include "pipeline/live_pipeline.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace hadir {
namespace {

using namespace std::chrono_literals;

Frame grey_frame(int pts_ms) {
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(64 * 64 * 3 / 2, 120);
  Frame frame;
  frame.width = frame.height = 64;
  frame.planes = {Plane{pixels->data(), 64}, Plane{pixels->data() + 4096, 32}, Plane{pixels->data() + 5120, 32}};
  frame.pts = Millis{pts_ms};
  frame.captured_at = Instant{Millis{pts_ms}};
  frame.owner = pixels;
  return frame;
}

/// Has a new frame whenever it is asked, or never.
class ScriptedCamera final : public LiveCamera {
 public:
  explicit ScriptedCamera(bool silent) : silent_(silent) {}
  std::optional<Frame> take() override {
    if (silent_) return std::nullopt;
    return grey_frame(125 * taken_++);
  }
  CameraStatus status() const override { return {}; }

 private:
  bool silent_;
  int taken_ = 0;
};

class ScriptedDetector final : public FaceDetector {
 public:
  Result<std::vector<Detection>> detect(const Frame&, Size, std::optional<Rect>) override {
    Detection face;
    face.box = {20, 20, 24, 24};
    face.score = 0.95F;
    return std::vector{face};
  }
};

class ScriptedEmbedder final : public FaceEmbedder {
 public:
  const ModelId& model() const override { return model_; }
  std::size_t dimensions() const override { return 2; }
  const Calibration& calibration() const override { return calibration_; }
  Result<AlignedFace> align(const Frame&, const Landmarks&) const override {
    return fail(ErrorKind::invalid_input, "not scripted");
  }
  Result<std::vector<Embedding>> embed(std::span<const AlignedFace>) override { return std::vector<Embedding>{}; }

 private:
  ModelId model_;
  Calibration calibration_;
};

class NobodyEnrolled final : public Gallery {
 public:
  Status replace(std::vector<GalleryTemplate>) override { return {}; }
  Status set_person(const PersonId&, std::vector<Embedding>) override { return {}; }
  Status reject(const PersonId&, Embedding) override { return {}; }
  std::vector<PersonMatch> search(const Embedding&, std::size_t) const override { return {}; }
  std::size_t person_count() const override { return 0; }
  std::size_t template_count() const override { return 0; }
};

class NoJpeg final : public JpegEncoder {
 public:
  Result<Bytes> encode(const Frame&, const Options&) const override { return Bytes{0xFF, 0xD8}; }
};

/// A disk that is full.
class FullDisk final : public PictureStore {
 public:
  Status put(const std::string&, std::span<const std::uint8_t>) override {
    return fail(ErrorKind::unavailable, "no space left on the disk");
  }
  Result<Bytes> get(const std::string&) const override { return fail(ErrorKind::not_found, "nothing"); }
  Status remove(const std::string&) override { return {}; }
};

class CountingSink final : public SightingSink {
 public:
  void accept(SightingFact) override { ++count; }
  std::atomic<int> count{0};
};

class LivePipelineTest : public testing::Test {
 protected:
  static std::vector<FaceModels> models(int workers) {
    std::vector<FaceModels> all;
    for (int i = 0; i < workers; ++i)
      all.push_back({std::make_unique<ScriptedDetector>(), std::make_unique<ScriptedEmbedder>(), nullptr});
    return all;
  }
  static PipelineCamera camera(const std::string& id, bool silent = false) {
    CameraSettings settings;
    settings.id = id;
    settings.analysis.fps_target = 50;
    return {settings, std::make_unique<ScriptedCamera>(silent)};
  }
  std::unique_ptr<LivePipeline> start(std::vector<PipelineCamera> cameras) {
    return start(std::move(cameras), models(2));
  }
  std::unique_ptr<LivePipeline> start(std::vector<PipelineCamera> cameras, std::vector<FaceModels> workers) {
    return std::make_unique<LivePipeline>(
        LivePipeline::Dependencies{gallery_, jpeg_, disk_, sink_, [](const PersonId&) { return std::string(); }, {}},
        std::move(workers), std::move(cameras));
  }
  /// Waits until it holds, at most ten seconds.
  static bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(10ms);
    return holds();
  }
  static std::uint64_t analysed(const LivePipeline& pipeline, const std::string& id) {
    const auto live = pipeline.latest(CameraId(id));
    return live == nullptr ? 0 : live->number;
  }
  NobodyEnrolled gallery_;
  NoJpeg jpeg_;
  FullDisk disk_;
  CountingSink sink_;
};

TEST_F(LivePipelineTest, ServesAllCamerasAndASilentOneHoldsNobodyUp) {
  std::vector<PipelineCamera> cameras;
  for (const char* id : {"CAM1", "CAM2", "CAM3", "CAM4", "CAM5"}) cameras.push_back(camera(id));
  cameras.push_back(camera("CAM6", /*silent=*/true));
  const auto pipeline = start(std::move(cameras));
  for (const char* id : {"CAM1", "CAM2", "CAM3", "CAM4", "CAM5"})
    EXPECT_TRUE(eventually([&] { return analysed(*pipeline, id) >= 10; })) << id;
  // Fairly: nobody gets many times what another gets.
  std::uint64_t least = 1'000'000, most = 0;
  for (const char* id : {"CAM1", "CAM2", "CAM3", "CAM4", "CAM5"}) {
    least = std::min(least, analysed(*pipeline, id));
    most = std::max(most, analysed(*pipeline, id));
  }
  EXPECT_LE(most, 3 * least);
  EXPECT_EQ(pipeline->latest(CameraId("CAM6")), nullptr);
  EXPECT_EQ(pipeline->cameras().size(), 6U);
  EXPECT_FALSE(pipeline->status(CameraId("CAM9")));
  EXPECT_EQ(pipeline->latest(CameraId("CAM1"))->overlays.size(), 1U);
}

TEST_F(LivePipelineTest, WithoutADetectorFramesAreShownAndNobodyIsLookedFor) {
  std::vector<PipelineCamera> cameras;
  cameras.push_back(camera("CAM1"));
  std::vector<FaceModels> nothing(1);
  const auto pipeline = start(std::move(cameras), std::move(nothing));
  ASSERT_TRUE(eventually([&] { return analysed(*pipeline, "CAM1") >= 10; }));
  EXPECT_TRUE(pipeline->latest(CameraId("CAM1"))->overlays.empty());
  for (const auto& stage : pipeline->counters())
    if (stage.stage != "decode") {
      EXPECT_EQ(stage.in, 0U) << stage.stage;
    }
  EXPECT_EQ(sink_.count, 0);
}

TEST_F(LivePipelineTest, CamerasComeAndGoWhileTheOthersGoOn) {
  std::vector<PipelineCamera> cameras;
  cameras.push_back(camera("CAM1"));
  const auto pipeline = start(std::move(cameras));
  pipeline->add(camera("CAM2"));
  ASSERT_TRUE(eventually([&] { return analysed(*pipeline, "CAM2") >= 5; }));
  pipeline->remove(CameraId("CAM1"));
  EXPECT_EQ(pipeline->cameras(), std::vector{CameraId("CAM2")});
  EXPECT_FALSE(pipeline->status(CameraId("CAM1")));
  EXPECT_EQ(pipeline->latest(CameraId("CAM1")), nullptr);
  pipeline->remove(CameraId("CAM1"));  // nothing to remove
  const auto before = analysed(*pipeline, "CAM2");
  EXPECT_TRUE(eventually([&] { return analysed(*pipeline, "CAM2") >= before + 5; }));
}

TEST_F(LivePipelineTest, ACameraAddedAgainBeginsAnew) {
  const auto pipeline = start({});
  EXPECT_TRUE(pipeline->cameras().empty());
  pipeline->add(camera("CAM1"));
  ASSERT_TRUE(eventually([&] { return analysed(*pipeline, "CAM1") >= 10; }));
  pipeline->add(camera("CAM1", true));
  EXPECT_EQ(pipeline->cameras().size(), 1U);
  EXPECT_EQ(pipeline->latest(CameraId("CAM1")), nullptr) << "the one that took its place is silent";
}

TEST_F(LivePipelineTest, CamerasMayComeAndGoFromManyThreads) {
  const auto pipeline = start({});
  {
    std::vector<std::jthread> busy;
    for (int thread = 0; thread < 4; ++thread)
      busy.emplace_back([&, thread] {
        const std::string id = "CAM" + std::to_string(thread);
        for (int i = 0; i < 25; ++i) {
          pipeline->add(camera(id));
          static_cast<void>(pipeline->counters());
          static_cast<void>(pipeline->latest(CameraId(id)));
          pipeline->remove(CameraId(id));
        }
      });
  }
  EXPECT_TRUE(pipeline->cameras().empty());
}

TEST_F(LivePipelineTest, AFullDiskIsSaidAndStopsNothing) {
  const auto pipeline = [&] {
    std::vector<PipelineCamera> cameras;
    cameras.push_back(camera("CAM1"));
    return start(std::move(cameras));
  }();
  ASSERT_TRUE(eventually([&] { return !pipeline->health().empty(); }));
  EXPECT_EQ(pipeline->health().front().reason, "no space left on the disk");
  const auto before = analysed(*pipeline, "CAM1");
  EXPECT_TRUE(eventually([&] { return analysed(*pipeline, "CAM1") > before + 5; }));
}

TEST_F(LivePipelineTest, StopsWhileWorkingAndWithNothingToDo) {
  for (int round = 0; round < 20; ++round) {
    std::vector<PipelineCamera> cameras;
    if (round % 2 == 0) cameras.push_back(camera("CAM1"));
    const auto pipeline = start(std::move(cameras));
    if (round % 4 == 0) std::this_thread::sleep_for(5ms);
  }
}

}  // namespace
}  // namespace hadir
