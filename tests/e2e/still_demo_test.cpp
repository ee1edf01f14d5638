// The demo where none of its clips can be had: cameras made from photos, through the binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.hpp"
#include "support/shared_assets.hpp"
#include "wait_for.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using namespace std::chrono_literals;

/// The shipped description without a way to the clips, in a folder of its own, so that nothing lies beside it.
fs::path description_without_clips(const TestFolder& folder) {
  std::ifstream stream(fs::path(HADIR_SOURCE_DIR) / "demo/assets.json");
  auto description = Json::parse(stream);
  for (auto& clip : description["clips"]) clip["addresses"] = Json::array();
  auto& stills = description["stills"];
  // Who never appears comes from a large package of their own; one person is enough here.
  stills["people"].erase(1);
  for (auto& camera : stills["cameras"]) camera["fps"] = 8;
  return folder.write("site/demo/assets.json", description.dump());
}

TEST(StillDemo, RecognisesTheEnrolledAndNotTheStranger) {
  const TestFolder folder;
  const char* shared = ::getenv("HADIR_SHARED");
  const fs::path photos =
      (shared != nullptr ? fs::path(shared) : fs::path(HADIR_SOURCE_DIR).parent_path() / "shared") / "faces/people";
  ::setenv("HADIR_MODEL_MIRROR", photos.c_str(), 1);  // where it is missing the package index has them, too
  const auto data = folder.path() / "data";
  const auto prepare = [&] {
    return run_hadir({"demo", "--data", data.string(), "--assets", description_without_clips(folder).string()});
  };
  const auto prepared = prepare();
  ASSERT_EQ(prepared.exit, 0) << prepared.out << prepared.err;
  EXPECT_THAT(prepared.out, HasSubstr("made from photos"));
  EXPECT_THAT(prepared.out, HasSubstr("enrolled Barack Obama"));
  const auto again = prepare();
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(again.err.find("making the clip"), std::string::npos) << "a second time changes nothing";
  ::unsetenv("HADIR_MODEL_MIRROR");

  ServedHadir hadir(data, data);
  ASSERT_TRUE(hadir.ready()) << hadir.log();
  const auto is_present = [](const Json& report) {
    const auto& rows = report.at("rows");
    return !rows.empty() && rows.at(0).at("name") == "Barack Obama" && rows.at(0).at("status") == "PRESENT";
  };
  const auto report = wait_for(hadir, "/api/report/attendance", is_present);
  EXPECT_TRUE(is_present(report)) << report.dump(1) << hadir.log();
  const auto saw_a_stranger = [](const Json& state) { return state.at("unknown").at("tracks") > 0; };
  const auto state = wait_for(hadir, "/api/tracking/state", saw_a_stranger);
  EXPECT_TRUE(saw_a_stranger(state)) << state.dump(1);
  EXPECT_EQ(state.at("people").at("total"), 1);
}

/// Nobody has to be enrolled again after a change of the pack.
TEST(ChangedPack, TemplatesAreMadeFromTheKeptPhotos) {
  const TestFolder folder;
  folder.write("before/config/parameter_config.json", R"({"model_pack": "default"})");
  folder.write("after/config/parameter_config.json", R"({"model_pack": "dlib"})");
  const auto data = folder.path() / "data";
  const auto photo = shared_asset("faces/people/obama.jpg").string();
  const auto enrolled = run_hadir(
      {"enroll", "--name", "Ana", "--config-dir", (folder.path() / "before").string(), "--data", data.string(), photo});
  ASSERT_EQ(enrolled.exit, 0) << enrolled.err;
  const std::string made = "1 templates for dlib_face_recognition_resnet_model_v1 were made from the kept photos";
  {
    ServedHadir hadir(folder.path() / "after", data);
    ASSERT_TRUE(hadir.ready()) << hadir.log();
    EXPECT_THAT(hadir.log(), HasSubstr(made));
    EXPECT_THAT(hadir.log(), HasSubstr("1 people with 1 templates"));
  }
  ServedHadir again(folder.path() / "after", data);
  ASSERT_TRUE(again.ready()) << again.log();
  const auto log = again.log();  // of both
  EXPECT_EQ(log.find(made), log.rfind(made)) << "they were there already";
}

}  // namespace
}  // namespace hadir
