// What every Database must do, whatever stands behind it.
#include <atomic>
#include <format>
#include <thread>

#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST_P(DatabaseContract, APersonComesBackAsAdded) {
  const auto ana = person("p1", "Ana");
  ASSERT_TRUE(database_->persons().add(ana));
  const auto got = database_->persons().get(PersonId("p1"));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->employee_code, ana.employee_code);
  EXPECT_EQ(got->name, "Ana");
  EXPECT_EQ(got->first_name, "First");
  EXPECT_EQ(got->last_name, "Last");
  EXPECT_EQ(got->email, "a@example.org");
  EXPECT_EQ(got->phone, "+62 1");
  EXPECT_EQ(got->department, "Plant 2");
  EXPECT_EQ(got->role, "welder");
  EXPECT_EQ(got->organisation, "PT Satu");
  EXPECT_EQ(got->type, PersonType::contractor);
  EXPECT_EQ(got->status, PersonStatus::active);
  EXPECT_EQ(got->metadata_json, ana.metadata_json);
  EXPECT_EQ(got->created_at, ana.created_at);
  EXPECT_EQ(got->updated_at, ana.updated_at);
}

TEST_P(DatabaseContract, TextsAreKeptWhateverTheyHold) {
  auto odd = person("p1", "Робин '); DROP TABLE persons; -- \"x\" ? $1 \\ ❤");
  ASSERT_TRUE(database_->persons().add(odd));
  EXPECT_EQ(database_->persons().get(odd.id)->name, odd.name);
}

TEST_P(DatabaseContract, TextsThatAreNoTextAreRefused) {
  for (const auto& bad : {std::string("zero\0byte", 9), std::string("\xff"), std::string("cut \xe2\x9d"),
                          std::string("overlong \xc0\xaf"), std::string("surrogate \xed\xa0\x80")}) {
    auto odd = person("p1", "Ana");
    odd.department = bad;
    const auto added = database_->persons().add(odd);
    ASSERT_FALSE(added) << bad;
    EXPECT_EQ(added.error().kind, ErrorKind::invalid_input);
  }
  EXPECT_TRUE(database_->persons().list()->empty());
}

TEST_P(DatabaseContract, PersonsAreListedByNameThenCode) {
  add_person("p3", "Budi");
  add_person("p2", "Ana");
  add_person("p1", "Budi");
  std::vector<std::string> order;
  const auto listed = database_->persons().list();
  ASSERT_TRUE(listed);
  for (const auto& one : *listed) order.push_back(one.id.str());
  EXPECT_THAT(order, ElementsAre("p2", "p1", "p3"));
}

TEST_P(DatabaseContract, AnEmployeeCodeBelongsToOnePerson) {
  add_person("p1");
  auto second = person("p2", "Other");
  second.employee_code = "code-p1";
  const auto added = database_->persons().add(second);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::conflict);
  EXPECT_THAT(added.error().message, HasSubstr("employee_code code-p1"));

  add_person("p3");
  auto third = person("p3", "Third");
  third.employee_code = "code-p1";
  EXPECT_EQ(database_->persons().update(third).error().kind, ErrorKind::conflict);
  EXPECT_EQ(database_->persons().add(person("p1", "Again")).error().kind, ErrorKind::conflict);
  EXPECT_EQ(database_->persons().list()->size(), 2U);
}

TEST_P(DatabaseContract, APersonNeedsNameAndCode) {
  EXPECT_EQ(database_->persons().add(person("p1", "")).error().kind, ErrorKind::invalid_input);
  auto without_code = person("p1", "Ana");
  without_code.employee_code.clear();
  EXPECT_EQ(database_->persons().add(without_code).error().kind, ErrorKind::invalid_input);
}

TEST_P(DatabaseContract, PersonsAreFoundChangedAndMissed) {
  add_person("p1", "Ana");
  EXPECT_EQ(database_->persons().find_by_code("code-p1").value()->id, PersonId("p1"));
  EXPECT_FALSE(database_->persons().find_by_code("nobody").value());
  auto ana = person("p1", "Ana Maria");
  ana.status = PersonStatus::archived;
  ASSERT_TRUE(database_->persons().update(ana));
  EXPECT_EQ(database_->persons().get(ana.id)->name, "Ana Maria");
  EXPECT_EQ(database_->persons().get(ana.id)->status, PersonStatus::archived);
  EXPECT_EQ(database_->persons().get(PersonId("p9")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(database_->persons().update(person("p9", "X")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(database_->persons().remove(PersonId("p9")).error().kind, ErrorKind::not_found);
}

TEST_P(DatabaseContract, TemplatesComeBackExactly) {
  add_person("p1");
  const std::vector one{0.1F, -0.25F, 3e-8F};
  const std::vector two{1.F, 2.F, 3.F};
  ASSERT_TRUE(database_->templates().add(std::vector{face("t1", "p1", one), face("t2", "p1", two)}));
  const auto got = database_->templates().of_person(PersonId("p1"));
  ASSERT_TRUE(got) << got.error().message;
  ASSERT_EQ(got->size(), 2U);
  EXPECT_THAT(got->at(0).embedding.values(), testing::ElementsAreArray(one));
  EXPECT_THAT(got->at(1).embedding.values(), testing::ElementsAreArray(two));
  EXPECT_EQ(got->at(0).id, TemplateId("t1"));
  EXPECT_EQ(got->at(0).model, model);
  EXPECT_EQ(got->at(0).pose, "front");
  EXPECT_EQ(got->at(0).quality, 0.75F);
  EXPECT_EQ(got->at(0).source, "photo");
  EXPECT_EQ(got->at(0).photo, "face_images/x/001.jpg");
  EXPECT_EQ(got->at(0).created_at, morning);
}

TEST_P(DatabaseContract, TemplatesAreAddedTogetherOrNotAtAll) {
  add_person("p1");
  const auto twice = database_->templates().add(std::vector{face("t1", "p1", {1}), face("t1", "p1", {2})});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, ErrorKind::conflict);
  EXPECT_TRUE(database_->templates().of_person(PersonId("p1"))->empty());
  EXPECT_EQ(database_->templates().add(std::vector{face("t1", "p1", {1}), face("t2", "nobody", {2})}).error().kind,
            ErrorKind::not_found);
  EXPECT_TRUE(database_->templates().of_person(PersonId("p1"))->empty());

  // Inside a transaction that goes on, too.
  ASSERT_TRUE(database_->in_transaction([&]() -> Status {
    EXPECT_FALSE(database_->templates().add(std::vector{face("t1", "p1", {1}), face("t1", "p1", {2})}));
    return database_->templates().add(std::vector{face("t3", "p1", {3})});
  }));
  const auto got = database_->templates().of_person(PersonId("p1"));
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->at(0).id, TemplateId("t3"));
}

TEST_P(DatabaseContract, TheGalleryHoldsActivePeopleOfOneModel) {
  add_person("p1");
  add_person("p2");
  auto other = face("t3", "p1", {3});
  other.model.sha256 = "def";
  ASSERT_TRUE(database_->templates().add(std::vector{face("t1", "p1", {1}), face("t2", "p2", {2}), other}));
  EXPECT_EQ(database_->templates().of_model(model)->size(), 2U);
  auto away = person("p2", "Away");
  away.status = PersonStatus::inactive;
  ASSERT_TRUE(database_->persons().update(away));
  ASSERT_EQ(database_->templates().of_model(model)->size(), 1U);
  EXPECT_EQ(database_->templates().of_model(model)->at(0).person, PersonId("p1"));
  EXPECT_EQ(database_->templates().of_model({"mobileface", "def"})->size(), 1U);

  ASSERT_TRUE(database_->templates().remove(TemplateId("t1")));
  EXPECT_TRUE(database_->templates().of_model(model)->empty());
  EXPECT_EQ(database_->templates().remove(TemplateId("t1")).error().kind, ErrorKind::not_found);
}

TEST_P(DatabaseContract, RejectionsAreRemembered) {
  add_person("p1");
  const std::vector values{0.5F, 0.5F};
  ASSERT_TRUE(database_->templates().add_rejection(
      {.person = PersonId("p1"), .model = model, .embedding = *Embedding::raw(values), .created_at = morning}));
  const auto got = database_->templates().rejections(model);
  ASSERT_TRUE(got);
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->at(0).person, PersonId("p1"));
  EXPECT_EQ(got->at(0).created_at, morning);
  EXPECT_THAT(got->at(0).embedding.values(), testing::ElementsAreArray(values));
  EXPECT_TRUE(database_->templates().rejections({"other", "abc"})->empty());
}

TEST_P(DatabaseContract, CamerasAreReplacedById) {
  CameraRecord camera{.id = CameraId("CAM1"),
                      .name = "Gate",
                      .url = "rtsp://u:p@h/1",
                      .detect_url = "rtsp://h/2",
                      .location = "north",
                      .enabled = true,
                      .config_path = "camera_configs/CAM1/config.json"};
  ASSERT_TRUE(database_->cameras().put(camera));
  camera.name = "North gate";
  camera.enabled = false;
  ASSERT_TRUE(database_->cameras().put(camera));
  const auto listed = database_->cameras().list();
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->at(0).name, "North gate");
  EXPECT_EQ(listed->at(0).url, "rtsp://u:p@h/1");
  EXPECT_EQ(listed->at(0).detect_url, "rtsp://h/2");
  EXPECT_EQ(listed->at(0).location, "north");
  EXPECT_FALSE(listed->at(0).enabled);
  EXPECT_EQ(listed->at(0).config_path, camera.config_path);
  ASSERT_TRUE(database_->cameras().remove(camera.id));
  EXPECT_TRUE(database_->cameras().list()->empty());
  EXPECT_EQ(database_->cameras().remove(camera.id).error().kind, ErrorKind::not_found);
}

TEST_P(DatabaseContract, ASightingIsWrittenOnce) {
  add_person("p1");
  const auto seen = sighting("s1", 0ms, "p1");
  EXPECT_TRUE(database_->sightings().add(seen).value());
  auto again = seen;
  again.confidence = 0.1F;
  EXPECT_FALSE(database_->sightings().add(again).value());
  const auto got = database_->sightings().between(morning, morning + 1ms, std::nullopt);
  ASSERT_EQ(got->size(), 1U);
  const auto& back = got->at(0);
  EXPECT_EQ(back.camera, seen.camera);
  EXPECT_EQ(back.track, seen.track);
  EXPECT_EQ(back.person, seen.person);
  EXPECT_EQ(back.confidence, seen.confidence);
  EXPECT_EQ(back.similarity, seen.similarity);
  EXPECT_EQ(back.at, seen.at);
  EXPECT_EQ(back.pts, seen.pts);
  EXPECT_EQ(back.box.x, 1);
  EXPECT_EQ(back.box.height, 4);
  EXPECT_EQ(back.frame, seen.frame);
  EXPECT_EQ(back.liveness, seen.liveness);
  EXPECT_EQ(back.picture, seen.picture);
}

TEST_P(DatabaseContract, SightingsAreFoundByTimeAndPerson) {
  add_person("p1");
  add_person("p2");
  for (const auto& seen : {sighting("c", 20ms, "p1"), sighting("a", 0ms, "p1"), sighting("b", 10ms, "p2"),
                           sighting("d", 30ms), sighting("aa", 0ms, "p1")})
    ASSERT_TRUE(database_->sightings().add(seen).value());
  auto& sightings = database_->sightings();
  EXPECT_THAT(ids(sightings.between(morning, morning + 30ms, std::nullopt)), ElementsAre("a", "aa", "b", "c"));
  EXPECT_THAT(ids(sightings.between(morning + 1ms, morning + 1h, std::nullopt)), ElementsAre("b", "c", "d"));
  EXPECT_THAT(ids(sightings.between(morning, morning + 1h, PersonId("p1"))), ElementsAre("a", "aa", "c"));
  EXPECT_FALSE(sightings.between(morning + 30ms, morning + 31ms, std::nullopt)->at(0).person);
}

TEST_P(DatabaseContract, ASightingOfNobodyIsRefused) {
  EXPECT_EQ(database_->sightings().add(sighting("s1", 0ms, "nobody")).error().kind, ErrorKind::not_found);
}

TEST_P(DatabaseContract, PresenceAndEdges) {
  add_person("p1");
  auto& attendance = database_->attendance();
  EXPECT_FALSE(attendance.presence(PersonId("p1")).value());
  Presence here{.person = PersonId("p1"),
                .status = PresenceStatus::available,
                .last_seen = morning + 5s,
                .camera = CameraId("CAM1"),
                .changed_at = morning};
  ASSERT_TRUE(attendance.put_presence(here));
  here.last_seen = morning + 9s;
  ASSERT_TRUE(attendance.put_presence(here));
  const auto got = attendance.presence(PersonId("p1")).value();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, PresenceStatus::available);
  EXPECT_EQ(got->last_seen, morning + 9s);
  EXPECT_EQ(got->camera, CameraId("CAM1"));
  EXPECT_EQ(got->changed_at, morning);
  EXPECT_EQ(attendance.all_presence()->size(), 1U);

  const PresenceEdge enter{PersonId("p1"), EdgeKind::enter, morning, CameraId("CAM1")};
  const PresenceEdge exit{PersonId("p1"), EdgeKind::exit, morning + 60s, CameraId("CAM1")};
  ASSERT_TRUE(attendance.add_edge(exit));
  ASSERT_TRUE(attendance.add_edge(enter));
  ASSERT_TRUE(attendance.add_edge(enter));
  const auto edges = attendance.edges(morning, morning + 61s);
  ASSERT_EQ(edges->size(), 2U);
  EXPECT_EQ(edges->at(0).kind, EdgeKind::enter);
  EXPECT_EQ(edges->at(1).kind, EdgeKind::exit);
  EXPECT_EQ(edges->at(1).at, morning + 60s);
  EXPECT_EQ(edges->at(1).camera, CameraId("CAM1"));
  EXPECT_EQ(attendance.edges(morning + 1s, morning + 60s)->size(), 0U);
}

TEST_P(DatabaseContract, AttendanceDays) {
  add_person("p1");
  add_person("p2");
  auto& attendance = database_->attendance();
  EXPECT_FALSE(attendance.day(PersonId("p1"), monday).value());
  AttendanceDay day{.person = PersonId("p1"),
                    .day = monday,
                    .first_in = AttendanceMark{.at = morning,
                                               .camera = CameraId("CAM1"),
                                               .confidence = 0.875F,
                                               .sighting = SightingId("s1"),
                                               .picture = "a.jpg"},
                    .last_out = std::nullopt,
                    .status = AttendanceStatus::late,
                    .entry_type = EntryType::manual,
                    .remarks = "rain"};
  ASSERT_TRUE(attendance.put_day(day));
  const auto got = attendance.day(PersonId("p1"), monday).value();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->first_in->at, morning);
  EXPECT_EQ(got->first_in->camera, CameraId("CAM1"));
  EXPECT_EQ(got->first_in->confidence, 0.875F);
  EXPECT_EQ(got->first_in->sighting, SightingId("s1"));
  EXPECT_EQ(got->first_in->picture, "a.jpg");
  EXPECT_FALSE(got->last_out);
  EXPECT_EQ(got->status, AttendanceStatus::late);
  EXPECT_EQ(got->entry_type, EntryType::manual);
  EXPECT_EQ(got->remarks, "rain");

  day.last_out = day.first_in;
  day.last_out->at = morning + 9h;
  ASSERT_TRUE(attendance.put_day(day));
  EXPECT_EQ(attendance.day(PersonId("p1"), monday).value()->duration(), 9h);

  day.day = monday + std::chrono::days(1);
  ASSERT_TRUE(attendance.put_day(day));
  day.person = PersonId("p2");
  ASSERT_TRUE(attendance.put_day(day));
  EXPECT_EQ(attendance.days(monday, monday)->size(), 1U);
  EXPECT_EQ(attendance.days(monday, monday + std::chrono::days(1))->size(), 3U);
  EXPECT_EQ(attendance.days(monday + std::chrono::days(2), monday + std::chrono::days(9))->size(), 0U);
}

TEST_P(DatabaseContract, AnErasedPersonLeavesOnlyNamelessSightings) {
  add_person("p1");
  ASSERT_TRUE(database_->templates().add(std::vector{face("t1", "p1", {1})}));
  ASSERT_TRUE(database_->templates().add_rejection({.person = PersonId("p1"),
                                                    .model = model,
                                                    .embedding = *Embedding::raw(std::vector{1.F}),
                                                    .created_at = morning}));
  ASSERT_TRUE(database_->sightings().add(sighting("s1", 0ms, "p1")));
  ASSERT_TRUE(database_->attendance().put_presence({.person = PersonId("p1"), .camera = CameraId("CAM1")}));
  ASSERT_TRUE(database_->attendance().add_edge({PersonId("p1"), EdgeKind::enter, morning, CameraId("CAM1")}));
  ASSERT_TRUE(database_->attendance().put_day(
      {.person = PersonId("p1"), .day = monday, .first_in = {}, .last_out = {}, .remarks = {}}));

  ASSERT_TRUE(database_->persons().remove(PersonId("p1")));
  EXPECT_TRUE(database_->templates().of_person(PersonId("p1"))->empty());
  EXPECT_TRUE(database_->templates().rejections(model)->empty());
  EXPECT_FALSE(database_->attendance().presence(PersonId("p1")).value());
  EXPECT_TRUE(database_->attendance().edges(morning, morning + 1h)->empty());
  EXPECT_TRUE(database_->attendance().days(monday, monday)->empty());
  const auto sightings = database_->sightings().between(morning, morning + 1h, std::nullopt);
  ASSERT_EQ(sightings->size(), 1U);
  EXPECT_FALSE(sightings->at(0).person);
}

TEST_P(DatabaseContract, ATransactionIsAllOrNothing) {
  const auto done = database_->in_transaction([&]() -> Status {
    if (auto added = database_->persons().add(person("p1", "Ana")); !added) return added;
    EXPECT_TRUE(database_->persons().get(PersonId("p1"))) << "its own writes are seen inside";
    return fail(ErrorKind::conflict, "thought better of it");
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "thought better of it");
  EXPECT_TRUE(database_->persons().list()->empty());

  EXPECT_THROW(static_cast<void>(database_->in_transaction([&]() -> Status {
                 EXPECT_TRUE(database_->persons().add(person("p1", "Ana")));
                 throw std::runtime_error("broken");
               })),
               std::runtime_error);
  EXPECT_TRUE(database_->persons().list()->empty());

  ASSERT_TRUE(database_->in_transaction([&] { return database_->persons().add(person("p1", "Ana")); }));
  EXPECT_EQ(database_->persons().list()->size(), 1U);
}

TEST_P(DatabaseContract, ATransactionInsideAnotherIsRefused) {
  const auto done = database_->in_transaction([&]() -> Status {
    return database_->in_transaction([&] { return database_->persons().add(person("p1", "A")); });
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::internal);
  EXPECT_TRUE(database_->persons().list()->empty());
  EXPECT_TRUE(database_->persons().add(person("p1", "A")));
}

TEST_P(DatabaseContract, AFailedStatementDoesNotEndTheTransaction) {
  add_person("p1");
  ASSERT_TRUE(database_->in_transaction([&]() -> Status {
    EXPECT_FALSE(database_->persons().add(person("p1", "Again")));
    return database_->persons().add(person("p2", "Other"));
  }));
  EXPECT_EQ(database_->persons().list()->size(), 2U);
}

TEST_P(DatabaseContract, ManyThreadsWriteAndReadAtOnce) {
  constexpr int threads = 8;
  constexpr int each = 25;
  add_person("p1");
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          const auto id = std::format("{}-{}", t, i);
          // Pairs that are written together must never be seen apart.
          const auto done = database_->in_transaction([&]() -> Status {
            for (const char* half : {"a", "b"})
              if (auto added = database_->sightings().add(sighting(half + id, Millis{i}, "p1")); !added)
                return std::unexpected(added.error());
            return {};
          });
          const auto seen = database_->sightings().between(morning, morning + 1h, std::nullopt);
          if (!done || !seen || seen->size() % 2 != 0) ++failures;
        }
      });
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(database_->sightings().between(morning, morning + 1h, std::nullopt)->size(), 2U * threads * each);
}

TEST_P(DatabaseContract, ItCanBeWrittenToAndSaysWhatItIs) {
  EXPECT_TRUE(database_->check());
  EXPECT_FALSE(database_->describe().empty());
}

INSTANTIATE_TEST_SUITE_P(All, DatabaseContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
