#include "app/cameras/camera_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cameras/noted_control_test.hpp"
#include "app/configuration/configuration.hpp"
#include "app/configuration/parameter_file.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CameraDeskTest : public testing::Test {
 protected:
  CameraDeskTest() {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~CameraDeskTest() override { fs::remove_all(root_); }

  Result<Settings> load() const {
    auto loaded = load_configuration(root_, [](std::string_view) { return std::optional<std::string>(); });
    if (!loaded) return std::unexpected(loaded.error());
    return std::move(loaded->settings);
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> found;
    for (const CameraSettings& camera : desk_.cameras()) found.push_back(camera.id);
    return found;
  }
  std::vector<std::string> stored() {
    std::vector<std::string> found;
    const auto listed = database_->cameras().list().value();
    for (const CameraRecord& camera : listed) found.push_back(camera.id.str());
    return found;
  }

  static inline const CameraDesk::Also nothing_else = [](const CameraSettings&) { return Status{}; };
  fs::path root_ = fs::path(testing::TempDir()) /
                   (std::string("camera-desk-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  std::unique_ptr<Database> database_ = open_sqlite(":memory:", SecretKey::random()).value();
  NotedControl control_;
  CameraDesk desk_{root_, Settings{}, [this] { return load(); }, *database_, control_};
};

TEST_F(CameraDeskTest, ANewCameraIsWrittenStoredAndRuns) {
  const auto added = desk_.add(Json{{"name", "Gate"}, {"rtsp_url", "rtsp://h/1"}}, nothing_else);
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->id, "CAM1");
  EXPECT_THAT(control_.asked, ElementsAre("run CAM1 rtsp://h/1"));
  EXPECT_THAT(stored(), ElementsAre("CAM1"));
  ASSERT_TRUE(load());
  EXPECT_EQ(load()->cameras.at(0).name, "Gate") << "the next start finds it";
  EXPECT_EQ(desk_.add(Json{{"id", "CAM1"}, {"rtsp_url", "rtsp://h/2"}}, nothing_else).error().kind,
            ErrorKind::conflict);
}

TEST_F(CameraDeskTest, ListsInNaturalOrder) {
  for (const char* id : {"CAM10", "CAM2", "CAM1"})
    ASSERT_TRUE(desk_.add(Json{{"id", id}, {"rtsp_url", "rtsp://h/s"}}, nothing_else));
  EXPECT_THAT(ids(), ElementsAre("CAM1", "CAM2", "CAM10"));
}

TEST_F(CameraDeskTest, AChangeKeepsWhatItDoesNotName) {
  ASSERT_TRUE(desk_.add(Json{{"name", "Gate"}, {"rtsp_url", "rtsp://u:p@h/1"}, {"fps_target", 4}}, nothing_else));
  ASSERT_TRUE(desk_.change(CameraId("CAM1"), Json{{"location", "North"}, {"fps_target", nullptr}}, nothing_else));
  const auto camera = desk_.camera(CameraId("CAM1"));
  ASSERT_TRUE(camera);
  EXPECT_EQ(camera->name, "Gate");
  EXPECT_EQ(camera->url, "rtsp://u:p@h/1");
  EXPECT_EQ(camera->location, "North");
  EXPECT_EQ(camera->analysis.fps_target, AnalysisSettings{}.fps_target);
  EXPECT_EQ(control_.asked.back(), "run CAM1 rtsp://u:p@h/1");
  ASSERT_TRUE(desk_.change(CameraId("CAM1"), Json{{"enabled", false}}, nothing_else));
  EXPECT_EQ(control_.asked.back(), "stop CAM1 rtsp://u:p@h/1");
}

TEST_F(CameraDeskTest, BadValuesAreNamedAndChangeNothing) {
  ASSERT_TRUE(desk_.add(Json{{"rtsp_url", "rtsp://h/1"}}, nothing_else));
  control_.asked.clear();
  const auto refused = desk_.change(CameraId("CAM1"), Json{{"rtsp_url", "exec:rm"}, {"fps_target", 0}}, nothing_else);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
  EXPECT_THAT(refused.error().message, HasSubstr("rtsp_url: "));
  EXPECT_THAT(refused.error().message, HasSubstr("\nfps_target: "));
  EXPECT_EQ(desk_.camera(CameraId("CAM1"))->url, "rtsp://h/1");
  EXPECT_THAT(control_.asked, IsEmpty());
  EXPECT_EQ(desk_.change(CameraId("CAM9"), Json::object(), nothing_else).error().kind, ErrorKind::not_found);
  EXPECT_EQ(desk_.change(CameraId("../x"), Json::object(), nothing_else).error().kind, ErrorKind::not_found);
}

TEST_F(CameraDeskTest, WithoutAWordInTheAuditLogNothingChanges) {
  const CameraDesk::Also fails = [](const CameraSettings&) { return fail(ErrorKind::unavailable, "no log"); };
  EXPECT_FALSE(desk_.add(Json{{"rtsp_url", "rtsp://h/1"}}, fails));
  EXPECT_THAT(ids(), IsEmpty());
  EXPECT_THAT(stored(), IsEmpty());
  EXPECT_FALSE(fs::exists(root_ / "camera_configs"));
  EXPECT_THAT(control_.asked, IsEmpty());
}

TEST_F(CameraDeskTest, ARemovedCameraIsGoneEverywhere) {
  ASSERT_TRUE(desk_.add(Json{{"rtsp_url", "rtsp://h/1"}}, nothing_else));
  ASSERT_TRUE(desk_.remove(CameraId("CAM1"), nothing_else));
  EXPECT_EQ(control_.asked.back(), "stop CAM1");
  EXPECT_THAT(ids(), IsEmpty());
  EXPECT_THAT(stored(), IsEmpty());
  EXPECT_FALSE(fs::exists(root_ / "camera_configs" / "CAM1"));
  EXPECT_EQ(desk_.remove(CameraId("CAM1"), nothing_else).error().kind, ErrorKind::not_found);
}

TEST_F(CameraDeskTest, TryingOutChangesNothing) {
  ASSERT_TRUE(desk_.add(Json{{"rtsp_url", "rtsp://h/1"}}, nothing_else));
  const auto trial = desk_.try_out(CameraId("CAM1"), Json{{"rtsp_url", "rtsp://h/2"}});
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->reason, "no answer");
  EXPECT_EQ(control_.asked.back(), "try rtsp://h/2");
  EXPECT_EQ(desk_.camera(CameraId("CAM1"))->url, "rtsp://h/1");
  EXPECT_EQ(desk_.try_out(Json{{"rtsp_url", "file:///etc/passwd"}}).error().kind, ErrorKind::invalid_input);
}

TEST_F(CameraDeskTest, TellsWhichParametersACameraHasOfItsOwn) {
  ASSERT_TRUE(desk_.add(Json{{"rtsp_url", "rtsp://u:p@h/1"}, {"rtsp_protocol", "udp"}, {"_note", "x"}}, nothing_else));
  EXPECT_EQ(desk_.overrides(CameraId("CAM1")), (Json{{"rtsp_protocol", "udp"}})) << "and nothing of its address";
  EXPECT_EQ(desk_.overrides(CameraId("CAM2")).error().kind, ErrorKind::not_found);
}

TEST_F(CameraDeskTest, RestartingTheAnalysisLeavesTheSiteAsItIs) {
  ASSERT_TRUE(change_parameters(root_, Json{{"fps_target", 4}, {"present_timeout_sec", 7}, {"workers", 3}}));
  ASSERT_TRUE(desk_.restart());
  const Settings running = desk_.settings();
  EXPECT_EQ(running.analysis.fps_target, 4);
  EXPECT_EQ(running.models.workers, 3);
  EXPECT_EQ(running.site.present_timeout_sec, SiteSettings{}.present_timeout_sec) << "it waits for the next start";
}

TEST_F(CameraDeskTest, RestartTakesWhatTheFilesSayNow) {
  ASSERT_TRUE(desk_.add(Json{{"rtsp_url", "rtsp://h/1"}}, nothing_else));
  fs::copy(root_ / "camera_configs/CAM1", root_ / "camera_configs/CAM5", fs::copy_options::recursive);
  const auto broken = root_ / "camera_configs/CAM5/config.json";
  ASSERT_FALSE(desk_.restart()) << "two files say that they are CAM1";
  EXPECT_THAT(control_.asked, Not(testing::Contains(HasSubstr("restart"))));
  fs::remove_all(broken.parent_path());
  ASSERT_TRUE(desk_.restart());
  EXPECT_EQ(control_.asked.back(), "restart with 1");
}

}  // namespace
}  // namespace hadir
