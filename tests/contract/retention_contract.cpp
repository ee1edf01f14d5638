// What goes by its age, on every database.
#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RetentionContract : public DatabaseContract {
 protected:
  Retention& retention() { return database_->retention(); }
  static RemovedSpan before(Instant moment) { return {.from = std::nullopt, .to = moment}; }
  AttendanceDay day(const std::string& person, LocalDay date, const std::string& picture) {
    AttendanceDay made{
        .person = PersonId(person), .day = date, .first_in = std::nullopt, .last_out = std::nullopt, .remarks = {}};
    made.first_in = AttendanceMark{.at = morning, .camera = CameraId("CAM1"), .sighting = {}, .picture = picture};
    return made;
  }
};

TEST_P(RetentionContract, RowsGoInBatchesByTheirMoment) {
  add_person("p1");
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(database_->sightings().add(sighting("s" + std::to_string(i), i * 1h, "p1")));
    ASSERT_TRUE(database_->attendance().add_edge(
        {.person = PersonId("p1"), .kind = EdgeKind::enter, .at = morning + i * 1h, .camera = CameraId("CAM1")}));
    ASSERT_TRUE(database_->alerts().add({.id = NotificationId("n" + std::to_string(i)),
                                         .person = std::nullopt,
                                         .camera = std::nullopt,
                                         .alert = std::nullopt,
                                         .message = "x",
                                         .created_at = morning + i * 1h}));
  }
  for (const auto rows : {KeptRows::sightings, KeptRows::presence_edges, KeptRows::notifications}) {
    const auto span = before(morning + 3h);
    EXPECT_EQ(retention().count(rows, span).value(), 3);
    EXPECT_EQ(retention().remove(rows, span, 2).value(), 2);
    EXPECT_EQ(retention().count(rows, span).value(), 1);
    EXPECT_EQ(retention().remove(rows, span, 2).value(), 1);
    EXPECT_EQ(retention().remove(rows, span, 2).value(), 0);
    EXPECT_EQ(retention().count(rows, {}).value(), 2) << "the others stay";
    EXPECT_EQ(retention().count(rows, {.from = morning + 3h, .to = morning + 4h}).value(), 1);
  }
  EXPECT_THAT(ids(database_->sightings().between(morning, morning + 9h, std::nullopt)), ElementsAre("s3", "s4"));
}

TEST_P(RetentionContract, AMessageStillToBeSentStays) {
  const auto message = [&](const std::string& id, OutboxState state) {
    OutboxMessage made;
    made.id = OutboxId(id);
    made.channel = "telegram";
    made.body = "{}";
    made.state = state;
    made.created_at = morning;
    return made;
  };
  ASSERT_TRUE(database_->outbox().add(message("m1", OutboxState::pending)));
  ASSERT_TRUE(database_->outbox().add(message("m2", OutboxState::sent)));
  ASSERT_TRUE(database_->outbox().add(message("m3", OutboxState::failed)));
  EXPECT_EQ(retention().count(KeptRows::outbox, {}).value(), 2);
  EXPECT_EQ(retention().remove(KeptRows::outbox, {}, 10).value(), 2);
  EXPECT_EQ(database_->outbox().count(OutboxState::pending).value(), 1);
}

TEST_P(RetentionContract, WhatWasRemovedIsRemembered) {
  EXPECT_THAT(retention().removed(KeptRows::presence_edges).value(), IsEmpty());
  const RemovedSpan day{.from = morning + 48h, .to = morning + 72h};
  ASSERT_TRUE(retention().note_removed(KeptRows::presence_edges, day));
  ASSERT_TRUE(retention().note_removed(KeptRows::presence_edges, before(morning)));
  ASSERT_TRUE(retention().note_removed(KeptRows::presence_edges, before(morning + 24h)));
  EXPECT_THAT(retention().removed(KeptRows::presence_edges).value(), ElementsAre(before(morning + 24h), day));
  EXPECT_THAT(retention().removed(KeptRows::alert_logs).value(), IsEmpty()) << "each kind for itself";
  ASSERT_TRUE(retention().note_removed(KeptRows::presence_edges, {.from = morning + 24h, .to = morning + 48h}));
  EXPECT_THAT(retention().removed(KeptRows::presence_edges).value(), ElementsAre(before(morning + 72h)));
  ASSERT_TRUE(retention().note_removed(KeptRows::alert_logs, {}));
  ASSERT_TRUE(retention().note_removed(KeptRows::alert_logs, before(morning)));
  EXPECT_THAT(retention().removed(KeptRows::alert_logs).value(), ElementsAre(RemovedSpan{}));
  EXPECT_TRUE(RemovedSpan{}.contains(morning));
  EXPECT_TRUE(day.contains(morning + 48h));
  EXPECT_FALSE(day.contains(morning + 72h));
}

TEST_P(RetentionContract, RecordsForgetPictures) {
  add_person("p1");
  add_person("p2");
  const auto with = [&](const std::string& id, Millis after, const std::string& picture) {
    auto seen = sighting(id, after);
    seen.picture = picture;
    return seen;
  };
  ASSERT_TRUE(database_->sightings().add(with("s1", 0ms, "captures/CAM1/unknown/2026-01-05/s1.jpg")));
  ASSERT_TRUE(database_->sightings().add(with("s2", 1h, "captures/CAM1/unknown/2026-01-05/s2.jpg")));
  ASSERT_TRUE(database_->sightings().add(with("s3", 2h, "captures/CAM1/unknown/2026-01-051/s3.jpg")));
  ASSERT_TRUE(database_->sightings().add(with("s4", 90h, "captures/CAM1/unknown/2026-01-05/s4.jpg")));
  ASSERT_TRUE(database_->sightings().add(with("s5", 3h, "")));
  const RemovedSpan span{.from = morning - 24h, .to = morning + 24h};
  EXPECT_THAT(retention().sighting_pictures(span).value(),
              UnorderedElementsAre("captures/CAM1/unknown/2026-01-05/s1.jpg", "captures/CAM1/unknown/2026-01-05/s2.jpg",
                                   "captures/CAM1/unknown/2026-01-051/s3.jpg"));
  const std::string folder = "captures/CAM1/unknown/2026-01-05";
  EXPECT_EQ(retention().forget_sighting_pictures(span, folder, 1).value(), 1);
  EXPECT_EQ(retention().forget_sighting_pictures(span, folder, 9).value(), 1);
  EXPECT_EQ(retention().forget_sighting_pictures(span, folder, 9).value(), 0);
  EXPECT_THAT(
      retention().sighting_pictures({}).value(),
      UnorderedElementsAre("captures/CAM1/unknown/2026-01-051/s3.jpg", "captures/CAM1/unknown/2026-01-05/s4.jpg"));
  EXPECT_EQ(retention().forget_sighting_pictures({}, folder, 9).value(), 1) << "without bounds, too";

  ASSERT_TRUE(database_->attendance().put_day(day("p1", monday, "attendance_captures/2026-01-05/a/first_in.jpg")));
  ASSERT_TRUE(database_->attendance().put_day(day("p2", monday, "")));
  const auto tuesday = monday + std::chrono::days(1);
  ASSERT_TRUE(database_->attendance().put_day(day("p1", tuesday, "attendance_captures/2026-01-06/a/first_in.jpg")));
  EXPECT_EQ(retention().forget_day_pictures(monday).value(), 1);
  const auto kept = database_->attendance().day(PersonId("p1"), monday).value();
  EXPECT_EQ(kept->first_in->picture, "");
  EXPECT_EQ(kept->first_in->at, morning);
  EXPECT_FALSE(kept->last_out);
  EXPECT_NE(database_->attendance().day(PersonId("p1"), tuesday).value()->first_in->picture, "");
}

TEST_P(RetentionContract, ASightingIsAssignedToWhomSomebodySays) {
  add_person("p1");
  add_person("p2");
  ASSERT_TRUE(database_->sightings().add(sighting("s1", 0ms, "p1")));
  ASSERT_TRUE(database_->sightings().assign(SightingId("s1"), PersonId("p2"), 1));
  auto seen = database_->sightings().sighting(SightingId("s1")).value();
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->person, PersonId("p2"));
  EXPECT_EQ(seen->confidence, 1);
  EXPECT_EQ(seen->similarity, 0.5F);
  ASSERT_TRUE(database_->sightings().assign(SightingId("s1"), std::nullopt, 0.9F));
  EXPECT_FALSE(database_->sightings().sighting(SightingId("s1")).value()->person);
  EXPECT_FALSE(database_->sightings().sighting(SightingId("s9")).value());
  EXPECT_EQ(database_->sightings().assign(SightingId("s9"), std::nullopt, 0).error().kind, ErrorKind::not_found);
  EXPECT_EQ(database_->sightings().assign(SightingId("s1"), PersonId("p9"), 0).error().kind, ErrorKind::not_found);
}

TEST_P(RetentionContract, TheLatestOutageOfACamera) {
  auto& rules = database_->rules();
  EXPECT_FALSE(rules.latest_outage(CameraId("CAM1")).value());
  const CameraOutage first{.camera = CameraId("CAM1"), .from = morning, .until = morning + 1h};
  const CameraOutage later{.camera = CameraId("CAM1"), .from = morning + 2h, .until = std::nullopt};
  const CameraOutage other{.camera = CameraId("CAM2"), .from = morning + 3h, .until = std::nullopt};
  for (const auto& outage : {later, first, other}) ASSERT_TRUE(rules.put(outage));
  EXPECT_EQ(rules.latest_outage(CameraId("CAM1")).value(), later);
}

INSTANTIATE_TEST_SUITE_P(All, RetentionContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
