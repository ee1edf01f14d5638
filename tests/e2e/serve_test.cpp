// hadir serve through the binary: demo cameras, real models, real HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
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

const Json& rows_of(const Json& report) {
  return report.is_array() ? report : report.at("rows");
}

const Json* row_of(const Json& report, const std::string& name) {
  for (const auto& row : rows_of(report))
    if (row.at("name") == name) return &row;
  return nullptr;
}

class ServeTest : public testing::Test {
 protected:
  void prepare_demo() {
    const auto prepared = run_hadir({"demo", "--data", demo_.string()});
    ASSERT_EQ(prepared.exit, 0) << prepared.err;
  }
  TestFolder folder_;
  fs::path demo_ = folder_.path() / "demo";
};

TEST_F(ServeTest, TheDemoRecognisesPeopleAndKeepsTheirAttendance) {
  shared_asset("media/short_hamilton_clip.mp4");  // still_demo_test.cpp is about the demo without clips
  prepare_demo();
  EXPECT_EQ(run_hadir({"demo", "--data", demo_.string()}).exit, 0) << "a second time changes nothing";
  std::string first_in;
  {
    ServedHadir hadir(demo_, demo_);
    ASSERT_TRUE(hadir.ready()) << hadir.log();
    const auto here = [](const Json& report) {
      const auto* row = row_of(report, "Lin-Manuel Miranda");
      return row != nullptr && row->at("status") == "PRESENT";
    };
    const auto report = wait_for(hadir, "/api/report/attendance", here);
    ASSERT_TRUE(here(report)) << report.dump(1) << hadir.log();
    first_in = row_of(report, "Lin-Manuel Miranda")->at("first_in");
    for (const char* absent : {"Joe Biden", "Rose Leslie"})
      EXPECT_EQ(row_of(report, absent)->at("status"), "ABSENT") << absent;

    const auto [cameras_status, cameras] = hadir.get("/api/cameras");
    EXPECT_EQ(cameras_status, 200);
    EXPECT_EQ(Json::parse(cameras).size(), 3U) << cameras;
    EXPECT_EQ(hadir.get("/healthz").first, 200);
    EXPECT_EQ(hadir.get("/").first, 200);
    const auto [stream_status, stream] = hadir.get("/api/cameras/CAM1/stream.mjpg");
    EXPECT_EQ(stream_status, 200);
    EXPECT_THAT(stream, HasSubstr("image/jpeg"));
    EXPECT_EQ(hadir.get("/api/cameras/CAM9/stream.mjpg").first, 404);
    EXPECT_EQ(hadir.get("/api/report/attendance?date=tomorrow").first, 400);
    EXPECT_EQ(hadir.stop(), 0) << hadir.log();
  }
  // What was recorded is there after the restart.
  ServedHadir again(demo_, demo_);
  ASSERT_TRUE(again.ready()) << again.log();
  const auto report = Json::parse(again.get("/api/report/attendance").second);
  ASSERT_NE(row_of(report, "Lin-Manuel Miranda"), nullptr);
  EXPECT_EQ(row_of(report, "Lin-Manuel Miranda")->at("first_in"), first_in);
  EXPECT_EQ(again.stop(), 0);

  const auto date = first_in.substr(0, 10);
  const auto explained = run_hadir({"explain", "--person", "Lin-Manuel Miranda", "--date", date, "--config-dir",
                                    demo_.string(), "--data", demo_.string()});
  EXPECT_EQ(explained.exit, 0) << explained.err;
  EXPECT_THAT(explained.out, HasSubstr("the earliest sighting that counts"));
  const auto recomputed =
      run_hadir({"recompute", "--from", date, "--config-dir", demo_.string(), "--data", demo_.string(), "--json"});
  ASSERT_EQ(recomputed.exit, 0) << recomputed.err;
  // The stay that was going on when the server stopped may be over by now; the attendance is what it was.
  for (const auto& difference : Json::parse(recomputed.out).at("differences"))
    EXPECT_NE(difference.at("record"), "attendance") << difference.dump(1);
}

TEST_F(ServeTest, ACameraThatIsNotThereIsShownAndDisturbsNobody) {
  const auto clip = shared_asset("media/short_hamilton_clip.mp4").string();
  folder_.write("site/camera_configs/CAM1/config.json",
                Json{{"name", "Stage"}, {"rtsp_url", clip}, {"enabled", true}, {"loop", true}}.dump());
  folder_.write("site/camera_configs/CAM2/config.json",
                R"({"name": "Gate", "rtsp_url": "rtsp://admin:hunter2@127.0.0.1:1/stream", "enabled": true})");
  const auto site = folder_.path() / "site";
  ServedHadir hadir(site, folder_.path() / "data");
  ASSERT_TRUE(hadir.ready()) << hadir.log();
  const auto cameras = wait_for(hadir, "/api/cameras", [](const Json& all) {
    return all.at(0).at("status") == "ONLINE" && all.at(1).at("status") == "OFFLINE";
  });
  EXPECT_EQ(cameras.at(0).at("status"), "ONLINE") << cameras.dump(1);
  EXPECT_EQ(cameras.at(1).at("status"), "OFFLINE") << cameras.dump(1);
  EXPECT_FALSE(cameras.at(1).at("reason").get<std::string>().empty());
  EXPECT_EQ(hadir.stop(), 0);
  EXPECT_EQ((cameras.dump() + hadir.log()).find("hunter2"), std::string::npos) << "a password leaked";
}

TEST_F(ServeTest, RefusesWhatItCannotServe) {
  fs::create_directories(folder_.path() / "site");
  const auto site = (folder_.path() / "site").string();
  const auto data = (folder_.path() / "data").string();
  const auto no_address = run_hadir({"serve", "--config-dir", site, "--data", data, "--host", "example.org"});
  EXPECT_NE(no_address.exit, 0);
  EXPECT_THAT(no_address.err, HasSubstr("example.org"));
  folder_.write("site/camera_configs/CAM1/config.json", R"({"rtsp_url": "file:///etc/passwd", "enabled": true})");
  const auto scheme = run_hadir({"serve", "--config-dir", site, "--data", data});
  EXPECT_NE(scheme.exit, 0);
  EXPECT_THAT(scheme.err, HasSubstr("rtsp_url"));
  EXPECT_NE(run_hadir({"serve", "--config-dir", "/does/not/exist"}).exit, 0);
  EXPECT_NE(run_hadir({"serve", "--port", "99999"}).exit, 0);
  EXPECT_NE(run_hadir({"nonsense"}).exit, 0);
}

}  // namespace
}  // namespace hadir
