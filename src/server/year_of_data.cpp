#include "server/year_of_data.hpp"

#include <algorithm>
#include <ctime>
#include <format>
#include <random>

#include "app/facts/fact_recorder.hpp"
#include "app/memory_pictures.hpp"
#include "core/uuid.hpp"
#include "store/report_queries.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

/// Sites at UTC, so that a day's begin needs no time zone.
Instant begin_of(LocalDay day) {
  return Instant{day.time_since_epoch()};
}

PersonId person_id(int number) {
  return PersonId(std::format("00000000-0000-7000-8000-{:012x}", number));
}

CameraId camera_id(int number) {
  return CameraId(std::format("CAM{}", number + 1));
}

Person person(int number) {
  Person person;
  person.id = person_id(number);
  person.employee_code = std::format("E{:05}", number);
  person.name = std::format("Person {:05}", number * 7919 % 100'000);
  person.department = std::format("Department {}", number % 20);
  person.created_at = person.updated_at = Instant{1s};
  return person;
}

/// The rows of one day, made person by person.
class Day {
 public:
  Day(LocalDay day, const YearOptions& options) : day_(day), options_(options), random_(seed(day)), ids_(seed(day)) {}

  void add(int number) {
    const Instant come = begin_of(day_) + 7h + 30min + Millis(random(3'600'000));
    const Instant gone = begin_of(day_) + 16h + 30min + Millis(random(3'600'000));
    const int count = std::max(options_.sightings_per_day, 2);
    const auto first = sightings.size();
    for (int i = 0; i < count; ++i) add_sighting(number, come + (gone - come) * i / (count - 1));
    attendance.push_back(attendance_of(number, sightings[first], sightings.back()));
    add_edge(number, EdgeKind::enter, come);
    const Instant away = come + 2h + Millis(random(3'600'000));
    add_edge(number, EdgeKind::exit, away);
    add_edge(number, EdgeKind::enter, away + 10min);
    add_edge(number, EdgeKind::exit, gone + 1min);
    if (random(2) == 0) add_alert(number, away);
  }

  std::vector<Sighting> sightings;
  std::vector<AttendanceDay> attendance;
  std::vector<PresenceEdge> edges;
  std::vector<Violation> alerts;

 private:
  static std::uint64_t seed(LocalDay day) { return static_cast<std::uint64_t>(day.time_since_epoch().count()); }
  int random(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }

  void add_sighting(int number, Instant at) {
    Sighting seen;
    seen.id = SightingId(ids_.next(at));
    seen.camera = camera_id(random(options_.cameras));
    seen.track = static_cast<TrackId>(sightings.size() + 1);
    seen.person = person_id(number);
    seen.confidence = 0.7F + 0.0001F * static_cast<float>(random(3000));
    seen.similarity = 0.5F;
    seen.at = at;
    seen.box = {100, 100, 80, 100};
    seen.frame = {1280, 720};
    seen.picture = std::format("captures/{}.jpg", seen.id.str());
    sightings.push_back(std::move(seen));
  }

  static AttendanceMark mark_of(const Sighting& seen) {
    AttendanceMark mark;
    mark.at = seen.at;
    mark.camera = seen.camera;
    mark.confidence = seen.confidence;
    mark.sighting = seen.id;
    mark.picture = seen.picture;
    return mark;
  }

  AttendanceDay attendance_of(int number, const Sighting& first, const Sighting& last) const {
    AttendanceDay judged;
    judged.person = person_id(number);
    judged.day = day_;
    judged.first_in = mark_of(first);
    judged.last_out = mark_of(last);
    judged.status = first.at > begin_of(day_) + 8h + 15min ? AttendanceStatus::late : AttendanceStatus::present;
    judged.created_at = judged.updated_at = last.at;
    return judged;
  }

  void add_edge(int number, EdgeKind kind, Instant at) {
    edges.push_back({person_id(number), kind, at, camera_id(random(options_.cameras))});
  }

  void add_alert(int number, Instant at) {
    Violation alert;
    alert.id = AlertId(ids_.next(at));
    alert.person = person_id(number);
    alert.day = day_;
    alert.camera = camera_id(random(options_.cameras));
    alert.last_seen = at - 1min;
    alert.opened_at = at;
    alert.resolved_at = at + 10min;
    alert.schedule.work_hours = "08:00-17:00";
    alert.schedule.tracking_active = alert.schedule.in_work_hours = true;
    alerts.push_back(std::move(alert));
  }

  const LocalDay day_;
  const YearOptions& options_;
  std::mt19937_64 random_;
  SeededUuidSource ids_;
};

Status add_people(Database& database, const YearOptions& options) {
  return database.in_transaction([&]() -> Status {
    for (int number = 0; number < options.people; ++number) {
      const Person made = person(number);
      const auto there = database.persons().find_by_code(made.employee_code);
      if (!there) return std::unexpected(there.error());
      if (!*there)
        if (auto added = database.persons().add(made); !added) return added;
      Presence presence;
      presence.person = there->has_value() ? (*there)->id : made.id;
      presence.camera = camera_id(0);
      if (auto put = database.attendance().put_presence(presence); !put) return put;
    }
    return {};
  });
}

QueryTimes times_of(std::string name, std::vector<double> took, std::size_t rows) {
  std::ranges::sort(took);
  const auto at = [&](double share) {
    return took[std::min(took.size() - 1, static_cast<std::size_t>(share * static_cast<double>(took.size())))];
  };
  return {.name = std::move(name), .p50_ms = at(0.5), .p95_ms = at(0.95), .max_ms = took.back(), .rows = rows};
}

}  // namespace

Result<YearReport> fill_year(Database& database, Upkeep& upkeep, const YearOptions& options) {
  if (auto people = add_people(database, options); !people) return std::unexpected(people.error());
  YearReport report;
  report.people = options.people;
  for (LocalDay date = options.until - days(options.days - 1); date <= options.until; date += days(1)) {
    if (std::chrono::weekday(date).iso_encoding() > 5) continue;
    Day day(date, options);
    for (int number = 0; number < options.people; ++number) day.add(number);
    for (const auto& added : {upkeep.add_all(std::span<const Sighting>(day.sightings)),
                              upkeep.add_all(std::span<const PresenceEdge>(day.edges)),
                              upkeep.add_all(std::span<const AttendanceDay>(day.attendance)),
                              upkeep.add_all(std::span<const Violation>(day.alerts))})
      if (!added) return std::unexpected(added.error());
    report.days += std::ssize(day.attendance);
    report.sightings += std::ssize(day.sightings);
    report.edges += std::ssize(day.edges);
    report.alerts += std::ssize(day.alerts);
  }
  if (auto done = upkeep.analyse(); !done) return std::unexpected(done.error());
  return report;
}

Result<std::vector<QueryTimes>> time_queries(Database& database, const YearOptions& options, int repeats) {
  std::vector<QueryTimes> times;
  for (const auto& query : report_queries()) {
    std::mt19937_64 random(7);
    std::vector<double> took;
    std::size_t rows = 0;
    for (int i = 0; i < repeats; ++i) {
      const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<std::uint64_t>(limit)); };
      const LocalDay day = options.until - days(below(std::max(options.days - 31, 1)));
      const ReportSubject about{.person = person_id(below(options.people)),
                                .camera = camera_id(below(options.cameras)),
                                .day = day,
                                .begin = begin_of(day)};
      const auto begin = std::chrono::steady_clock::now();
      const auto answer = query.ask(database, about);
      const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begin;
      if (!answer) return std::unexpected(answer.error());
      took.push_back(elapsed.count());
      rows = std::max(rows, *answer);
    }
    times.push_back(times_of(query.name, std::move(took), rows));
  }
  return times;
}

Result<std::vector<StartTimes>> time_starts(Database& database, const YearOptions& options) {
  FactRules rules;
  rules.site = std::chrono::locate_zone("UTC");
  rules.since = begin_of(options.until - days(options.days));
  if (auto schedule = add_first_schedule(database, rules.since); !schedule) return std::unexpected(schedule.error());
  MemoryPictures pictures;
  std::vector<StartTimes> times;
  for (int start = 0; start < 2; ++start) {
    FactRecorder recorder(database, pictures, rules);
    const auto cpu = std::clock();
    const auto begin = std::chrono::steady_clock::now();
    const auto judged = recorder.expire(begin_of(options.until + days(1)) + 7h);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (!judged) return std::unexpected(judged.error());
    times.push_back({.wall_ms = took.count(),
                     .cpu_ms = 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC,
                     .days = judged->attendance.size()});
  }
  return times;
}

}  // namespace hadir
