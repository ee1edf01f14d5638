#include "app/configuration/camera_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/configuration/configuration.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

class CameraFileTest : public testing::Test {
 protected:
  CameraFileTest() {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~CameraFileTest() override { fs::remove_all(root_); }
  std::vector<CameraSettings> load() const {
    auto loaded = load_configuration(root_, [](std::string_view) { return std::optional<std::string>(); });
    EXPECT_TRUE(loaded) << loaded.error().message;
    return loaded ? loaded->settings.cameras : std::vector<CameraSettings>{};
  }

  fs::path root_ = fs::path(testing::TempDir()) /
                   (std::string("camera-file-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  Settings site_;
};

TEST_F(CameraFileTest, WhatWasWrittenIsReadAtTheNextStart) {
  const Json object = {{"name", "Gate"},
                       {"rtsp_url", "rtsp://u:p@10.0.0.9/s"},
                       {"location", "North"},
                       {"enabled", false},
                       {"fps_target", 5}};
  const auto written = write_camera_file(root_, "CAM7", object, site_);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->analysis.fps_target, 5);
  const auto cameras = load();
  ASSERT_EQ(cameras.size(), 1U);
  EXPECT_EQ(cameras[0].id, "CAM7");
  EXPECT_EQ(cameras[0].name, "Gate");
  EXPECT_EQ(cameras[0].url, "rtsp://u:p@10.0.0.9/s");
  EXPECT_FALSE(cameras[0].enabled);
  EXPECT_EQ(cameras[0].analysis.fps_target, 5);
  EXPECT_EQ(*camera_file(root_, "CAM7"), object);
}

TEST_F(CameraFileTest, TheFileWithItsCredentialsIsTheOwnersAlone) {
  ASSERT_TRUE(write_camera_file(root_, "CAM1", Json{{"rtsp_url", "rtsp://u:p@h/s"}}, site_));
  EXPECT_EQ(fs::status(root_ / "camera_configs/CAM1/config.json").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CameraFileTest, RefusesByNameWithoutCredentialsAndWritesNothing) {
  const std::pair<Json, const char*> cases[] = {{Json::object(), "rtsp_url: is missing"},
                                                {{{"rtsp_url", "file:///etc/passwd"}}, "rtsp_url: "},
                                                {{{"rtsp_url", "gopher://u:hunter2@h/"}}, "rtsp_url: "},
                                                {{{"rtsp_url", "rtsp://h/s"}, {"enabled", "yes"}}, "enabled: "},
                                                {{{"rtsp_url", "rtsp://h/s"}, {"name", 4}}, "name: must be a text"},
                                                {{{"rtsp_url", "rtsp://h/s"}, {"fps_target", -1}}, "fps_target: "},
                                                {{{"rtsp_url", "rtsp://h/s"}, {"fps", 4}}, "fps: unknown key"}};
  for (const auto& [object, message] : cases) {
    const auto written = write_camera_file(root_, "CAM1", object, site_);
    ASSERT_FALSE(written) << object;
    EXPECT_EQ(written.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(written.error().message, testing::StartsWith(message));
    EXPECT_THAT(written.error().message, Not(HasSubstr("hunter2")));
  }
  EXPECT_FALSE(fs::exists(root_ / "camera_configs"));
  EXPECT_FALSE(write_camera_file(root_, "../CAM1", Json{{"rtsp_url", "rtsp://h/s"}}, site_));
}

TEST_F(CameraFileTest, ARemovedCameraIsGone) {
  ASSERT_TRUE(write_camera_file(root_, "CAM1", Json{{"rtsp_url", "rtsp://h/s"}}, site_));
  EXPECT_TRUE(remove_camera_file(root_, "CAM1"));
  EXPECT_EQ(remove_camera_file(root_, "CAM1").error().kind, ErrorKind::not_found);
  EXPECT_EQ(camera_file(root_, "CAM1").error().kind, ErrorKind::not_found);
  EXPECT_EQ(remove_camera_file(root_, "..").error().kind, ErrorKind::not_found);
  EXPECT_TRUE(load().empty());
}

}  // namespace
}  // namespace hadir
