// hadir eval through the binary, on photos of real people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"
#include "support/shared_assets.hpp"

namespace hadir {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

class EvalCommand : public testing::Test {
 protected:
  Finished verify(const std::string& pairs, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{
        "eval",     "verify",
        "--images", shared_asset("faces/lfw").string(),
        "--pairs",  folder_.write("pairs.csv", "file_a,file_b,same,fold\n" + pairs).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_hadir(arguments);
  }
  TestFolder folder_;
};

TEST_F(EvalCommand, TellsWhoIsTheSame) {
  const std::string pairs =
      "Abel_Pacheco/Abel_Pacheco_0001.jpg,Abel_Pacheco/Abel_Pacheco_0004.jpg,1,1\n"
      "Abel_Pacheco/Abel_Pacheco_0001.jpg,Ann_Veneman/Ann_Veneman_0003.jpg,0,1\n"
      "Ann_Veneman/Ann_Veneman_0003.jpg,Ann_Veneman/Ann_Veneman_0005.jpg,1,2\n"
      "Angela_Bassett/Angela_Bassett_0001.jpg,Ann_Veneman/Ann_Veneman_0005.jpg,0,2\n";
  const auto told = verify(pairs, {"--json"});
  ASSERT_EQ(told.exit, 0) << told.err;
  const Json report = Json::parse(told.out);
  EXPECT_EQ(report.at("pairs"), 4);
  EXPECT_EQ(report.at("accuracy"), 1.0);
  EXPECT_EQ(report.at("accuracy_at_threshold"), 1.0);
  EXPECT_EQ(report.at("eer"), 0.0);
  EXPECT_EQ(report.at("tar_at_fmr").at("0.001"), 1.0);
  EXPECT_THAT(report.at("failed"), IsEmpty());
  EXPECT_THAT(verify(pairs, {}).out, HasSubstr("accuracy 100.00 % with the best threshold"));
}

// dlib's HOG detector finds neither of these two; their middle shows them well enough.
TEST_F(EvalCommand, FacesThatAreMissedAreTakenFromTheMiddleOrFail) {
  const std::string pairs =
      "George_HW_Bush/George_HW_Bush_0002.jpg,George_HW_Bush/George_HW_Bush_0013.jpg,1,1\n"
      "John_Thune/John_Thune_0001.jpg,Milan_Milutinovic/Milan_Milutinovic_0001.jpg,0,1\n";
  const std::vector<std::string> missed{"George_HW_Bush/George_HW_Bush_0002.jpg", "John_Thune/John_Thune_0001.jpg"};
  const auto taken = verify(pairs, {"--pack", "dlib", "--json"});
  ASSERT_EQ(taken.exit, 0) << taken.err;
  EXPECT_EQ(Json::parse(taken.out).at("from_middle"), Json(missed));
  EXPECT_THAT(Json::parse(taken.out).at("failed"), IsEmpty());
  EXPECT_EQ(Json::parse(taken.out).at("accuracy"), 1.0);

  const auto failed = verify(pairs, {"--pack", "dlib", "--missed-faces", "fail", "--json"});
  ASSERT_EQ(failed.exit, 0) << failed.err;
  EXPECT_THAT(Json::parse(failed.out).at("from_middle"), IsEmpty());
  EXPECT_EQ(Json::parse(failed.out).at("failed"), Json(missed));
  EXPECT_EQ(Json::parse(failed.out).at("accuracy"), 0.5);
}

TEST_F(EvalCommand, WhatCannotBeReadIsOneClearError) {
  const auto missing = verify("Nobody/Nobody_0001.jpg,Abel_Pacheco/Abel_Pacheco_0004.jpg,1,1\n", {});
  EXPECT_NE(missing.exit, 0);
  EXPECT_THAT(missing.err, HasSubstr("both same and different people"));
  const auto neither = verify("Abel_Pacheco/Abel_Pacheco_0001.jpg,Abel_Pacheco/Abel_Pacheco_0004.jpg,yes,1\n", {});
  EXPECT_NE(neither.exit, 0);
  EXPECT_THAT(neither.err, HasSubstr("same must be 0 or 1, not \"yes\""));
  const auto policy = verify("", {"--missed-faces", "perhaps"});
  EXPECT_EQ(policy.exit, 2);
  EXPECT_THAT(policy.err, HasSubstr("--missed-faces: perhaps not in {middle,fail}"));
}

}  // namespace
}  // namespace hadir
