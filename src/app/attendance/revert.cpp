#include "app/attendance/revert.hpp"

#include <algorithm>
#include <format>

#include <nlohmann/json.hpp>

#include "app/attendance/correction.hpp"
#include "app/facts/fact_book.hpp"
#include "app/facts/recomputation.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// Whether sightings of that day may have been purged.
Result<bool> is_purged(Database& database, const AttendanceDay& day) {
  const auto removed = database.retention().removed(KeptRows::sightings);
  if (!removed) return std::unexpected(removed.error());
  const auto around = Rulebook::around(day.day);
  if (std::ranges::any_of(*removed, [&](const RemovedSpan& span) {
        return !(span.from && *span.from >= around.to) && !(span.to && *span.to <= around.from);
      }))
    return true;
  for (const auto* mark : {&day.first_in, &day.last_out}) {
    if (!*mark || (*mark)->sighting.empty()) continue;
    const auto sighting = database.sightings().sighting((*mark)->sighting);
    if (!sighting) return std::unexpected(sighting.error());
    if (!*sighting) return true;
  }
  return false;
}

/// An end that is made of the same sighting as before keeps its picture.
void keep_picture(std::optional<AttendanceMark>& mark, const AttendanceDay& before) {
  for (const auto* old : {&before.first_in, &before.last_out})
    if (mark && *old && !(*old)->sighting.empty() && (*old)->sighting == mark->sighting && !(*old)->picture.empty())
      mark->picture = (*old)->picture;
}

Result<std::optional<AttendanceDay>> made_anew(Database& database, const FactRules& settings, const Person& person,
                                               const AttendanceDay& before, Instant now) {
  if (auto gone = database.attendance().remove_day(person.id, before.day); !gone) return std::unexpected(gone.error());
  const auto made = compare_records(database, settings, std::span(&person, 1), before.day, before.day, now, true);
  if (!made) return std::unexpected(made.error());
  auto after = database.attendance().day(person.id, before.day);
  if (!after || !*after) return after;
  keep_picture((*after)->first_in, before);
  keep_picture((*after)->last_out, before);
  stamp(**after, before, now);
  if (auto put = database.attendance().put_day(**after); !put) return std::unexpected(put.error());
  return after;
}

}  // namespace

Result<std::optional<AttendanceDay>> revert_day(Database& database, const FactRules& settings,
                                                const Reversion& reversion, const std::string& by, Instant now) {
  if (by.empty()) return fail(ErrorKind::invalid_input, "nobody takes this back: who is it?");
  std::optional<AttendanceDay> after;
  const auto done = database.in_transaction([&]() -> Status {
    const auto person = database.persons().get(reversion.person);
    if (!person) return std::unexpected(person.error());
    const auto kept = database.attendance().day(person->id, reversion.day);
    if (!kept) return std::unexpected(kept.error());
    const auto about = std::format("{}'s {}", person->name, format_day(reversion.day));
    if (!*kept || (*kept)->entry_type != EntryType::manual)
      return fail(ErrorKind::conflict, about + " was not entered by hand");
    if (auto seen = check_seen(*kept, reversion.seen_updated_at, person->name, reversion.day); !seen) return seen;
    const auto purged = is_purged(database, **kept);
    if (!purged) return std::unexpected(purged.error());
    if (*purged) return fail(ErrorKind::conflict, "the journal of " + about + " was purged: correct the day instead");
    auto made = made_anew(database, settings, *person, **kept, now);
    if (!made) return std::unexpected(made.error());
    after = std::move(*made);
    const DayAudit audit{
        .action = "attendance.revert",
        .by = by,
        .address = reversion.address,
        .detail = Json{{"reason", reversion.reason}}.dump(-1, ' ', false, Json::error_handler_t::replace)};
    return audit_day(database, audit, now, *kept, after);
  });
  if (!done) return std::unexpected(done.error());
  return after;
}

}  // namespace hadir
