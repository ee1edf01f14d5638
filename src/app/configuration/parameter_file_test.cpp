#include "app/configuration/parameter_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/configuration/configuration.hpp"
#include "app/configuration/json_file.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;

class ParameterFileTest : public testing::Test {
 protected:
  ParameterFileTest() {
    fs::remove_all(root_);
    fs::create_directories(root_ / "config");
  }
  ~ParameterFileTest() override { fs::remove_all(root_); }
  void have(const std::string& text) { std::ofstream(file_) << text; }
  Json written() const { return read_json_object(file_).value().value; }

  fs::path root_ = fs::path(testing::TempDir()) /
                   (std::string("parameter-file-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::path file_ = root_ / "config" / "parameter_config.json";
};

TEST_F(ParameterFileTest, ChangesWhatWasAskedForAndKeepsTheRest) {
  have(R"({"_note": "ours", "fps_target": 8, "jpeg_quality": 70})");
  const auto change = change_parameters(root_, Json{{"fps_target", 5}, {"jpeg_quality", 70}});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(change->changed, ElementsAre("fps_target"));
  EXPECT_EQ(written(), Json({{"_note", "ours"}, {"fps_target", 5}, {"jpeg_quality", 70}}));
  EXPECT_EQ(load_parameters(file_)->settings.analysis.fps_target, 5);
}

TEST_F(ParameterFileTest, MakesTheFileWhenThereIsNone) {
  ASSERT_TRUE(change_parameters(root_, Json{{"present_timeout_sec", 120}}));
  EXPECT_EQ(written(), Json({{"present_timeout_sec", 120}}));
}

TEST_F(ParameterFileTest, NullPutsTheDefaultBack) {
  have(R"({"fps_target": 5})");
  const auto change = change_parameters(root_, Json{{"fps_target", nullptr}});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(change->changed, ElementsAre("fps_target"));
  EXPECT_EQ(written(), Json::object());
}

TEST_F(ParameterFileTest, RefusesByNameAndChangesNothing) {
  have(R"({"fps_target": 8})");
  const std::pair<Json, const char*> cases[] = {
      {{{"fps_target", 900}}, "fps_target: "},
      {{{"fps_target", "fast"}}, "fps_target: "},
      {{{"fps_tarqet", 5}}, "did you mean fps_target?"},
      {{{"rtsp_url", "rtsp://a"}}, "rtsp_url: belongs into a camera's own config.json"},
      {{{"smoothing_window", 2}, {"smoothing_min_votes", 5}}, "smoothing_min_votes"},
      {{{"fps_target", 5}, {"jpeg_quality", 101}}, "jpeg_quality: "}};
  for (const auto& [changes, message] : cases) {
    const auto change = change_parameters(root_, changes);
    ASSERT_FALSE(change) << changes;
    EXPECT_EQ(change.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(change.error().message, HasSubstr(message));
    EXPECT_EQ(written(), Json({{"fps_target", 8}}));
  }
}

TEST_F(ParameterFileTest, AnUnknownKeyOfTheFileIsNotTheCallersMatter) {
  have(R"({"fps_tarqet": 8})");
  EXPECT_TRUE(change_parameters(root_, Json{{"fps_target", 5}}));
}

TEST_F(ParameterFileTest, ABrokenFileIsSaidAndLeftAlone) {
  have("{ broken");
  const auto change = change_parameters(root_, Json{{"fps_target", 5}});
  ASSERT_FALSE(change);
  EXPECT_THAT(change.error().message, HasSubstr("parameter_config.json:1:"));
}

}  // namespace
}  // namespace hadir
