#include "app/attendance/check_in.hpp"

#include <format>

#include "app/attendance/correction.hpp"
#include "app/facts/judged_people.hpp"

namespace hadir {
namespace {

struct Today {
  LocalDay date{};
  std::optional<AttendanceDay> kept;
};

Result<Today> today_of(Database& database, const FactRules& settings, const Person& person, Instant now) {
  if (person.status == PersonStatus::archived) return fail(ErrorKind::conflict, person.name + " is archived");
  const auto rules = known_hours(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto who = judged_person(database, person);
  if (!who) return std::unexpected(who.error());
  Today today;
  today.date = rules->day_of(*who, now);
  auto kept = database.attendance().day(person.id, today.date);
  if (!kept) return std::unexpected(kept.error());
  today.kept = std::move(*kept);
  return today;
}

Correction correction_of(const Person& person, const Today& today, const EnteredBy& by) {
  Correction correction;
  correction.person = person.id;
  correction.day = today.date;
  correction.approve = by.approves;
  if (today.kept) correction.seen_updated_at = today.kept->updated_at;
  return correction;
}

}  // namespace

Result<AttendanceDay> check_in(Database& database, const FactRules& settings, const Person& person, const EnteredBy& by,
                               Instant now) {
  const auto today = today_of(database, settings, person, now);
  if (!today) return std::unexpected(today.error());
  if (today->kept && today->kept->first_in)
    return fail(ErrorKind::conflict, std::format("{} has checked in already, at {}", person.name,
                                                 format_iso8601(today->kept->first_in->at, *settings.site)));
  auto correction = correction_of(person, *today, by);
  correction.first_in = now;
  return correct_day(database, settings, correction, by.name, now);
}

Result<AttendanceDay> check_out(Database& database, const FactRules& settings, const Person& person,
                                const EnteredBy& by, Instant now) {
  const auto today = today_of(database, settings, person, now);
  if (!today) return std::unexpected(today.error());
  if (!today->kept || !today->kept->first_in)
    return fail(ErrorKind::conflict, std::format("{} has not checked in today", person.name));
  if (const auto& out = today->kept->last_out; out && out->source == "manual")
    return fail(ErrorKind::conflict,
                std::format("{} has checked out already, at {}", person.name, format_iso8601(out->at, *settings.site)));
  auto correction = correction_of(person, *today, by);
  correction.last_out = now;
  return correct_day(database, settings, correction, by.name, now);
}

}  // namespace hadir
