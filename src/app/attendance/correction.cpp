#include "app/attendance/correction.hpp"

#include <format>

#include <nlohmann/json.hpp>

#include "app/facts/fact_book.hpp"
#include "app/facts/judged_people.hpp"
#include "core/attendance/day_status.hpp"
#include "core/uuid.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<AttendanceDay>& day) {
  if (!day) return nullptr;
  const auto time = [](const std::optional<AttendanceMark>& mark) {
    return mark ? Json(format_utc(mark->at)) : Json();
  };
  return {{"first_in", time(day->first_in)}, {"last_out", time(day->last_out)},
          {"status", to_text(day->status)},  {"entry_type", to_text(day->entry_type)},
          {"remarks", day->remarks},         {"approved_by", day->approved_by}};
}

/// A mark that keeps its moment keeps everything.
void enter(std::optional<AttendanceMark>& mark, const std::optional<std::optional<Instant>>& entered) {
  if (!entered) return;
  if (!*entered) return mark.reset();
  if (mark && mark->at == **entered) return;
  mark =
      AttendanceMark{.at = **entered, .camera = {}, .confidence = 1, .sighting = {}, .picture = {}, .source = "manual"};
}

Status check_time(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                  const std::optional<std::optional<Instant>>& entered, const char* field, Instant now) {
  if (!entered || !*entered) return {};
  const auto at = **entered;
  const auto text = format_iso8601(at, *rules.site_calendar(at).zone);
  if (at > now) return fail(ErrorKind::invalid_input, std::format("{}: {} is in the future", field, text));
  if (rules.day_of(who, at) != day)
    return fail(ErrorKind::invalid_input,
                std::format("{}: {} is not in the working day {}", field, text, format_day(day)));
  return {};
}

Status check(const Rulebook& rules, const JudgedPerson& who, const Correction& correction, Instant now) {
  if (correction.status == AttendanceStatus::pending_review)
    return fail(ErrorKind::invalid_input, "status: PENDING_REVIEW is not for people to say");
  if (auto good = check_time(rules, who, correction.day, correction.first_in, "first_in", now); !good) return good;
  return check_time(rules, who, correction.day, correction.last_out, "last_out", now);
}

Result<AttendanceDay> corrected(const Rulebook& rules, const JudgedPerson& who, const Correction& correction,
                                const std::optional<AttendanceDay>& kept, const std::string& by, Instant now) {
  AttendanceDay day{.person = correction.person, .day = correction.day, .first_in = {}, .last_out = {}, .remarks = {}};
  if (kept) day = *kept;
  enter(day.first_in, correction.first_in);
  enter(day.last_out, correction.last_out);
  if (day.first_in && day.last_out && day.last_out->at <= day.first_in->at)
    return fail(ErrorKind::invalid_input, "last_out is not after first_in");
  day.entry_type = EntryType::manual;
  if (correction.remarks) day.remarks = *correction.remarks;
  const bool closed = now >= rules.closes_at(who, correction.day);
  day.status = correction.status.value_or(judge_confirmed_day(rules, who, day, closed).status);
  day.approved_by = correction.approve ? by : "";
  day.approved_at = correction.approve ? std::optional(now) : std::nullopt;
  stamp(day, kept, now);
  return day;
}

DayAudit audit_of(const char* action, const Correction& correction, const std::string& by) {
  return {.action = action,
          .by = by,
          .address = correction.address,
          .detail = Json{{"reason", correction.reason}}.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

}  // namespace

Status check_seen(const std::optional<AttendanceDay>& kept, const std::optional<Instant>& seen_updated_at,
                  const std::string& name, LocalDay day) {
  if (kept ? seen_updated_at == kept->updated_at : !seen_updated_at) return {};
  return fail(ErrorKind::conflict,
              std::format("{}'s {} was changed meanwhile: look at it again", name, format_day(day)));
}

Status audit_day(Database& database, const DayAudit& audit, Instant now, const std::optional<AttendanceDay>& before,
                 const std::optional<AttendanceDay>& after) {
  const auto& about = after ? *after : *before;
  Json json = Json::parse(audit.detail);
  json["date"] = format_day(about.day);
  json["before"] = json_of(before);
  json["after"] = json_of(after);
  AuditEntry entry;
  entry.id = AuditId(RandomUuidSource().next(now));
  entry.at = now;
  entry.actor = audit.by;
  entry.action = audit.action;
  entry.subject = about.person.str();
  entry.detail = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  entry.address = audit.address;
  return database.audit().add(entry);
}

Result<AttendanceDay> correct_day(Database& database, const FactRules& settings, const Correction& correction,
                                  const std::string& by, Instant now) {
  if (by.empty()) return fail(ErrorKind::invalid_input, "nobody enters this: who is it?");
  AttendanceDay day;
  const auto done = database.in_transaction([&]() -> Status {
    const auto person = database.persons().get(correction.person);
    if (!person) return std::unexpected(person.error());
    const auto rules = known_rules(database, settings);
    if (!rules) return std::unexpected(rules.error());
    const auto who = judged_person(database, *person);
    if (!who) return std::unexpected(who.error());
    if (auto good = check(*rules, *who, correction, now); !good) return good;
    const auto kept = database.attendance().day(person->id, correction.day);
    if (!kept) return std::unexpected(kept.error());
    if (auto seen = check_seen(*kept, correction.seen_updated_at, person->name, correction.day); !seen) return seen;
    auto made = corrected(*rules, *who, correction, *kept, by, now);
    if (!made) return std::unexpected(made.error());
    day = std::move(*made);
    if (auto put = database.attendance().put_day(day); !put) return put;
    return audit_day(database, audit_of("attendance.correct", correction, by), now, *kept, day);
  });
  if (!done) return std::unexpected(done.error());
  return day;
}

Result<AttendanceDay> approve_day(Database& database, const Correction& approval, const std::string& by, Instant now) {
  if (by.empty()) return fail(ErrorKind::invalid_input, "nobody approves this: who is it?");
  AttendanceDay day;
  const auto done = database.in_transaction([&]() -> Status {
    const auto person = database.persons().get(approval.person);
    if (!person) return std::unexpected(person.error());
    const auto kept = database.attendance().day(person->id, approval.day);
    if (!kept) return std::unexpected(kept.error());
    const auto about = std::format("{}'s {}", person->name, format_day(approval.day));
    if (!*kept) return fail(ErrorKind::not_found, "there is no record of " + about);
    if (auto seen = check_seen(*kept, approval.seen_updated_at, person->name, approval.day); !seen) return seen;
    day = **kept;
    if (day.entry_type != EntryType::manual)
      return fail(ErrorKind::conflict, about + " was not entered by hand: there is nothing to approve");
    if (!day.approved_by.empty())
      return fail(ErrorKind::conflict, std::format("{} is approved already, by {}", about, day.approved_by));
    day.approved_by = by;
    day.approved_at = now;
    stamp(day, *kept, now);
    if (auto put = database.attendance().put_day(day); !put) return put;
    return audit_day(database, audit_of("attendance.approve", approval, by), now, *kept, day);
  });
  if (!done) return std::unexpected(done.error());
  return day;
}

}  // namespace hadir
