#include "app/facts/fact_recorder.hpp"

#include <format>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/facts/facts_fixture_test.hpp"
#include "app/facts/picture_paths.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class FactRecorderTest : public FactsFixture {
 protected:
  FactRecorder recorder_{*database_, pictures_, rules()};

  RecordedFacts record(std::vector<SightingFact> facts) {
    auto recorded = recorder_.record(facts);
    EXPECT_TRUE(recorded) << recorded.error().message;
    return recorded.value_or(RecordedFacts{});
  }
  AttendanceDay day_of(const std::string& person, LocalDay day) {
    return database_->attendance().day(PersonId(person), day).value().value();
  }
};

TEST_F(FactRecorderTest, MakesPresenceAttendanceAndPictures) {
  add_person("p1", "E0001", "Ana");
  const auto recorded = record({known("s1", 0s, "p1", "one"), known("s2", 30s, "p1", "two")});
  EXPECT_EQ(recorded.sightings.size(), 2U);
  ASSERT_EQ(recorded.edges.size(), 1U);
  EXPECT_EQ(recorded.edges[0].kind, EdgeKind::enter);
  ASSERT_EQ(recorded.attendance.size(), 1U);
  EXPECT_EQ(recorded.attendance[0].person.name, "Ana");
  EXPECT_TRUE(recorded.attendance[0].first_in_changed);
  EXPECT_TRUE(recorded.attendance[0].last_out_changed);

  const auto day = day_of("p1", monday);
  EXPECT_EQ(day.first_in->sighting, SightingId("s1"));
  EXPECT_EQ(day.first_in->picture, "attendance_captures/2026-01-05/E0001/first_in.jpg");
  EXPECT_EQ(day.last_out->sighting, SightingId("s2"));
  EXPECT_EQ(day.last_out->at, morning + 30s);
  EXPECT_EQ(picture(day.first_in->picture), "one");
  EXPECT_EQ(picture(day.last_out->picture), "two");
  const auto meta = nlohmann::json::parse(picture("attendance_captures/2026-01-05/E0001/meta.json"));
  EXPECT_EQ(meta["employee_code"], "E0001");
  EXPECT_EQ(meta["first_in"]["time"], "2026-01-05T07:55:00.000+07:00");
  EXPECT_EQ(meta["first_in"]["sighting"], "s1");
  EXPECT_EQ(meta["first_in"]["camera"], "CAM1");
  EXPECT_EQ(meta["first_in"]["confidence"], 0.9);
  EXPECT_EQ(meta["last_out"]["time"], "2026-01-05T07:55:30.000+07:00");
  EXPECT_TRUE(recorder_.health().ok);
}

TEST_F(FactRecorderTest, TheSameAgainChangesNothing) {
  add_person("p1", "E0001", "Ana");
  const std::vector facts{known("s1", 0s, "p1", "one"), known("s2", 30s, "p1", "two")};
  record(facts);
  const auto again = record(facts);
  EXPECT_EQ(again.repeated, 2U);
  EXPECT_THAT(again.sightings, IsEmpty());
  EXPECT_THAT(again.edges, IsEmpty());
  EXPECT_THAT(again.attendance, IsEmpty());
  EXPECT_EQ(database_->attendance().edges(morning - 1h, morning + 1h)->size(), 1U);
}

TEST_F(FactRecorderTest, AnEarlierSightingComesLate) {
  add_person("p1", "E0001", "Ana");
  record({known("s2", 30s, "p1", "two")});
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/first_in.jpg"), "two");
  record({known("s1", 0s, "p1", "one")});
  recorder_.flush(morning + 1h);
  const auto day = day_of("p1", monday);
  EXPECT_EQ(day.first_in->sighting, SightingId("s1"));
  EXPECT_EQ(day.last_out->sighting, SightingId("s2"));
  EXPECT_EQ(picture(day.first_in->picture), "one");
  EXPECT_EQ(picture(day.last_out->picture), "two");
}

TEST_F(FactRecorderTest, AnyOrderOfSightingsGivesTheSameAttendance) {
  add_person("p1", "E0001", "Ana");
  add_person("p2", "E0002", "Budi");
  std::mt19937 random(3);
  std::vector<SightingFact> facts;
  for (int i = 0; i < 60; ++i)
    facts.push_back(known(std::format("s{:03}", i), std::chrono::seconds(random() % 200'000), i % 2 == 0 ? "p1" : "p2",
                          std::format("picture {}", i)));
  record(facts);
  const auto expected = database_->attendance().days(monday, monday + std::chrono::days(9)).value();
  ASSERT_GE(expected.size(), 4U);

  std::ranges::shuffle(facts, random);
  reopen();
  pictures_.clear();
  add_person("p1", "E0001", "Ana");
  add_person("p2", "E0002", "Budi");
  FactRecorder other(*database_, pictures_, rules());
  for (std::size_t i = 0; i < facts.size(); i += 7) {
    const std::span batch(facts.data() + i, std::min<std::size_t>(7, facts.size() - i));
    ASSERT_TRUE(other.record(batch));
    ASSERT_TRUE(other.record(batch));
  }
  other.flush(morning + 100h);
  const auto days = database_->attendance().days(monday, monday + std::chrono::days(9)).value();
  ASSERT_EQ(days.size(), expected.size());
  for (std::size_t i = 0; i < days.size(); ++i) {
    EXPECT_EQ(days[i].first_in->sighting, expected[i].first_in->sighting);
    EXPECT_EQ(days[i].last_out.has_value(), expected[i].last_out.has_value());
    if (days[i].last_out) {
      EXPECT_EQ(days[i].last_out->sighting, expected[i].last_out->sighting);
    }
    // A sighting's own picture, wherever it moved.
    const auto number = std::stoi(days[i].first_in->sighting.str().substr(1));
    EXPECT_EQ(picture(days[i].first_in->picture), std::format("picture {}", number));
  }
}

TEST_F(FactRecorderTest, StaysEndByTheTimeOut) {
  add_person("p1", "E0001", "Ana");
  add_person("p2", "E0002", "Budi");
  record({known("s1", 0s, "p1", "x"), known("s2", 30s, "p2", "x")});
  EXPECT_THAT(recorder_.expire(morning + 60s)->edges, IsEmpty());
  const auto first = recorder_.expire(morning + 61s);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->edges.size(), 1U);
  EXPECT_EQ(first->edges[0].person, PersonId("p1"));
  EXPECT_EQ(first->edges[0].at, morning + 60s);
  EXPECT_THAT(recorder_.expire(morning + 62s)->edges, IsEmpty());
  record({known("s3", 70s, "p1", "x")});
  const auto both = recorder_.expire(morning + 600s);
  ASSERT_EQ(both->edges.size(), 2U);
  EXPECT_EQ(both->edges[0].person, PersonId("p2"));
  EXPECT_EQ(both->edges[1].person, PersonId("p1"));
  EXPECT_EQ(both->edges[1].at, morning + 130s);
  EXPECT_EQ(database_->attendance().edges(morning - 1h, morning + 1h)->size(), 6U);
}

TEST_F(FactRecorderTest, AStayThatBeganBeforeTheProgramEnds) {
  add_person("p1", "E0001", "Ana");
  record({known("s1", 0s, "p1", "x")});
  FactRecorder after_restart(*database_, pictures_, rules());
  const auto recorded = after_restart.expire(morning + 5h);
  ASSERT_EQ(recorded->edges.size(), 1U);
  EXPECT_EQ(recorded->edges[0].at, morning + 60s);
}

TEST_F(FactRecorderTest, TheNightShiftBelongsToTheDayItBegan) {
  add_person("p1", "E0001", "Ana");
  auto night_rules = rules();
  night_rules.day_starts_at = 4h;
  FactRecorder recorder(*database_, pictures_, night_rules);
  // 23:55 on Monday and 03:55 on Tuesday, local.
  ASSERT_TRUE(recorder.record(std::vector{known("s1", 16h, "p1", "in"), known("s2", 20h, "p1", "out")}));
  const auto days = database_->attendance().days(monday - std::chrono::days(3), monday + std::chrono::days(3)).value();
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].day, monday);
  EXPECT_EQ(days[0].duration(), 4h);
}

TEST_F(FactRecorderTest, AStrangerIsKeptWithACrop) {
  const auto recorded = record({stranger("s1", 0s, "face"), stranger("s2", 1s, "")});
  ASSERT_EQ(recorded.sightings.size(), 2U);
  EXPECT_EQ(recorded.sightings[0].picture, "captures/CAM1/unknown/2026-01-05/s1.jpg");
  EXPECT_EQ(recorded.sightings[1].picture, "");
  EXPECT_EQ(picture("captures/CAM1/unknown/2026-01-05/s1.jpg"), "face");
  EXPECT_THAT(recorded.edges, IsEmpty());
  EXPECT_THAT(recorded.attendance, IsEmpty());
}

TEST_F(FactRecorderTest, SomebodyErasedMeanwhileIsRecordedAsNobody) {
  const auto recorded = record({known("s1", 0s, "gone", "face")});
  ASSERT_EQ(recorded.sightings.size(), 1U);
  EXPECT_FALSE(recorded.sightings[0].person);
  EXPECT_EQ(recorded.sightings[0].picture, "");
  EXPECT_THAT(pictures_.files(), IsEmpty());
}

TEST_F(FactRecorderTest, AManualDayIsLeftAlone) {
  add_person("p1", "E0001", "Ana");
  ASSERT_TRUE(database_->attendance().put_day(
      {.person = PersonId("p1"),
       .day = monday,
       .first_in = AttendanceMark{.at = morning + 1h, .camera = {}, .sighting = {}, .picture = {}},
       .last_out = {},
       .entry_type = EntryType::manual,
       .remarks = "by hand"}));
  const auto recorded = record({known("s1", 0s, "p1", "x")});
  EXPECT_THAT(recorded.attendance, IsEmpty());
  EXPECT_EQ(recorded.edges.size(), 1U);
  EXPECT_EQ(day_of("p1", monday).first_in->at, morning + 1h);
  EXPECT_THAT(pictures_.files(), IsEmpty());
}

TEST_F(FactRecorderTest, FactsStandWhenPicturesCannotBeWritten) {
  add_person("p1", "E0001", "Ana");
  pictures_.break_with("no space left on device");
  record({known("s1", 0s, "p1", "one"), stranger("s2", 1s, "face")});
  EXPECT_EQ(day_of("p1", monday).first_in->sighting, SightingId("s1"));
  EXPECT_EQ(database_->sightings().between(morning, morning + 1h, std::nullopt)->size(), 2U);
  EXPECT_FALSE(recorder_.health().ok);
  EXPECT_THAT(recorder_.health().reason, HasSubstr("no space left"));
  EXPECT_THAT(pictures_.files(), IsEmpty());

  pictures_.mend();
  ASSERT_TRUE(recorder_.expire(morning + 30s));
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/first_in.jpg"), "one");
  EXPECT_TRUE(recorder_.health().ok);
}

TEST_F(FactRecorderTest, TheLastOutIsNotWrittenWithEverySighting) {
  add_person("p1", "E0001", "Ana");
  record({known("s0", 0s, "p1", "first")});
  const auto before = pictures_.puts();
  for (int i = 1; i <= 100; ++i)
    record({known(std::format("t{:03}", i), std::chrono::seconds(i), "p1", std::format("{}", i))});
  EXPECT_LE(pictures_.puts() - before, 2U * 11U);
  ASSERT_TRUE(recorder_.expire(morning + 500s));
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/last_out.jpg"), "100");
}

TEST_F(FactRecorderTest, APictureThatCouldNotBeMadeIsNotClaimed) {
  add_person("p1", "E0001", "Ana");
  record({known("s1", 0s, "p1", "one"), known("s2", 30s, "p1", "two")});
  record({known("s3", 60s, "p1", "")});
  recorder_.flush(morning + 1h);
  EXPECT_EQ(day_of("p1", monday).last_out->sighting, SightingId("s3"));
  EXPECT_EQ(day_of("p1", monday).last_out->picture, "");
  EXPECT_FALSE(pictures_.get("attendance_captures/2026-01-05/E0001/last_out.jpg"));
}

TEST_F(FactRecorderTest, NothingIsRecordedByHalves) {
  add_person("p1", "E0001", "Ana");
  auto broken = known("", 5s, "p1", "x");  // the database refuses an empty id
  const auto recorded = recorder_.record(std::vector{known("s1", 0s, "p1", "one"), broken});
  ASSERT_FALSE(recorded);
  EXPECT_TRUE(database_->sightings().between(morning, morning + 1h, std::nullopt)->empty());
  EXPECT_FALSE(database_->attendance().presence(PersonId("p1")).value());
  EXPECT_THAT(pictures_.files(), IsEmpty());
  EXPECT_EQ(record({known("s1", 0s, "p1", "one")}).sightings.size(), 1U);
}

TEST(FactRules, ComeFromTheSettings) {
  SiteSettings settings;
  settings.time_zone = "Asia/Jakarta";
  settings.present_timeout_sec = 1.5;
  settings.attendance_last_out_delay_sec = 300;
  settings.attendance_first_in_overwrite_enabled = true;
  const auto rules = FactRules::from(settings);
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->site->name(), "Asia/Jakarta");
  EXPECT_EQ(rules->present_timeout, 1500ms);
  EXPECT_EQ(rules->last_out_delay, 300s);
  EXPECT_TRUE(rules->first_in_overwrite);
  settings.time_zone = "Asia/Nowhere";
  EXPECT_EQ(FactRules::from(settings).error().kind, ErrorKind::invalid_input);
}

TEST(PicturePaths, FolderNamesAreSafeAndDifferent) {
  EXPECT_EQ(safe_file_name("E0001"), "E0001");
  EXPECT_EQ(safe_file_name("Lin Manuel"), "Lin Manuel");
  EXPECT_EQ(safe_file_name("../../etc"), "=2E.=2F..=2Fetc");
  EXPECT_EQ(safe_file_name(".."), "=2E.");
  EXPECT_EQ(safe_file_name("a/b"), "a=2Fb");
  EXPECT_NE(safe_file_name("a=2Fb"), safe_file_name("a/b"));
  EXPECT_EQ(safe_file_name(" a "), "=20a=20");
  EXPECT_EQ(safe_file_name(""), "=");
  const std::string longer(300, 'x');
  EXPECT_LE(safe_file_name(longer).size(), 120U);
  EXPECT_NE(safe_file_name(longer), safe_file_name(longer + "y"));
}

}  // namespace
}  // namespace hadir
