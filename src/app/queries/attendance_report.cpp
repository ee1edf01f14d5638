#include "app/queries/attendance_report.hpp"

#include <algorithm>
#include <format>
#include <unordered_map>

namespace hadir {
namespace {

using std::chrono::days;

Status check(const AttendanceQuery& query, LocalDay today) {
  if (query.to < query.from)
    return fail(ErrorKind::invalid_input,
                std::format("to: {} is before {}", format_day(query.to), format_day(query.from)));
  if (query.to > today)
    return fail(ErrorKind::invalid_input,
                std::format("to: {} has not come yet; today is {}", format_day(query.to), format_day(today)));
  return {};
}

bool wanted(const AttendanceQuery& query, const Person& person) {
  return (!query.person || person.id == *query.person) &&
         (!query.department || person.department == *query.department) &&
         (!query.may_be_told || query.may_be_told(person));
}

/// Goes through the rows of a report in order, counts all and keeps those wanted of the page.
class Collector {
 public:
  Collector(const std::set<AttendanceStatus>& statuses, const Paging& paging) : statuses_(statuses), paging_(paging) {}

  void take(const Person& person, const AttendanceDay& day, bool recorded) {
    ++report.counts[day.status];
    if (!statuses_.empty() && !statuses_.contains(day.status)) return;
    const auto number = report.page.total++;
    if (number >= paging_.offset && number - paging_.offset < paging_.limit)
      report.page.rows.push_back({person, day, recorded});
  }
  AttendanceReport report;

 private:
  const std::set<AttendanceStatus>& statuses_;
  const Paging paging_;
};

}  // namespace

Status visit_attendance(Database& database, const AttendanceQuery& query, const SiteDay& site, Instant now,
                        const VisitAttendance& visit) {
  if (auto good = check(query, site.of(now)); !good) return std::unexpected(good.error());
  auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  std::erase_if(*people, [&](const Person& person) { return !wanted(query, person); });
  const auto recorded = query.person ? database.attendance().days_of(*query.person, query.from, query.to)
                                     : database.attendance().days(query.from, query.to);
  if (!recorded) return std::unexpected(recorded.error());
  auto next = recorded->begin();  // they come by day
  for (LocalDay day = query.from; day <= query.to; day += days(1)) {
    std::unordered_map<PersonId, const AttendanceDay*> of_day;
    for (; next != recorded->end() && next->day == day; ++next) of_day.emplace(next->person, &*next);
    for (const Person& person : *people) {
      if (const auto found = of_day.find(person.id); found != of_day.end()) {
        visit(person, *found->second, true);
      } else if (person.status == PersonStatus::active && site.of(person.created_at) <= day) {
        AttendanceDay absent;
        absent.person = person.id;
        absent.day = day;
        absent.status = AttendanceStatus::absent;
        visit(person, absent, false);
      }
    }
  }
  return {};
}

Result<AttendanceReport> attendance_report(Database& database, const AttendanceQuery& query, const Paging& paging,
                                           const SiteDay& site, Instant now) {
  Collector collector(query.statuses, paging);
  const auto read = visit_attendance(
      database, query, site, now,
      [&](const Person& person, const AttendanceDay& day, bool recorded) { collector.take(person, day, recorded); });
  if (!read) return std::unexpected(read.error());
  return std::move(collector.report);
}

std::pair<Instant, Instant> moments_of(const SiteDay& site, LocalDay from, LocalDay to) {
  const auto start = [&](LocalDay day) {
    return std::chrono::floor<Millis>(
        site.zone->to_sys(std::chrono::local_seconds(day) + site.starts_at, std::chrono::choose::earliest));
  };
  return {start(from), start(to + days(1))};
}

}  // namespace hadir
