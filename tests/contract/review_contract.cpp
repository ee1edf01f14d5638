// Reviews and corrections of attendance, on every database.
#include "app/attendance/correction.hpp"
#include "app/attendance/review.hpp"
#include "app/facts/fact_recorder.hpp"
#include "app/facts/picture_paths.hpp"
#include "app/facts/recomputation.hpp"
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

/// An office in Jakarta that works 08:00 to 17:00. `begin` is Monday, 00:00 there; everything is decided on Tuesday.
class ReviewContract : public DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    ScheduleVersion schedule;
    schedule.id = ScheduleId("first");
    schedule.valid_from = begin - days(30);
    ASSERT_TRUE(database_->rules().add(schedule));
    for (const auto& [id, name] : {std::pair{"p1", "Ana"}, {"p2", "Ben"}}) {
      auto somebody = person(id, name);
      somebody.type = PersonType::employee;
      somebody.created_at = begin - days(9);
      ASSERT_TRUE(database_->persons().add(somebody));
    }
    recorder_ = std::make_unique<FactRecorder>(*database_, pictures_, facts());
    ASSERT_TRUE(recorder_->expire(begin));
  }
  void TearDown() override {
    recorder_.reset();
    DatabaseContract::TearDown();
  }
  FactRules facts() const {
    FactRules rules;
    rules.site = std::chrono::locate_zone("Asia/Jakarta");
    rules.since = begin - days(30);
    return rules;
  }
  void see(const std::string& id, Millis after, float confidence, TrackId track = 7, const std::string& of = "p1") {
    SightingFact fact{.sighting = sighting(id, begin + after - morning, of), .picture = {'o', 'f', ' ', 'x'}};
    fact.picture.back() = static_cast<std::uint8_t>(id.back());
    fact.sighting.picture.clear();
    fact.sighting.confidence = confidence;
    fact.sighting.track = track;
    ASSERT_TRUE(recorder_->record(std::vector{fact}));
  }
  void close_monday() {
    ASSERT_TRUE(recorder_->expire(tuesday));
    recorder_->flush(tuesday);
  }
  std::optional<AttendanceDay> day(const std::string& of = "p1") {
    return database_->attendance().day(PersonId(of), monday).value();
  }
  std::vector<ReviewItem> queue(const std::optional<PersonId>& of = {}) {
    const auto page = review_queue(*database_, facts(), monday, monday + days(1), of, {}, tuesday);
    EXPECT_TRUE(page) << page.error().message;
    return page ? page->rows : std::vector<ReviewItem>{};
  }
  Review review(ReviewDecision decision) {
    Review made;
    made.person = PersonId("p1");
    made.day = monday;
    made.decision = decision;
    made.remarks = "looked at the picture";
    made.seen_updated_at = day()->updated_at;
    return made;
  }
  Result<std::optional<AttendanceDay>> decide(const Review& made, Instant now) {
    return decide_review(*database_, pictures_, facts(), made, "ani", now);
  }
  /// Whatever judges afterwards, the records stay.
  void nothing_undoes_it() {
    const auto before = database_->attendance().days(monday, monday).value();
    FactRecorder restarted(*database_, pictures_, facts());
    ASSERT_TRUE(restarted.expire(tuesday + 1h));
    const auto made = recompute_records(*database_, facts(), monday, monday, tuesday + 1h, true);
    ASSERT_TRUE(made);
    EXPECT_THAT(made->differences, IsEmpty()) << made->differences.front().record << made->differences.front().computed;
    const auto after = database_->attendance().days(monday, monday).value();
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].status, after[i].status);
      EXPECT_EQ(before[i].entry_type, after[i].entry_type);
      EXPECT_EQ(before[i].updated_at, after[i].updated_at);
    }
  }
  std::vector<AuditEntry> audited() {
    return database_->audit().find({.from = {}, .to = {}, .actor = "ani", .subject = {}}, {})->rows;
  }

  const Instant begin = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} - 7h;
  const Instant tuesday = begin + days(1) + 2h;
  MemoryPictures pictures_;
  std::unique_ptr<FactRecorder> recorder_;
};

TEST_P(ReviewContract, TheQueueTellsWhatWaitsAndWhy) {
  see("s1", 8h, 0.65F);
  see("s2", 8h, 0.9F, 8, "p2");
  see("s3", 17h + 5min, 0.9F, 9, "p2");
  close_monday();
  const auto waiting = queue();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].person.name, "Ana");
  EXPECT_TRUE(waiting[0].closed);
  EXPECT_EQ(waiting[0].mark.at, begin + 8h);
  EXPECT_EQ(waiting[0].mark.picture, attendance_folder(monday, "code-p1") + "/first_in.jpg");
  ASSERT_TRUE(waiting[0].sighting);
  EXPECT_EQ(waiting[0].sighting->id, SightingId("s1"));
  EXPECT_THAT(waiting[0].reason.text, HasSubstr("confidence 0.65"));
  EXPECT_THAT(queue(PersonId("p2")), IsEmpty());
  EXPECT_EQ(review_queue(*database_, facts(), monday, monday - days(1), {}, {}, tuesday).error().kind,
            ErrorKind::invalid_input);
}

TEST_P(ReviewContract, AConfirmedArrivalIsManualAndStays) {
  see("s1", 13h, 0.9F);  // seen first after noon
  see("s2", 17h + 5min, 0.9F);
  close_monday();
  ASSERT_THAT(queue(), SizeIs(1));
  EXPECT_THAT(queue()[0].reason.text, HasSubstr("13:00"));
  auto stale = review(ReviewDecision::check_in);
  stale.seen_updated_at = begin;
  EXPECT_EQ(decide(stale, tuesday).error().kind, ErrorKind::conflict);
  const auto decided = decide(review(ReviewDecision::check_in), tuesday);
  ASSERT_TRUE(decided) << decided.error().message;
  ASSERT_TRUE(*decided);
  EXPECT_EQ((*decided)->status, AttendanceStatus::late) << "by the rules, without the noon rule";
  EXPECT_EQ((*decided)->entry_type, EntryType::manual);
  EXPECT_EQ((*decided)->approved_by, "ani");
  EXPECT_EQ((*decided)->approved_at, tuesday);
  EXPECT_EQ((*decided)->remarks, "looked at the picture");
  EXPECT_EQ((*decided)->first_in->at, begin + 13h);
  EXPECT_EQ((*decided)->last_out->at, begin + 17h + 5min);
  EXPECT_THAT(queue(), IsEmpty());
  nothing_undoes_it();
  EXPECT_EQ(decide(review(ReviewDecision::check_in), tuesday).error().kind, ErrorKind::conflict) << "it was decided";
  const auto entries = audited();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].action, "attendance.review");
  EXPECT_EQ(entries[0].subject, "p1");
  EXPECT_THAT(entries[0].detail, HasSubstr("\"decision\":\"check_in\""));
  EXPECT_THAT(entries[0].detail, HasSubstr("PENDING_REVIEW"));
}

TEST_P(ReviewContract, ADepartureNeedsNoArrival) {
  see("s1", 17h + 10min, 0.9F);
  close_monday();
  auto made = review(ReviewDecision::check_out);
  made.first_in = begin + 18h;
  EXPECT_EQ(decide(made, tuesday).error().kind, ErrorKind::invalid_input) << "after the last out";
  made.first_in = begin + 7h + 50min;
  auto decided = decide(made, tuesday);
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_EQ((*decided)->first_in->at, begin + 7h + 50min);
  EXPECT_EQ((*decided)->first_in->source, "manual");
  EXPECT_EQ((*decided)->last_out->sighting, SightingId("s1"));
  EXPECT_EQ((*decided)->status, AttendanceStatus::present);

  see("t1", 17h + 10min, 0.9F, 3, "p2");
  ASSERT_TRUE(recorder_->expire(tuesday + 1s));
  made = review(ReviewDecision::check_out);
  made.person = PersonId("p2");
  made.seen_updated_at = day("p2")->updated_at;
  decided = decide(made, tuesday);
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_FALSE((*decided)->first_in);
  EXPECT_EQ((*decided)->last_out->at, begin + 17h + 10min);
  nothing_undoes_it();
}

TEST_P(ReviewContract, ADayThatIsNotOverIsNotConfirmedByAccident) {
  see("s1", 13h, 0.9F);
  ASSERT_TRUE(recorder_->expire(begin + 13h + 30min));
  auto made = review(ReviewDecision::check_in);
  const auto refused = decide(made, begin + 14h);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_THAT(refused.error().message, HasSubstr("not over"));
  made.while_open = true;
  EXPECT_TRUE(decide(made, begin + 14h));
}

TEST_P(ReviewContract, SomebodyElseGetsTheSightingAndEverythingThatFollows) {
  see("s1", 8h, 0.65F);
  see("s2", 8h + 1min, 0.66F);
  see("s3", 17h + 5min, 0.67F);  // the same number, much later: another track
  close_monday();
  auto made = review(ReviewDecision::other_person);
  EXPECT_EQ(decide(made, tuesday).error().kind, ErrorKind::invalid_input) << "who?";
  made.other = PersonId("p9");
  EXPECT_EQ(decide(made, tuesday).error().kind, ErrorKind::not_found);
  made.other = PersonId("p2");
  const auto decided = decide(made, tuesday);
  ASSERT_TRUE(decided) << decided.error().message;
  ASSERT_TRUE(*decided);
  EXPECT_EQ((*decided)->first_in->sighting, SightingId("s3")) << "what is left of Ana's day still waits";
  EXPECT_EQ((*decided)->status, AttendanceStatus::pending_review);
  const auto others = day("p2");
  ASSERT_TRUE(others);
  EXPECT_EQ(others->first_in->sighting, SightingId("s1"));
  EXPECT_EQ(others->first_in->confidence, 1);
  EXPECT_EQ(others->last_out->sighting, SightingId("s2"));
  EXPECT_EQ(others->status, AttendanceStatus::left_early);
  EXPECT_EQ(others->entry_type, EntryType::automatic);
  EXPECT_EQ(others->first_in->picture, attendance_folder(monday, "code-p2") + "/first_in.jpg");
  EXPECT_EQ(pictures_.get(others->first_in->picture).value(), (Bytes{'o', 'f', ' ', '1'}));
  EXPECT_FALSE(pictures_.files().contains(attendance_folder(monday, "code-p1") + "/first_in.jpg"));
  EXPECT_EQ(database_->attendance().presence(PersonId("p2")).value()->last_seen, begin + 8h + 1min);
  EXPECT_EQ(database_->attendance().presence(PersonId("p1")).value()->last_seen, begin + 17h + 5min);
  nothing_undoes_it();
}

TEST_P(ReviewContract, WhatIsRejectedWasNobody) {
  see("s1", 8h + 30min, 0.65F);
  close_monday();
  ASSERT_THAT(database_->alerts().of_day(PersonId("p1"), monday).value(), SizeIs(1)) << "she seemed to have left";
  const auto decided = decide(review(ReviewDecision::reject), tuesday);
  ASSERT_TRUE(decided) << decided.error().message;
  ASSERT_TRUE(*decided) << "a working day without anybody is recorded";
  EXPECT_EQ((*decided)->status, AttendanceStatus::absent);
  EXPECT_EQ((*decided)->entry_type, EntryType::system);
  EXPECT_FALSE((*decided)->first_in);
  EXPECT_FALSE(database_->sightings().sighting(SightingId("s1")).value()->person);
  EXPECT_THAT(database_->alerts().of_day(PersonId("p1"), monday).value(), IsEmpty());
  EXPECT_FALSE(database_->attendance().presence(PersonId("p1")).value());
  EXPECT_THAT(database_->attendance().edges_of(PersonId("p1"), begin, tuesday).value(), IsEmpty());
  EXPECT_THAT(queue(), IsEmpty());
  nothing_undoes_it();
  // The same sighting from the spool changes nothing.
  see("s1", 8h + 30min, 0.65F);
  EXPECT_EQ(day()->status, AttendanceStatus::absent);
}

TEST_P(ReviewContract, ACorrectionIsKeptAgainstTheMachineAndAgainstOthers) {
  see("s1", 8h, 0.9F);
  see("s2", 12h, 0.9F);
  close_monday();
  ASSERT_EQ(day()->status, AttendanceStatus::left_early);
  Correction made;
  made.person = PersonId("p1");
  made.day = monday;
  made.last_out = begin + 17h + 30min;
  made.remarks = "at a customer's";
  EXPECT_EQ(correct_day(*database_, facts(), made, "ani", tuesday).error().kind, ErrorKind::conflict) << "not seen";
  made.seen_updated_at = day()->updated_at;
  EXPECT_EQ(correct_day(*database_, facts(), made, "", tuesday).error().kind, ErrorKind::invalid_input);
  const auto corrected = correct_day(*database_, facts(), made, "ani", tuesday);
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->status, AttendanceStatus::present);
  EXPECT_EQ(corrected->entry_type, EntryType::manual);
  EXPECT_EQ(corrected->first_in->sighting, SightingId("s1")) << "what was not corrected stays";
  EXPECT_EQ(corrected->last_out->source, "manual");
  EXPECT_TRUE(corrected->approved_by.empty());
  EXPECT_GT(corrected->updated_at, *made.seen_updated_at);
  nothing_undoes_it();

  const auto again = correct_day(*database_, facts(), made, "budi", tuesday);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_THAT(again.error().message, HasSubstr("Ana's 2026-01-05"));
  Correction approval;
  approval.person = PersonId("p1");
  approval.day = monday;
  approval.approve = true;
  approval.status = AttendanceStatus::on_leave;
  approval.seen_updated_at = corrected->updated_at;
  const auto approved = correct_day(*database_, facts(), approval, "ani", tuesday);
  ASSERT_TRUE(approved);
  EXPECT_EQ(approved->approved_by, "ani");
  EXPECT_EQ(approved->status, AttendanceStatus::on_leave);
  EXPECT_EQ(approved->remarks, "at a customer's");
  EXPECT_EQ(approved->last_out->at, begin + 17h + 30min);
  EXPECT_GT(approved->updated_at, corrected->updated_at) << "also within one millisecond";
  EXPECT_THAT(audited(), SizeIs(2));
}

TEST_P(ReviewContract, ACorrectionMustMakeSense) {
  close_monday();
  Correction made;
  made.person = PersonId("p1");
  made.day = monday + days(3);
  made.first_in = begin + days(3) + 8h;
  const auto error = [&] { return correct_day(*database_, facts(), made, "ani", tuesday).error(); };
  EXPECT_THAT(error().message, HasSubstr("first_in: 2026-01-08T08:00:00.000+07:00 is in the future"));
  made.day = monday - days(2);
  made.first_in = begin + 1h;
  EXPECT_THAT(error().message, HasSubstr("is not in the working day 2026-01-03"));
  made.first_in = begin - days(2) + 9h;
  made.last_out = begin - days(2) + 9h;
  EXPECT_THAT(error().message, HasSubstr("last_out is not after first_in"));
  made.last_out.reset();
  made.status = AttendanceStatus::pending_review;
  EXPECT_THAT(error().message, HasSubstr("PENDING_REVIEW"));
  made.status.reset();
  EXPECT_TRUE(correct_day(*database_, facts(), made, "ani", tuesday)) << "a Saturday of which there was no record";
  made.person = PersonId("p9");
  EXPECT_EQ(error().kind, ErrorKind::not_found);
}

INSTANTIATE_TEST_SUITE_P(All, ReviewContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
