// Housekeeping and the emptying of logs, on every database.
#include "app/facts/explain.hpp"
#include "app/facts/fact_recorder.hpp"
#include "app/facts/picture_paths.hpp"
#include "app/facts/recomputation.hpp"
#include "app/housekeeping/housekeeping.hpp"
#include "app/housekeeping/log_reset.hpp"
#include "app/memory_pictures.hpp"
#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// An office in Jakarta that works 08:00 to 17:00; Ana comes on Monday and Tuesday. `begin` is Monday, 00:00 there.
class HousekeepingContract : public DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    ScheduleVersion schedule;
    schedule.id = ScheduleId("first");
    schedule.valid_from = begin - days(30);
    ASSERT_TRUE(database_->rules().add(schedule));
    auto ana = person("p1", "Ana");
    ana.created_at = begin - days(2);
    ana.type = PersonType::employee;
    ASSERT_TRUE(database_->persons().add(ana));
  }
  FactRules facts() const {
    FactRules rules;
    rules.site = std::chrono::locate_zone("Asia/Jakarta");
    rules.since = begin - days(30);
    return rules;
  }
  HousekeepingRules rules(int site_day_starts_at = 0) const {
    HousekeepingRules made;
    made.calendar = {.zone = facts().site, .day_starts_at = std::chrono::hours(site_day_starts_at)};
    return made;
  }
  SightingFact seen(const std::string& id, Instant at, const std::string& of = "p1") {
    SightingFact fact{.sighting = sighting(id, at - morning, of), .picture = {1, 2, 3}};
    fact.sighting.picture.clear();
    return fact;
  }
  /// Two days with an absence each, recorded as they happen.
  void two_days() {
    FactRecorder recorder(*database_, pictures_, facts());
    ASSERT_TRUE(recorder.expire(begin));
    for (const int day : {0, 1}) {
      const auto at = begin + days(day);
      const auto name = std::to_string(day);
      for (const auto& [id, after] : {std::pair{"a", 7h + 55min}, {"b", 9h}, {"c", 17h + 5min}}) {
        ASSERT_TRUE(recorder.record(std::vector{seen(name + id, at + after)}));
        ASSERT_TRUE(recorder.expire(at + after + 5min));
      }
      ASSERT_TRUE(recorder.record(std::vector{seen(name + "stranger", at + 10h, "")}));
    }
    ASSERT_TRUE(recorder.expire(begin + days(2) + 1h));
    recorder.flush(begin + days(2) + 1h);
  }
  HousekeepingReport keep(const HousekeepingRules& by, Instant now, bool dry_run = false, bool facts_waiting = false) {
    const auto report = keep_house(*database_, pictures_, pictures_, by, now,
                                   {.dry_run = dry_run, .facts_waiting = facts_waiting, .batch = 2, .pause = {}});
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(HousekeepingReport{});
  }
  std::size_t edges() { return database_->attendance().edges(begin - days(9), begin + days(9))->size(); }
  Recomputation recomputed() {
    return recompute_records(*database_, facts(), monday, monday + days(1), begin + days(2) + 1h, false).value();
  }

  const Instant begin = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} - 7h;
  MemoryPictures pictures_;
};

TEST_P(HousekeepingContract, PurgedEventsBreakNothing) {
  two_days();
  const auto days_before = database_->attendance().days(monday, monday + days(1)).value();
  ASSERT_THAT(days_before, SizeIs(2));
  ASSERT_THAT(recomputed().differences, IsEmpty());
  const auto all = edges();
  ASSERT_EQ(all, 12U);

  // Tuesday noon: Monday's go, the current day's stay.
  EXPECT_EQ(keep(rules(), begin + days(1) + 12h, true).count_of("events"), 6);
  EXPECT_EQ(edges(), all) << "a dry run counts";
  EXPECT_EQ(keep(rules(), begin + days(1) + 12h).count_of("events"), 6);
  EXPECT_EQ(edges(), all - 6);
  EXPECT_THAT(database_->attendance().edges(begin - days(9), begin + days(1)).value(), IsEmpty());
  EXPECT_EQ(keep(rules(), begin + days(1) + 12h).count_of("events"), 0) << "a second time";

  EXPECT_THAT(recomputed().differences, IsEmpty()) << "what was purged is not made anew";
  EXPECT_THAT(recompute_records(*database_, facts(), monday, monday, begin + days(3), true)->differences, IsEmpty());
  EXPECT_EQ(edges(), all - 6);
  const auto explained = explain_person_day(*database_, facts(), "p1", monday, begin + days(3));
  ASSERT_TRUE(explained);
  EXPECT_FALSE(explained->day.differs);
  EXPECT_THAT(explained->day.sightings, SizeIs(3));
  const auto presence = database_->attendance().presence(PersonId("p1")).value();
  ASSERT_TRUE(presence);
  EXPECT_EQ(presence->last_seen, begin + days(1) + 17h + 5min);

  // A restart judges the last days again, and a late sighting of a purged day is taken: the records are the same.
  FactRecorder restarted(*database_, pictures_, facts());
  ASSERT_TRUE(restarted.expire(begin + days(2) + 1h));
  EXPECT_EQ(edges(), all - 6);
  ASSERT_TRUE(restarted.record(std::vector{seen("late", begin + 17h + 30min)}));
  EXPECT_EQ(database_->attendance().day(PersonId("p1"), monday).value()->last_out->at, begin + 17h + 30min);
  EXPECT_THAT(recomputed().differences, IsEmpty());
}

TEST_P(HousekeepingContract, TheDayBeginsAtItsCutOff) {
  two_days();
  auto night = rules(6);
  EXPECT_EQ(keep(night, begin + days(1) + 5h, true).count_of("events"), 0) << "it is still Monday";
  EXPECT_EQ(keep(night, begin + days(1) + 6h, true).count_of("events"), 6);
  night.events_days = 2;
  EXPECT_EQ(keep(night, begin + days(1) + 6h, true).count_of("events"), 0);
}

TEST_P(HousekeepingContract, TheJournalAndItsPicturesGoByTheirOwnAge) {
  two_days();
  const std::string stranger = "captures/CAM1/unknown/2026-01-05/0stranger.jpg";
  const std::string first_in = attendance_folder(monday, "code-p1") + "/first_in.jpg";
  ASSERT_TRUE(pictures_.files().contains(stranger));
  ASSERT_TRUE(pictures_.files().contains(first_in));
  auto by = rules();
  by.sightings_days = 100;
  const auto now = begin + days(31);
  auto report = keep(by, now);
  EXPECT_EQ(report.count_of("unknown_faces"), 1) << "Monday's, of 31 days ago";
  EXPECT_EQ(report.count_of("attendance_captures"), 0);
  EXPECT_EQ(report.count_of("sightings"), 0);
  EXPECT_EQ(report.count_of("orphan_pictures"), 0) << text_of(report, false);
  EXPECT_FALSE(pictures_.files().contains(stranger));
  EXPECT_EQ(database_->sightings().sighting(SightingId("0stranger")).value()->picture, "");
  EXPECT_NE(database_->sightings().sighting(SightingId("1stranger")).value()->picture, "");

  report = keep(by, begin + days(91));
  EXPECT_EQ(report.count_of("attendance_captures"), 3) << "two pictures and what is said of them";
  EXPECT_FALSE(pictures_.files().contains(first_in));
  const auto day = database_->attendance().day(PersonId("p1"), monday).value();
  EXPECT_EQ(day->first_in->picture, "");
  EXPECT_EQ(day->first_in->at, begin + 7h + 55min) << "attendance stays";

  report = keep(by, begin + days(101));
  EXPECT_EQ(report.count_of("sightings"), 4);
  EXPECT_EQ(database_->attendance().days(monday, monday + days(1))->size(), 2U);
  EXPECT_THAT(recomputed().differences, IsEmpty()) << "a day without its journal is left alone";
}

TEST_P(HousekeepingContract, PicturesThatNoRecordNamesGo) {
  two_days();
  const std::string lost = "captures/CAM1/unknown/2026-01-05/lost.jpg";
  const std::string gone = "attendance_captures/2026-01-05/nobody/first_in.jpg";
  const std::string erased = "face_images/nobody/001.jpg";
  const std::string foreign = "attendance_captures/notes/readme.txt";
  const std::string today = "captures/CAM1/unknown/2026-01-07/new.jpg";
  const std::string kept = face_image_folder("code-p1") + "/001.jpg";
  const std::string moved = "face_images/old-code/001.jpg";
  for (const auto& path : {lost, gone, erased, foreign, today, kept, moved})
    ASSERT_TRUE(pictures_.put(path, Bytes{1, 2}));
  auto with_photo = face("t1", "p1", {1});
  with_photo.photo = moved;
  ASSERT_TRUE(database_->templates().add(std::vector{with_photo}));
  const auto now = begin + days(2) + 1h;
  EXPECT_EQ(keep(rules(), now, false, true).count_of("orphan_pictures"), 0) << "their facts may be in the spool";
  EXPECT_EQ(keep(rules(), now, true).count_of("orphan_pictures"), 3);
  EXPECT_TRUE(pictures_.files().contains(lost)) << "a dry run counts";
  const auto report = keep(rules(), now);
  EXPECT_EQ(report.count_of("orphan_pictures"), 3);
  EXPECT_THAT(text_of(report, false), HasSubstr("3 orphan_pictures"));
  for (const auto& path : {lost, gone, erased}) EXPECT_FALSE(pictures_.files().contains(path)) << path;
  for (const auto& path : {foreign, today, kept, moved}) EXPECT_TRUE(pictures_.files().contains(path)) << path;
  EXPECT_TRUE(pictures_.files().contains(attendance_folder(monday, "code-p1") + "/first_in.jpg"));
}

TEST_P(HousekeepingContract, AskedToStopItStopsAndGoesOnTheNextTime) {
  two_days();
  std::stop_source stop;
  stop.request_stop();
  const auto report = keep_house(*database_, pictures_, pictures_, rules(), begin + days(400),
                                 {.dry_run = false, .facts_waiting = false, .stop = stop.get_token(), .pause = {}});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->stopped);
  EXPECT_EQ(edges(), 12U);
  EXPECT_EQ(keep(rules(), begin + days(402)).count_of("sightings"), 8);
}

TEST_P(HousekeepingContract, LogsAreEmptiedByWholeDays) {
  two_days();
  const SiteCalendar site{.zone = facts().site};
  const auto now = begin + days(2) + 1h;
  const auto alerts = [&] { return database_->alerts().find({.from = {}, .to = {}, .person = {}}, {})->total; };
  const auto all_alerts = alerts();
  ASSERT_EQ(all_alerts, 4);
  LogReset reset{.logs = ResetLogs::both, .from = monday, .to = monday};
  auto counted = count_logs(*database_, site, reset);
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->events, 6);
  EXPECT_EQ(counted->alert_logs, 2);
  EXPECT_EQ(edges(), 12U) << "counting removes nothing";
  reset.logs = ResetLogs::alert_logs;
  auto removed = reset_logs(*database_, site, reset, now, 1);
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->events, 0);
  EXPECT_EQ(removed->alert_logs, 2);
  EXPECT_EQ(edges(), 12U);
  EXPECT_EQ(alerts(), 2);
  EXPECT_THAT(recomputed().differences, IsEmpty());

  // Neither a restart nor a recomputation brings them back.
  FactRecorder restarted(*database_, pictures_, facts());
  const auto judged = restarted.expire(now);
  ASSERT_TRUE(judged);
  EXPECT_THAT(judged->opened, IsEmpty());
  EXPECT_EQ(alerts(), 2);
  EXPECT_THAT(recompute_records(*database_, facts(), monday, monday, now, true)->differences, IsEmpty());
  EXPECT_EQ(alerts(), 2);

  removed = reset_logs(*database_, site, {.logs = ResetLogs::both, .from = {}, .to = {}}, now);
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->events, 12);
  EXPECT_EQ(removed->alert_logs, 2);
  EXPECT_THAT(recomputed().differences, IsEmpty());
  EXPECT_EQ(database_->attendance().days(monday, monday + days(1))->size(), 2U) << "attendance stays";
  EXPECT_EQ(
      reset_logs(*database_, site, {.logs = ResetLogs::both, .from = monday, .to = monday - days(1)}, now).error().kind,
      ErrorKind::invalid_input);
  EXPECT_EQ(reset_logs_from("both"), ResetLogs::both);
  EXPECT_FALSE(reset_logs_from("attendance"));
}

TEST_P(HousekeepingContract, WhatComesAfterALogWasEmptiedIsLogged) {
  const SiteCalendar site{.zone = facts().site};
  FactRecorder recorder(*database_, pictures_, facts());
  ASSERT_TRUE(recorder.expire(begin));
  ASSERT_TRUE(recorder.record(std::vector{seen("a", begin + 8h + 30min)}));
  ASSERT_THAT(recorder.expire(begin + 9h)->opened, SizeIs(1));
  ASSERT_TRUE(reset_logs(*database_, site, {.logs = ResetLogs::both, .from = monday, .to = monday}, begin + 9h));
  ASSERT_THAT(recorder.expire(begin + 10h)->opened, IsEmpty()) << "that absence was in the log";
  ASSERT_TRUE(recorder.record(std::vector{seen("b", begin + 11h)}));
  EXPECT_THAT(recorder.expire(begin + 11h + 5min)->opened, SizeIs(1)) << "this one is new";
}

INSTANTIATE_TEST_SUITE_P(All, HousekeepingContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
