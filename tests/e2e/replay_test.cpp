// hadir replay through the binary, on real video with real models.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "program.hpp"
#include "support/shared_assets.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

/// Five people, of whom lin-manuel-miranda and perhaps obama are on short_hamilton_clip, and nobody on another clip.
fs::path make_gallery(const TestFolder& folder) {
  const auto gallery = folder.path() / "gallery";
  const std::pair<const char*, const char*> people[] = {{"lin-manuel-miranda", "lin-manuel-miranda.png"},
                                                        {"alex-lacamoire", "alex-lacamoire1.jpg"},
                                                        {"obama", "obama.jpg"},
                                                        {"biden", "biden.jpg"},
                                                        {"rose_leslie", "rose_leslie1.jpg"}};
  for (const auto& [person, photo] : people) {
    fs::create_directories(gallery / person);
    fs::copy_file(shared_asset(std::string("faces/people/") + photo), gallery / person / photo);
  }
  return gallery;
}

struct Replayed {
  Json summary;
  std::string sightings;
  std::string attendance;
  std::string alerts;
};

Replayed replay(const std::vector<std::string>& clips, const fs::path& gallery, const fs::path& out) {
  std::vector<std::string> arguments{"replay", "--json",     "--gallery", gallery.string(),
                                     "--out",  out.string(), "--start",   "2026-01-05T07:55:00+07:00"};
  for (const auto& clip : clips) {
    arguments.emplace_back("--video");
    arguments.push_back(shared_asset("media/" + clip).string());
  }
  const auto finished = run_hadir(arguments);
  EXPECT_EQ(finished.exit, 0) << finished.err;
  return {Json::parse(finished.out, nullptr, false), read_text(out / "sightings.jsonl"),
          read_text(out / "attendance.json"), read_text(out / "alerts.json")};
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(Json::parse(line));
  return lines;
}

class ReplayTest : public testing::Test {
 protected:
  TestFolder folder_;
  fs::path gallery_ = make_gallery(folder_);
  int started_ = 0;
};

TEST_F(ReplayTest, NamesWhoIsThereAndNobodyElse) {
  const auto replayed = replay({"short_hamilton_clip.mp4"}, gallery_, folder_.path() / "out");
  std::set<std::string> seen;
  for (const auto& line : lines_of(replayed.sightings)) {
    EXPECT_EQ(line.at("camera"), "short_hamilton_clip");
    EXPECT_GE(line.at("confidence"), 0);
    EXPECT_LE(line.at("confidence"), 1);
    EXPECT_EQ(line.at("box").size(), 4U);
    if (!line.at("person").is_null()) seen.insert(line.at("person"));
  }
  EXPECT_TRUE(seen.contains("lin-manuel-miranda"));
  for (const char* absent : {"biden", "rose_leslie", "alex-lacamoire"}) EXPECT_FALSE(seen.contains(absent)) << absent;

  const auto& summary = replayed.summary;
  EXPECT_NEAR(summary.at("frames").get<int>(), 74, 2);  // 9.2 s at 8 frames a second
  EXPECT_EQ(summary.at("frames_in_files"), 275);
  EXPECT_GT(summary.at("people").at("lin-manuel-miranda").at("sightings"), 0);
  EXPECT_GT(summary.at("people").at("lin-manuel-miranda").at("best_confidence"), 0.7);
  EXPECT_LT(summary.at("embeddings"), summary.at("detections"));
}

TEST_F(ReplayTest, MakesAttendanceWithPictures) {
  const auto out = folder_.path() / "out";
  const auto config = folder_.write("parameters.json", R"({"time_zone": "Asia/Jakarta"})");
  const auto finished = run_hadir({"replay", "--gallery", gallery_.string(), "--out", out.string(), "--start",
                                   "2026-01-05T07:55:00+07:00", "--config", config.string(), "--video",
                                   shared_asset("media/short_hamilton_clip.mp4").string()});
  ASSERT_EQ(finished.exit, 0) << finished.err;
  const auto days = Json::parse(read_text(out / "attendance.json"));
  const auto day = std::ranges::find_if(days, [](const Json& row) { return row.at("person") == "lin-manuel-miranda"; });
  ASSERT_NE(day, days.end());
  EXPECT_EQ(day->at("date"), "2026-01-05");
  EXPECT_EQ(day->at("entry_type"), "AUTO");
  EXPECT_THAT(day->at("first_in").at("time").get<std::string>(), HasSubstr("2026-01-05T07:55:0"));
  EXPECT_THAT(day->at("first_in").at("time").get<std::string>(), HasSubstr("+07:00"));
  const auto picture = out / day->at("first_in").at("picture").get<std::string>();
  EXPECT_EQ(read_text(picture).substr(0, 2), "\xFF\xD8") << picture;
  const auto meta = Json::parse(read_text(picture.parent_path() / "meta.json"), nullptr, false);
  EXPECT_FALSE(meta.is_discarded());
}

TEST_F(ReplayTest, AlertsAreAbsencesInWorkHoursAlone) {
  // Somebody who is seen for five seconds and then no more, with a time-out of a second.
  const auto config = folder_.write("parameters.json", R"({"time_zone": "Asia/Jakarta", "present_timeout_sec": 1})");
  const auto alerts_at = [&](const char* start) {
    const auto out = folder_.path() / "alerts" / std::to_string(started_++);
    const auto finished =
        run_hadir({"replay", "--gallery", gallery_.string(), "--out", out.string(), "--start", start, "--config",
                   config.string(), "--video", shared_asset("media/short_hamilton_clip.mp4").string()});
    EXPECT_EQ(finished.exit, 0) << finished.err;
    return Json::parse(read_text(out / "alerts.json"));
  };
  const auto alerts = alerts_at("2026-01-05T09:00:00+07:00");
  ASSERT_FALSE(alerts.empty());
  for (const auto& alert : alerts) {
    EXPECT_EQ(alert.at("type"), "EMPLOYEE_LOST");
    EXPECT_THAT(alert.at("person").get<std::string>(), testing::AnyOf("lin-manuel-miranda", "obama"));
    EXPECT_EQ(alert.at("camera"), "short_hamilton_clip");
    EXPECT_LT(alert.at("last_seen"), alert.at("left_at"));
    EXPECT_THAT(alert.at("left_at").get<std::string>(), HasSubstr("2026-01-05T09:00:0"));
    EXPECT_TRUE(alert.contains("resolved_at"));
    EXPECT_EQ(alert.at("schedule").at("work_hours"), "08:00-17:00");
    EXPECT_EQ(alert.at("schedule").at("mode"), "AUTO");
    EXPECT_EQ(alert.at("schedule").at("tracking_active"), true);
  }
  EXPECT_TRUE(alerts_at("2026-01-05T07:00:00+07:00").empty()) << "before the hours";
  EXPECT_TRUE(alerts_at("2026-01-05T12:30:00+07:00").empty()) << "at lunch";
  EXPECT_TRUE(alerts_at("2026-01-04T09:00:00+07:00").empty()) << "on a Sunday";
}

TEST_F(ReplayTest, IsTheSameTwiceAndNamesNobodyWhoIsNotThere) {
  const std::vector<std::string> clips{"short_hamilton_clip.mp4", "street_walking_720p.mp4",
                                       "dinner_multiface_720p.mp4", "retail_cctv_1080p_hevc.mp4"};
  const auto first = replay(clips, gallery_, folder_.path() / "first");
  const auto second = replay(clips, gallery_, folder_.path() / "second");
  EXPECT_FALSE(first.sightings.empty());
  EXPECT_EQ(first.sightings, second.sightings);
  EXPECT_EQ(first.attendance, second.attendance);
  EXPECT_EQ(first.alerts, second.alerts);
  std::string previous;
  for (const auto& line : lines_of(first.sightings)) {
    if (line.at("camera") != "short_hamilton_clip") {
      EXPECT_TRUE(line.at("person").is_null()) << line;
    }
    EXPECT_LE(previous, line.at("time").get<std::string>());
    previous = line.at("time");
  }
}

TEST_F(ReplayTest, AnswersBadInputWithOneClearLineAndWritesNothing) {
  const auto out = folder_.path() / "out";
  const auto clip = shared_asset("media/short_hamilton_clip.mp4").string();
  const auto not_a_video = folder_.write("notes.mp4", "this is not a video").string();
  const auto empty = folder_.path() / "empty";
  fs::create_directories(empty);
  const auto no_face = folder_.path() / "no_face";
  fs::create_directories(no_face / "nobody");
  folder_.write("no_face/nobody/photo.jpg", "this is not a photo");
  const auto unknown_key = folder_.write("unknown.json", R"({"fps_targt": 8})").string();
  const auto wrong_range = folder_.write("range.json", R"({"fps_target": 8000})").string();
  const auto wrong_type = folder_.write("type.json", R"({"fps_target": "eight"})").string();
  const auto gallery = gallery_.string();

  struct Case {
    std::vector<std::string> arguments;
    std::vector<std::string> says;
  };
  const Case cases[] = {
      {{"--video", not_a_video, "--gallery", gallery}, {"notes.mp4"}},
      {{"--video", "/does/not/exist.mp4", "--gallery", gallery}, {"/does/not/exist.mp4"}},
      {{"--video", clip, "--gallery", empty.string()}, {"nobody could be enrolled", empty.string()}},
      {{"--video", clip, "--gallery", no_face.string()}, {"nobody could be enrolled", "photo.jpg"}},
      {{"--video", clip, "--gallery", "/does/not/exist"}, {"/does/not/exist"}},
      {{"--video", clip, "--gallery", gallery, "--start", "yesterday"}, {"--start", "yesterday"}},
      {{"--video", clip, "--gallery", gallery, "--config", wrong_range}, {"fps_target", "8000"}},
      {{"--video", clip, "--gallery", gallery, "--config", wrong_type}, {"fps_target"}},
      {{"--video", clip, "--gallery", gallery, "--pack", "nonesuch"}, {"nonesuch", "default"}},
  };
  for (const auto& one : cases) {
    std::vector<std::string> arguments{"replay", "--out", out.string()};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    const auto finished = run_hadir(arguments);
    EXPECT_NE(finished.exit, 0) << testing::PrintToString(one.arguments);
    for (const auto& text : one.says) EXPECT_THAT(finished.err, HasSubstr(text));
    EXPECT_FALSE(fs::exists(out / "sightings.jsonl")) << testing::PrintToString(one.arguments);
  }
  // A key nobody knows is a warning that names the nearest one.
  const auto warned =
      run_hadir({"replay", "--video", clip, "--gallery", gallery, "--config", unknown_key, "--out", out.string()});
  EXPECT_EQ(warned.exit, 0);
  EXPECT_THAT(warned.err, HasSubstr("fps_targt"));
  EXPECT_THAT(warned.err, HasSubstr("fps_target"));
}

TEST(MissingModels, AreOneClearErrorWithTheCommandThatMendsIt) {
  const TestFolder folder;
  const auto models = folder.path() / "models";
  fs::create_directories(models);
  fs::copy_file(fs::path(HADIR_SOURCE_DIR) / "models" / "default.json", models / "default.json");
  setenv("HADIR_MODELS", models.c_str(), 1);
  const auto finished = run_hadir({"models", "verify", "--pack", "default"});
  const auto replayed = run_hadir({"replay", "--video", shared_asset("media/short_hamilton_clip.mp4").string(),
                                   "--gallery", folder.path().string(), "--out", (folder.path() / "out").string()});
  folder.write("models/yunet_s_dynamic.onnx", "altered");
  const auto altered = run_hadir({"replay", "--video", shared_asset("media/short_hamilton_clip.mp4").string(),
                                  "--gallery", folder.path().string(), "--out", (folder.path() / "out").string()});
  unsetenv("HADIR_MODELS");
  EXPECT_NE(finished.exit, 0);
  for (const auto& one : {replayed, altered}) {
    EXPECT_NE(one.exit, 0);
    EXPECT_THAT(one.err, HasSubstr("yunet_s_dynamic.onnx"));
    EXPECT_THAT(one.err, HasSubstr("hadir models fetch"));
  }
}

}  // namespace
}  // namespace hadir
