#include "vision/prelu_rewrite.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "vision/onnx_runtime.hpp"
#include "vision/test_assets.hpp"

namespace hadir {
namespace {

std::vector<std::vector<float>> outputs_of(const ModelBytes& model, bool rewrite, const std::vector<float>& input,
                                           const std::array<std::int64_t, 4>& shape) {
  const auto runtime = OnnxRuntime::load();
  EXPECT_TRUE(runtime);
  OnnxOptions options;
  options.rewrite_for_cpu = rewrite;
  const auto session = (*runtime)->open(model, options);
  EXPECT_TRUE(session) << session.error().message;
  const auto values = (*session)->run(input, shape);
  EXPECT_TRUE(values) << values.error().message;
  std::vector<std::vector<float>> outputs;
  for (const auto& value : *values) {
    const float* data = value.GetTensorData<float>();
    outputs.emplace_back(data, data + value.GetTensorTypeAndShapeInfo().GetElementCount());
  }
  return outputs;
}

struct Network {
  const char* pack;
  const char* role;
  int side;
};
class PreluRewriteTest : public testing::TestWithParam<Network> {};
INSTANTIATE_TEST_SUITE_P(Networks, PreluRewriteTest,
                         testing::Values(Network{"default", "embedder", 112}, Network{"w600k", "embedder", 112},
                                         Network{"default", "liveness_v2", 80},
                                         Network{"default", "liveness_v1se", 80}),
                         [](const auto& tested) { return std::string(tested.param.pack) + "_" + tested.param.role; });

/// Slopes of these networks lie between -25 and 21.
TEST_P(PreluRewriteTest, GivesTheSameOutputs) {
  const auto model = test::model_bytes(GetParam().pack, GetParam().role);
  ASSERT_FALSE(with_blocked_prelu(model).empty());
  const std::array<std::int64_t, 4> shape{1, 3, GetParam().side, GetParam().side};
  std::mt19937 engine(5);
  const bool embedder = std::string(GetParam().role) == "embedder";
  std::uniform_real_distribution<float> uniform(embedder ? -1.F : 0.F, embedder ? 1.F : 255.F);
  std::vector<float> input(3UL * GetParam().side * GetParam().side);
  for (float& value : input) value = uniform(engine);
  const auto plain = outputs_of(model, false, input, shape);
  const auto rewritten = outputs_of(model, true, input, shape);
  ASSERT_EQ(plain.size(), rewritten.size());
  for (std::size_t o = 0; o < plain.size(); ++o) {
    ASSERT_EQ(plain[o].size(), rewritten[o].size());
    double product = 0, first = 0, second = 0;
    for (std::size_t i = 0; i < plain[o].size(); ++i) {
      product += double(plain[o][i]) * rewritten[o][i];
      first += double(plain[o][i]) * plain[o][i];
      second += double(rewritten[o][i]) * rewritten[o][i];
    }
    EXPECT_GT(product / std::sqrt(first * second), 0.999999);
    EXPECT_NEAR(first / second, 1, 1e-3);
  }
}

TEST(PreluRewrite, LeavesOtherModelsAndOtherBytesAlone) {
  EXPECT_TRUE(with_blocked_prelu(test::model_bytes("default", "detector")).empty());
  EXPECT_TRUE(with_blocked_prelu(ModelBytes(1000, std::byte{0x5A})).empty());
  EXPECT_TRUE(with_blocked_prelu({}).empty());
}

}  // namespace
}  // namespace hadir
