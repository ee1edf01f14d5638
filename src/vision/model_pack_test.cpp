#include "vision/model_pack.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "vision/test_assets.hpp"

namespace hadir {
namespace {

TEST(ModelPack, DescribesWhatReallyRuns) {
  const auto factory = test::pack("default");
  EXPECT_EQ(factory->model().name, "mobilefacenet_paddlex_128d");
  EXPECT_EQ(factory->model().sha256.size(), 64U);
  EXPECT_EQ(factory->dimensions(), 128U);
  EXPECT_NE(factory->describe().find("pack default"), std::string::npos);
  EXPECT_NE(factory->describe().find("ExecutionProvider"), std::string::npos);
  EXPECT_GE(factory->calibration().impostors.size(), 2U);
}

/// Packs that share an embedder share its templates; the detector doesn't matter to what an embedding means.
TEST(ModelPack, TheModelIsTheEmbeddersNotThePacks) {
  EXPECT_EQ(test::pack("default")->model(), test::pack("scrfd-paddlex")->model());
  EXPECT_NE(test::pack("default")->model(), test::pack("foamliu")->model());
}

TEST(ModelPack, SetsOfModelsWorkSideBySideAndOutliveThePack) {
  std::vector<FaceModels> sets;
  {
    const auto factory = test::pack("default");
    for (int i = 0; i < 3; ++i) sets.push_back(test::models(*factory));
  }
  const auto photo = test::photo("faces/people/obama.jpg");
  std::vector<std::vector<float>> results(sets.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < sets.size(); ++i)
      threads.emplace_back([&, i] {
        for (int turn = 0; turn < 3; ++turn) {
          const auto faces = sets[i].detector->detect(photo, {320, 320});
          const auto aligned = sets[i].embedder->align(photo, faces->front().landmarks);
          const auto embedding = sets[i].embedder->embed(std::span(&*aligned, 1));
          results[i].assign(embedding->front().values().begin(), embedding->front().values().end());
        }
        EXPECT_TRUE(sets[i].liveness->live_probability(photo, {300, 80, 250, 300}));
      });
  }
  EXPECT_EQ(results[0], results[1]);
  EXPECT_EQ(results[0], results[2]);
}

TEST(ModelPack, AMissingPackOrWrongProviderIsOneClearError) {
  test::model_bytes("default", "detector");  // the provider is looked at when the files are there
  ModelSettings settings;
  settings.pack = "nothing";
  const auto missing = load_pack(settings, test::shared_models());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  settings.pack = "default";
  settings.providers = "GpuExecutionProvider";
  const auto unknown = load_pack(settings, test::shared_models());
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("GpuExecutionProvider"), std::string::npos) << unknown.error().message;
  settings.providers = "";
  const auto without_mirror = load_pack(settings, {std::filesystem::path(HADIR_SOURCE_DIR) / "models", {}});
  if (!without_mirror) {  // Unless somebody has fetched the files.
    EXPECT_NE(without_mirror.error().message.find("hadir models fetch --pack default"), std::string::npos);
  }
}

}  // namespace
}  // namespace hadir
