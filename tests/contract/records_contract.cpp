// Accounts, images, messages, the audit log, and lists by page, on every database.
#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

class RecordsContract : public DatabaseContract {};

TEST_P(RecordsContract, UsersRolesAndKeys) {
  auto& accounts = database_->accounts();
  const Role hr{.name = "hr", .description = "", .permissions = {"persons:read", "attendance:write"}};
  ASSERT_TRUE(accounts.put({.name = "hr", .description = "old", .permissions = {}}));
  ASSERT_TRUE(accounts.put(hr));
  ASSERT_TRUE(accounts.put({.name = "admin", .description = "", .permissions = {"*"}}));
  EXPECT_EQ(accounts.roles()->size(), 2U);
  EXPECT_EQ(accounts.roles()->at(1), hr);
  EXPECT_EQ(accounts.put({.name = "x", .description = "", .permissions = {"a,b"}}).error().kind,
            ErrorKind::invalid_input);

  User ani{.id = UserId("u1"),
           .name = "ani",
           .display_name = "Ani",
           .password_hash = "$argon2id$x",
           .roles = {"hr", "admin"},
           .is_active = true,
           .created_at = morning,
           .updated_at = morning,
           .last_login_at = std::nullopt};
  ASSERT_TRUE(accounts.add(ani));
  EXPECT_EQ(accounts.user(ani.id).value(), ani);
  EXPECT_EQ(accounts.find_user("ani").value(), ani);
  EXPECT_FALSE(accounts.find_user("budi").value());
  auto again = ani;
  again.id = UserId("u2");
  const auto taken = accounts.add(again);
  EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
  EXPECT_THAT(taken.error().message, HasSubstr("ani"));
  again.name = "budi";
  again.roles = {"nothing"};
  EXPECT_EQ(accounts.add(again).error().kind, ErrorKind::not_found);
  EXPECT_EQ(accounts.users()->size(), 1U) << "all or nothing";
  ani.roles = {"hr"};
  ani.is_active = false;
  ASSERT_TRUE(accounts.update(ani));
  ASSERT_TRUE(accounts.note_login(ani.id, morning + 1h));
  ani.last_login_at = morning + 1h;
  EXPECT_THAT(accounts.users().value(), ElementsAre(ani));
  EXPECT_EQ(accounts.remove_role("hr").error().kind, ErrorKind::conflict);
  EXPECT_TRUE(accounts.remove_role("admin"));
  EXPECT_EQ(accounts.remove_role("admin").error().kind, ErrorKind::not_found);

  ApiKey key{.id = ApiKeyId("k1"),
             .user = ani.id,
             .name = "payroll",
             .hash = "abc",
             .prefix = "hdr_1",
             .permissions = {"attendance:read"},
             .created_at = morning,
             .expires_at = morning + 24h,
             .last_used_at = std::nullopt,
             .revoked_at = std::nullopt};
  ASSERT_TRUE(accounts.add(key));
  EXPECT_EQ(accounts.find_key("abc").value(), key);
  EXPECT_FALSE(accounts.find_key("abd").value());
  EXPECT_EQ(accounts.add(key).error().kind, ErrorKind::conflict);
  key.id = ApiKeyId("k2");
  key.hash = "def";
  key.user = UserId("u9");
  const auto nobody = accounts.add(key);
  EXPECT_EQ(nobody.error().kind, ErrorKind::not_found);
  EXPECT_THAT(nobody.error().message, HasSubstr("u9"));
  ASSERT_TRUE(accounts.note_use(ApiKeyId("k1"), morning + 2h));
  ASSERT_TRUE(accounts.revoke(ApiKeyId("k1"), morning + 3h));
  EXPECT_EQ(accounts.revoke(ApiKeyId("k9"), morning).error().kind, ErrorKind::not_found);
  EXPECT_EQ(accounts.keys()->at(0).last_used_at, morning + 2h);
  EXPECT_FALSE(accounts.keys()->at(0).holds_at(morning + 3h));
  ASSERT_TRUE(accounts.remove(ani.id));
  EXPECT_TRUE(accounts.keys()->empty());
  EXPECT_EQ(accounts.user(ani.id).error().kind, ErrorKind::not_found);
}

TEST_P(RecordsContract, OnePrimaryImageAPerson) {
  add_person("p1");
  auto& images = database_->images();
  PersonImage first{.id = PersonImageId("i1"),
                    .person = PersonId("p1"),
                    .path = "face_images/a.jpg",
                    .size = 5'000'000'000,
                    .is_primary = true,
                    .quality = 0.5F,
                    .face = Rect{1, 2, 3, 4},
                    .created_at = morning};
  auto second = first;
  second.id = PersonImageId("i2");
  second.face.reset();
  second.created_at = morning + 1s;
  ASSERT_TRUE(images.add(first));
  ASSERT_TRUE(images.add(second));
  const auto all = images.of_person(PersonId("p1")).value();
  EXPECT_THAT(names(all), ElementsAre("i2", "i1"));
  EXPECT_TRUE(all[0].is_primary);
  EXPECT_FALSE(all[0].face);
  EXPECT_FALSE(all[1].is_primary);
  EXPECT_EQ(all[1].size, 5'000'000'000);
  ASSERT_TRUE(all[1].face);
  EXPECT_EQ(all[1].face->width, 3);
  ASSERT_TRUE(images.make_primary(first.id));
  EXPECT_THAT(names(images.of_person(PersonId("p1")).value()), ElementsAre("i1", "i2"));
  EXPECT_EQ(images.make_primary(PersonImageId("i9")).error().kind, ErrorKind::not_found);
  ASSERT_TRUE(images.remove(first.id));
  EXPECT_EQ(images.remove(first.id).error().kind, ErrorKind::not_found);
}

TEST_P(RecordsContract, MessagesWaitUntilTheyAreDue) {
  auto& outbox = database_->outbox();
  OutboxMessage message{.id = OutboxId("m1"),
                        .channel = "telegram",
                        .recipient = "-100",
                        .body = R"({"text":"halo"})",
                        .picture = "captures/x.jpg",
                        .last_error = "",
                        .created_at = morning,
                        .due_at = morning + 1s,
                        .sent_at = std::nullopt};
  ASSERT_TRUE(outbox.add(message));
  EXPECT_TRUE(outbox.due(morning, 10)->empty());
  EXPECT_THAT(outbox.due(morning + 1s, 10).value(), ElementsAre(message));
  message.attempts = 1;
  message.last_error = "no answer";
  message.due_at = morning + 1min;
  ASSERT_TRUE(outbox.update(message));
  EXPECT_TRUE(outbox.due(morning + 1s, 10)->empty());
  EXPECT_THAT(outbox.due(morning + 1min, 10).value(), ElementsAre(message));
  EXPECT_EQ(outbox.remove_done_before(morning + 1h).value(), 0) << "it is not done";
  message.state = OutboxState::sent;
  message.sent_at = morning + 2min;
  ASSERT_TRUE(outbox.update(message));
  EXPECT_EQ(outbox.count(OutboxState::sent).value(), 1);
  EXPECT_EQ(outbox.count(OutboxState::pending).value(), 0);
  EXPECT_TRUE(outbox.due(morning + 1h, 10)->empty());
  EXPECT_EQ(outbox.remove_done_before(morning + 1h).value(), 1);
  EXPECT_EQ(outbox.update(message).error().kind, ErrorKind::not_found);
}

TEST_P(RecordsContract, TheAuditLogIsReadNewestFirst) {
  auto& audit = database_->audit();
  const auto entry = [&](const std::string& id, Millis after, const std::string& actor, const std::string& subject) {
    return AuditEntry{.id = AuditId(id),
                      .at = morning + after,
                      .actor = actor,
                      .action = "attendance.correct",
                      .subject = subject,
                      .detail = R"({"before":null})",
                      .address = "10.0.0.7"};
  };
  ASSERT_TRUE(audit.add(entry("1", 0ms, "ani", "p1")));
  ASSERT_TRUE(audit.add(entry("2", 1ms, "budi", "p1")));
  ASSERT_TRUE(audit.add(entry("3", 2ms, "ani", "p2")));
  EXPECT_THAT(names(audit.find({.from = {}, .to = {}, .actor = {}, .subject = {}}, {})->rows),
              ElementsAre("3", "2", "1"));
  EXPECT_THAT(names(audit.find({.from = {}, .to = {}, .actor = "ani", .subject = {}}, {})->rows),
              ElementsAre("3", "1"));
  EXPECT_THAT(names(audit.find({.from = {}, .to = {}, .actor = {}, .subject = "p1"}, {})->rows), ElementsAre("2", "1"));
  const auto middle = audit.find({.from = morning + 1ms, .to = morning + 2ms, .actor = {}, .subject = {}}, {}).value();
  EXPECT_THAT(middle.rows, ElementsAre(entry("2", 1ms, "budi", "p1")));
  EXPECT_EQ(audit.add(entry("1", 0ms, "eve", "p1")).error().kind, ErrorKind::conflict);
}

TEST_P(RecordsContract, PersonsAreFilteredAndPaged) {
  auto ana = person("p1", "Ana 100%");
  ana.id_number = "3174";
  ana.id_type = "ktp";
  auto budi = person("p2", "Budi_S");
  budi.type = PersonType::visitor;
  budi.department = "Office";
  budi.email = "BUDI@example.org";
  auto citra = person("p3", "Citra");
  citra.status = PersonStatus::archived;
  for (const auto& one : {ana, budi, citra}) ASSERT_TRUE(database_->persons().add(one));
  EXPECT_EQ(database_->persons().get(ana.id)->id_number, "3174");
  EXPECT_EQ(database_->persons().get(ana.id)->id_type, "ktp");
  const auto found = [&](const PersonFilter& filter) {
    return names(database_->persons().find(filter, {}).value().rows);
  };
  const PersonFilter nothing{.type = {}, .status = {}, .department = {}, .text = ""};
  EXPECT_THAT(found(nothing), ElementsAre("p1", "p2", "p3"));
  auto filter = nothing;
  filter.type = PersonType::visitor;
  EXPECT_THAT(found(filter), ElementsAre("p2"));
  filter = nothing;
  filter.status = PersonStatus::archived;
  EXPECT_THAT(found(filter), ElementsAre("p3"));
  filter = nothing;
  filter.department = "Plant 2";
  EXPECT_THAT(found(filter), ElementsAre("p1", "p3"));
  filter = nothing;
  filter.text = "bUdI@";
  EXPECT_THAT(found(filter), ElementsAre("p2"));
  filter.text = "0%";
  EXPECT_THAT(found(filter), ElementsAre("p1")) << "a percent sign is a letter";
  filter.text = "i_s";
  EXPECT_THAT(found(filter), ElementsAre("p2"));
  filter.text = "code-p3";
  EXPECT_THAT(found(filter), ElementsAre("p3"));
  filter = nothing;
  filter.departments = {"Office", "Kitchen"};
  EXPECT_THAT(found(filter), ElementsAre("p2"));
  filter.departments = {"Kitchen"};
  EXPECT_THAT(found(filter), ElementsAre());
  filter = nothing;
  filter.order = PersonOrder::employee_code;
  filter.descending = true;
  EXPECT_THAT(found(filter), ElementsAre("p3", "p2", "p1"));
  const auto page = database_->persons().find(nothing, {.offset = 1, .limit = 1}).value();
  EXPECT_EQ(page.total, 3);
  EXPECT_THAT(names(page.rows), ElementsAre("p2"));
}

TEST_P(RecordsContract, WhatPeopleWereIsKept) {
  auto& persons = database_->persons();
  auto ana = person("p1", "Ana");
  ana.department = "plant";
  ana.type = PersonType::employee;
  ASSERT_TRUE(persons.add(ana));
  ana.phone = "1";
  ana.updated_at = morning;
  ASSERT_TRUE(persons.update(ana));
  EXPECT_TRUE(persons.former_standings()->empty()) << "nothing that judgements depend on has changed";
  const FormerStanding plant{.person = ana.id, .until = morning + 1h, .department = "plant"};
  ana.department = "office";
  ana.updated_at = morning + 1h;
  ASSERT_TRUE(persons.update(ana));
  ana.department = "cellar";  // in the same millisecond: they were never of the office
  ASSERT_TRUE(persons.update(ana));
  const FormerStanding active{.person = ana.id, .until = morning + 2h, .department = "cellar"};
  ana.status = PersonStatus::archived;
  ana.updated_at = morning + 2h;
  ASSERT_TRUE(persons.update(ana));
  auto ben = person("p2", "Ben");
  ben.type = PersonType::visitor;
  ASSERT_TRUE(persons.add(ben));
  ben.type = PersonType::employee;
  ben.updated_at = morning;
  ASSERT_TRUE(persons.update(ben));
  const FormerStanding visitor{
      .person = ben.id, .until = morning, .department = "Plant 2", .type = PersonType::visitor};
  EXPECT_THAT(persons.former_standings(ana.id).value(), ElementsAre(plant, active));
  EXPECT_THAT(persons.former_standings().value(), ElementsAre(plant, active, visitor));
  ben.employee_code = ana.employee_code;
  ben.department = "plant";
  EXPECT_EQ(persons.update(ben).error().kind, ErrorKind::conflict);
  EXPECT_THAT(persons.former_standings(ben.id).value(), ElementsAre(visitor)) << "all or nothing";
  ASSERT_TRUE(persons.remove(ana.id));
  EXPECT_THAT(persons.former_standings().value(), ElementsAre(visitor)) << "nothing is left of who was erased";
}

TEST_P(RecordsContract, PeopleAreFoundWhateverCaseAndAccents) {
  auto asa = person("p1", "Åsa Öberg");
  asa.first_name = "Åsa";
  asa.last_name = "Öberg";
  auto lukasz = person("p2", "ŁUKASZ ŻÓŁĆ");
  auto maria = person("p3", "Maria Großmann");
  for (const auto& one : {asa, lukasz, maria}) ASSERT_TRUE(database_->persons().add(one));
  const auto found = [&](const std::string& text) {
    PersonFilter filter;
    filter.text = text;
    return names(database_->persons().find(filter, {}).value().rows);
  };
  for (const char* text : {"asa", "ÅSA", "åsa", "A\xCC\x8Asa", "oberg asa", "asa öb"})
    EXPECT_THAT(found(text), ElementsAre("p1")) << text;
  EXPECT_THAT(found("lukasz zolc"), ElementsAre("p2"));
  EXPECT_THAT(found("GROSSMANN"), ElementsAre("p3"));
  EXPECT_THAT(found("großmann"), ElementsAre("p3"));
  asa.name = "Eva Nyström";
  asa.first_name = asa.last_name = "";
  ASSERT_TRUE(database_->persons().update(asa));
  EXPECT_THAT(found("nystrom"), ElementsAre("p1"));
  EXPECT_THAT(found("oberg"), ElementsAre());
}

TEST_P(RecordsContract, EnrolmentsAreCounted) {
  add_person("p1");
  add_person("p2");
  auto second = face("t2", "p1", {2});
  second.created_at = morning + 1h;
  second.is_primary = true;
  ASSERT_TRUE(database_->templates().add(std::vector{face("t1", "p1", {1}), second}));
  const auto enrolled = database_->templates().enrolments().value();
  ASSERT_EQ(enrolled.size(), 1U);
  EXPECT_EQ(enrolled[0].person, PersonId("p1"));
  EXPECT_EQ(enrolled[0].templates, 2);
  EXPECT_EQ(enrolled[0].first, morning);
  EXPECT_EQ(enrolled[0].last, morning + 1h);
  EXPECT_FALSE(database_->templates().of_person(PersonId("p1"))->at(0).is_primary);
  EXPECT_TRUE(database_->templates().of_person(PersonId("p1"))->at(1).is_primary);
}

TEST_P(RecordsContract, SightingsArePagedNewestFirst) {
  add_person("p1");
  auto elsewhere = sighting("e", 5ms, "p1");
  elsewhere.camera = CameraId("CAM2");
  for (const auto& seen :
       {sighting("a", 0ms, "p1"), sighting("b", 1ms), sighting("c", 1ms, "p1"), sighting("d", 1ms, "p1"), elsewhere})
    ASSERT_TRUE(database_->sightings().add(seen).value());
  SightingFilter filter{
      .from = morning, .to = morning + 1h, .person = {}, .camera = {}, .last_at = {}, .last_id = SightingId("")};
  const auto page = [&](int most) { return ids(database_->sightings().newest(filter, most)); };
  EXPECT_THAT(page(10), ElementsAre("e", "d", "c", "b", "a"));
  EXPECT_THAT(page(2), ElementsAre("e", "d"));
  filter.last_at = morning + 1ms;
  filter.last_id = SightingId("d");
  EXPECT_THAT(page(2), ElementsAre("c", "b"));
  filter.last_id = SightingId("b");
  EXPECT_THAT(page(2), ElementsAre("a"));
  filter.last_at.reset();
  filter.camera = CameraId("CAM2");
  EXPECT_THAT(page(10), ElementsAre("e"));
  filter.camera = CameraId("CAM1");
  filter.person = PersonId("p1");
  EXPECT_THAT(page(10), ElementsAre("d", "c", "a"));
  EXPECT_EQ(database_->sightings().remove_between(morning + 1ms, morning + 2ms).value(), 3);
  EXPECT_EQ(database_->sightings().remove_between(std::nullopt, std::nullopt).value(), 2);
}

TEST_P(RecordsContract, AttendanceKeepsWhoApprovedAndIsPaged) {
  add_person("p1");
  add_person("p2");
  auto& attendance = database_->attendance();
  AttendanceDay day{.person = PersonId("p1"),
                    .day = monday,
                    .first_in = AttendanceMark{.at = morning,
                                               .camera = CameraId("CAM1"),
                                               .confidence = 1,
                                               .sighting = SightingId("s1"),
                                               .picture = "",
                                               .source = "manual"},
                    .last_out = std::nullopt,
                    .status = AttendanceStatus::late,
                    .remarks = "",
                    .approved_by = "ani",
                    .approved_at = morning + 1h,
                    .created_at = morning,
                    .updated_at = morning + 2h};
  ASSERT_TRUE(attendance.put_day(day));
  const auto got = attendance.day(PersonId("p1"), monday).value();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->first_in->source, "manual");
  EXPECT_EQ(got->approved_by, "ani");
  EXPECT_EQ(got->approved_at, morning + 1h);
  EXPECT_EQ(got->created_at, morning);
  EXPECT_EQ(got->updated_at, morning + 2h);

  const auto tuesday = monday + std::chrono::days(1);
  day.day = tuesday;
  day.status = AttendanceStatus::present;
  ASSERT_TRUE(attendance.put_day(day));
  day.person = PersonId("p2");
  ASSERT_TRUE(attendance.put_day(day));
  EXPECT_EQ(attendance.days_of(PersonId("p1"), monday, tuesday)->size(), 2U);
  EXPECT_EQ(attendance.days_of(PersonId("p1"), tuesday, tuesday)->size(), 1U);
  const DayFilter both{.from = monday, .to = tuesday, .person = {}, .status = {}};
  const auto page = attendance.find_days(both, {.offset = 0, .limit = 2}).value();
  EXPECT_EQ(page.total, 3);
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].day, tuesday);
  EXPECT_EQ(page.rows[0].person, PersonId("p2"));
  EXPECT_EQ(page.rows[1].person, PersonId("p1"));
  auto filter = both;
  filter.status = AttendanceStatus::late;
  EXPECT_EQ(attendance.find_days(filter, {})->total, 1);
  filter = both;
  filter.person = PersonId("p2");
  EXPECT_EQ(attendance.find_days(filter, {})->total, 1);
  ASSERT_TRUE(attendance.remove_day(PersonId("p1"), monday));
  ASSERT_TRUE(attendance.remove_day(PersonId("p1"), monday)) << "nothing to remove is fine";
  EXPECT_FALSE(attendance.day(PersonId("p1"), monday).value());
}

TEST_P(RecordsContract, EdgesAreFoundByPersonAndRemoved) {
  add_person("p1");
  add_person("p2");
  auto& attendance = database_->attendance();
  const PresenceEdge enter{PersonId("p1"), EdgeKind::enter, morning, CameraId("CAM1")};
  const PresenceEdge exit{PersonId("p1"), EdgeKind::exit, morning + 1min, CameraId("CAM1")};
  for (const auto& edge : {enter, exit, PresenceEdge{PersonId("p2"), EdgeKind::enter, morning, CameraId("CAM1")}})
    ASSERT_TRUE(attendance.add_edge(edge));
  EXPECT_EQ(attendance.edges_of(PersonId("p1"), morning, morning + 1h)->size(), 2U);
  ASSERT_TRUE(attendance.remove_edge(exit));
  ASSERT_TRUE(attendance.remove_edge(exit));
  ASSERT_EQ(attendance.edges_of(PersonId("p1"), morning, morning + 1h)->size(), 1U);
  EXPECT_EQ(attendance.edges_of(PersonId("p1"), morning, morning + 1h)->at(0).kind, EdgeKind::enter);
  ASSERT_TRUE(attendance.put_presence({.person = PersonId("p1"), .camera = CameraId("CAM1")}));
  ASSERT_TRUE(attendance.remove_presence(PersonId("p1")));
  EXPECT_FALSE(attendance.presence(PersonId("p1")).value());
  EXPECT_EQ(attendance.remove_edges(std::nullopt, morning).value(), 0);
  EXPECT_EQ(attendance.remove_edges(morning, std::nullopt).value(), 2);
}

INSTANTIATE_TEST_SUITE_P(All, RecordsContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
