#include "app/attendance/review.hpp"

#include <format>

#include <nlohmann/json.hpp>

#include "app/attendance/correction.hpp"
#include "app/attendance/journal_correction.hpp"
#include "app/facts/fact_book.hpp"
#include "app/facts/judged_people.hpp"
#include "app/facts/picture_paths.hpp"
#include "core/attendance/day_status.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t most_waiting = 10'000;

/// The end of the day that made it wait.
AttendanceMark mark_to_review(const Rulebook& rules, const JudgedPerson& who, const AttendanceDay& day, bool closed) {
  if (!day.first_in) return day.last_out.value_or(AttendanceMark{});
  const auto first_bands = rules.bands_at(who, day.first_in->at);
  const bool first_is_sure = day.first_in->confidence >= static_cast<float>(first_bands.auto_check_in);
  if (!first_is_sure || !closed || !day.last_out) return *day.first_in;
  const auto last_bands = rules.bands_at(who, day.last_out->at);
  const bool last_is_sure = day.last_out->confidence >= static_cast<float>(last_bands.auto_check_out);
  return last_is_sure ? *day.first_in : *day.last_out;
}

Result<ReviewItem> item_of(Database& database, const Rulebook& rules, const AttendanceDay& day, Instant now) {
  auto person = database.persons().get(day.person);
  if (!person) return std::unexpected(person.error());
  const auto who = judged_person(database, *person);
  if (!who) return std::unexpected(who.error());
  const bool closed = now >= rules.closes_at(*who, day.day);
  const auto status = judge_day(rules, *who, day.day, day, closed);
  auto mark = mark_to_review(rules, *who, day, closed);
  auto sighting = database.sightings().sighting(mark.sighting);
  if (!sighting) return std::unexpected(sighting.error());
  return ReviewItem{.person = std::move(*person),
                    .day = day,
                    .reason = status ? status->reason : Reason{},
                    .closed = closed,
                    .mark = std::move(mark),
                    .sighting = std::move(*sighting)};
}

/// One decision about one day.
class Decision {
 public:
  Decision(Database& database, const Rulebook& rules, const FactRules& settings, const Review& review,
           const std::string& by, Instant now)
      : database_(database), rules_(rules), settings_(settings), review_(review), by_(by), now_(now) {}

  Status read() {
    const auto kept = database_.attendance().day(review_.person, review_.day);
    if (!kept) return std::unexpected(kept.error());
    const auto person = database_.persons().get(review_.person);
    if (!person) return std::unexpected(person.error());
    const auto about = std::format("{}'s {}", person->name, format_day(review_.day));
    if (!*kept || (*kept)->status != AttendanceStatus::pending_review || (*kept)->entry_type == EntryType::manual)
      return fail(ErrorKind::conflict, about + " does not wait for a review");
    if (auto seen = check_seen(*kept, review_.seen_updated_at, person->name, review_.day); !seen) return seen;
    auto item = item_of(database_, rules_, **kept, now_);
    if (!item) return std::unexpected(item.error());
    item_ = std::move(*item);
    if (!item_.closed && !review_.while_open && confirms())
      return fail(ErrorKind::conflict, about + " is not over: what comes later would not be added to it");
    return {};
  }

  Status carry_out() {
    if (confirms()) return confirm();
    return put_right();
  }

  const ReviewItem& item() const { return item_; }
  const std::optional<Person>& other() const { return other_; }
  std::optional<AttendanceDay> after;

 private:
  bool confirms() const {
    return review_.decision == ReviewDecision::check_in || review_.decision == ReviewDecision::check_out;
  }

  Status confirm() {
    auto day = item_.day;
    const auto who = judged_person(database_, item_.person);
    if (!who) return std::unexpected(who.error());
    if (review_.decision == ReviewDecision::check_out)
      if (auto turned = turn_into_departure(*who, day); !turned) return turned;
    day.entry_type = EntryType::manual;
    day.status = judge_confirmed_day(rules_, *who, day, item_.closed).status;
    day.approved_by = by_;
    day.approved_at = now_;
    if (!review_.remarks.empty()) day.remarks = review_.remarks;
    stamp(day, item_.day, now_);
    if (auto put = database_.attendance().put_day(day); !put) return put;
    after = day;
    return audit_day(database_, audit(detail({})), now_, item_.day, after);
  }

  /// What was taken for an arrival was a departure.
  Status turn_into_departure(const JudgedPerson& who, AttendanceDay& day) const {
    const bool about_first_in = day.first_in && item_.mark.sighting == day.first_in->sighting;
    if (!about_first_in) return {};
    if (!day.last_out) day.last_out = day.first_in;
    day.first_in.reset();
    if (!review_.first_in) return {};
    if (rules_.day_of(who, *review_.first_in) != day.day || *review_.first_in >= day.last_out->at)
      return fail(ErrorKind::invalid_input, std::format("first_in: {} is not in that day before the last out",
                                                        format_iso8601(*review_.first_in, *settings_.site)));
    day.first_in = AttendanceMark{
        .at = *review_.first_in, .camera = {}, .confidence = 1, .sighting = {}, .picture = {}, .source = "manual"};
    return {};
  }

  Status put_right() {
    if (review_.decision == ReviewDecision::other_person) {
      if (!review_.other || *review_.other == review_.person)
        return fail(ErrorKind::invalid_input, "other: name the person who it was");
      auto other = database_.persons().get(*review_.other);
      if (!other) return std::unexpected(other.error());
      other_ = std::move(*other);
    }
    if (!item_.sighting)
      return fail(ErrorKind::not_found, "the sighting behind it is no longer in the journal: correct the day instead");
    const auto moved = reassign_track(database_, rules_, settings_, item_.person, *item_.sighting, other_, now_);
    if (!moved) return std::unexpected(moved.error());
    const auto left = database_.attendance().day(review_.person, review_.day);
    if (!left) return std::unexpected(left.error());
    after = *left;
    if (after && !review_.remarks.empty()) {
      after->remarks = review_.remarks;
      if (auto put = database_.attendance().put_day(*after); !put) return put;
    }
    return audit_day(database_, audit(detail(*moved)), now_, item_.day, after);
  }

  DayAudit audit(std::string detail) const {
    return {.action = "attendance.review", .by = by_, .address = review_.address, .detail = std::move(detail)};
  }

  std::string detail(const std::vector<SightingId>& sightings) const {
    static constexpr const char* words[] = {"check_in", "check_out", "other_person", "reject"};
    Json json = {{"decision", words[static_cast<std::size_t>(review_.decision) - 1]}, {"reason", review_.remarks}};
    if (other_) json["other"] = other_->id.str();
    if (!sightings.empty()) {
      json["sightings"] = Json::array();
      for (const auto& id : sightings) json["sightings"].push_back(id.str());
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  Database& database_;
  const Rulebook& rules_;
  const FactRules& settings_;
  const Review& review_;
  const std::string& by_;
  const Instant now_;
  ReviewItem item_;
  std::optional<Person> other_;
};

/// The picture of a face that was taken for somebody goes to whom it is of, or goes.
Status move_picture(Database& database, PictureStore& pictures, const Decision& decision, LocalDay date) {
  const auto& mark = decision.item().mark;
  if (mark.picture.empty()) return {};
  const auto bytes = pictures.get(mark.picture);
  if (const auto removed = pictures.remove(mark.picture); !removed && removed.error().kind != ErrorKind::not_found)
    return removed;
  if (!decision.other() || !bytes) return {};
  const auto folder = attendance_folder(date, decision.other()->employee_code);
  return database.in_transaction([&]() -> Status {
    auto day = database.attendance().day(decision.other()->id, date);
    if (!day || !*day) return day ? Status{} : std::unexpected(day.error());
    const auto take = [&](std::optional<AttendanceMark>& end, const char* file) -> Status {
      if (!end || end->sighting != mark.sighting || !end->picture.empty()) return {};
      end->picture = folder + file;
      return pictures.put(end->picture, *bytes);
    };
    if (auto taken = take((*day)->first_in, "/first_in.jpg"); !taken) return taken;
    if (auto taken = take((*day)->last_out, "/last_out.jpg"); !taken) return taken;
    return database.attendance().put_day(**day);
  });
}

}  // namespace

std::optional<ReviewDecision> review_decision_from(std::string_view text) {
  if (text == "check_in") return ReviewDecision::check_in;
  if (text == "check_out") return ReviewDecision::check_out;
  if (text == "other_person") return ReviewDecision::other_person;
  if (text == "reject") return ReviewDecision::reject;
  return std::nullopt;
}

Result<Page<ReviewItem>> review_queue_for(Database& database, const FactRules& settings, const DayFilter& filter,
                                          const MaySeeReview& may_see, const Paging& paging, Instant now) {
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  DayFilter waiting = filter;
  waiting.status = AttendanceStatus::pending_review;
  const auto days = database.attendance().find_days(waiting, {.offset = 0, .limit = most_waiting});
  if (!days) return std::unexpected(days.error());
  Page<ReviewItem> page;
  for (const auto& day : days->rows) {
    auto item = item_of(database, *rules, day, now);
    if (!item) return std::unexpected(item.error());
    if (!may_see(item->person, item->mark)) continue;
    const auto number = page.total++;
    if (number >= paging.offset && number - paging.offset < paging.limit) page.rows.push_back(std::move(*item));
  }
  return page;
}

Result<Page<ReviewItem>> review_queue(Database& database, const FactRules& settings, LocalDay from, LocalDay to,
                                      const std::optional<PersonId>& person, const Paging& paging, Instant now) {
  if (to < from)
    return fail(ErrorKind::invalid_input,
                std::format("the last day, {}, is before the first, {}", format_day(to), format_day(from)));
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto days = database.attendance().find_days(
      {.from = from, .to = to, .person = person, .status = AttendanceStatus::pending_review}, paging);
  if (!days) return std::unexpected(days.error());
  Page<ReviewItem> page;
  page.total = days->total;
  for (const auto& day : days->rows) {
    auto item = item_of(database, *rules, day, now);
    if (!item) return std::unexpected(item.error());
    page.rows.push_back(std::move(*item));
  }
  return page;
}

Result<std::optional<AttendanceDay>> decide_review(Database& database, PictureStore& pictures,
                                                   const FactRules& settings, const Review& review,
                                                   const std::string& by, Instant now) {
  if (by.empty()) return fail(ErrorKind::invalid_input, "nobody decides this: who is it?");
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  Decision decision(database, *rules, settings, review, by, now);
  const auto done = database.in_transaction([&]() -> Status {
    if (auto read = decision.read(); !read) return read;
    return decision.carry_out();
  });
  if (!done) return std::unexpected(done.error());
  const bool moved = review.decision == ReviewDecision::other_person || review.decision == ReviewDecision::reject;
  if (moved) static_cast<void>(move_picture(database, pictures, decision, review.day));
  return decision.after;
}

}  // namespace hadir
