#include "store/report_queries.hpp"

namespace hadir {
namespace {

using std::chrono::days;

template <class Rows>
Result<std::size_t> count(const Result<Rows>& rows) {
  if (!rows) return std::unexpected(rows.error());
  if constexpr (requires { rows->rows; })
    return rows->rows.size();
  else if constexpr (requires { rows->size(); })
    return rows->size();
  else
    return rows->has_value() ? 1U : 0U;
}

DayFilter month(const ReportSubject& about, std::optional<PersonId> person) {
  return {.from = about.day - days(30), .to = about.day, .person = std::move(person), .status = {}};
}

ViolationFilter alerts_of_month(const ReportSubject& about, std::optional<PersonId> person) {
  return {.from = about.begin - days(30), .to = about.begin + days(1), .person = std::move(person)};
}

SightingFilter sightings_of_week(const ReportSubject& about) {
  return {.from = about.begin - days(7),
          .to = about.begin + days(1),
          .person = {},
          .camera = {},
          .last_at = {},
          .last_id = SightingId()};
}

void add_sightings(std::vector<ReportQuery>& queries) {
  queries.push_back({"sightings of a person's day", [](Database& database, const ReportSubject& about) {
                       return count(database.sightings().between(about.begin, about.begin + days(1), about.person));
                     }});
  queries.push_back({"newest sightings", [](Database& database, const ReportSubject& about) {
                       return count(database.sightings().newest(sightings_of_week(about), 50));
                     }});
  queries.push_back({"newest sightings of a person", [](Database& database, const ReportSubject& about) {
                       auto filter = sightings_of_week(about);
                       filter.person = about.person;
                       return count(database.sightings().newest(filter, 50));
                     }});
  queries.push_back({"newest sightings of a camera", [](Database& database, const ReportSubject& about) {
                       auto filter = sightings_of_week(about);
                       filter.camera = about.camera;
                       filter.last_at = about.begin;
                       filter.last_id = SightingId("ffffffff");
                       return count(database.sightings().newest(filter, 50));
                     }});
}

void add_attendance(std::vector<ReportQuery>& queries) {
  queries.push_back({"attendance of a day", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().days(about.day, about.day));
                     }});
  queries.push_back({"attendance of a person and day", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().day(about.person, about.day));
                     }});
  queries.push_back({"attendance of a person's month", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().days_of(about.person, about.day - days(30), about.day));
                     }});
  queries.push_back({"a page of a person's month", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().find_days(month(about, about.person), {}));
                     }});
  queries.push_back({"a page of everybody's month", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().find_days(month(about, {}), {}));
                     }});
  queries.push_back({"days of a month that wait for a review", [](Database& database, const ReportSubject& about) {
                       auto filter = month(about, {});
                       filter.status = AttendanceStatus::pending_review;
                       return count(database.attendance().find_days(filter, {}));
                     }});
  queries.push_back({"presence of everybody", [](Database& database, const ReportSubject&) {
                       return count(database.attendance().all_presence());
                     }});
  queries.push_back({"edges of a day", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().edges(about.begin, about.begin + days(1)));
                     }});
  queries.push_back({"edges of a person's day", [](Database& database, const ReportSubject& about) {
                       return count(database.attendance().edges_of(about.person, about.begin, about.begin + days(1)));
                     }});
}

void add_alerts(std::vector<ReportQuery>& queries) {
  queries.push_back({"alerts of a person's day", [](Database& database, const ReportSubject& about) {
                       return count(database.alerts().of_day(about.person, about.day));
                     }});
  queries.push_back({"alerts of a person not resolved", [](Database& database, const ReportSubject& about) {
                       return count(database.alerts().unresolved(about.person));
                     }});
  queries.push_back({"a page of a month's alerts", [](Database& database, const ReportSubject& about) {
                       return count(database.alerts().find(alerts_of_month(about, {}), {}));
                     }});
  queries.push_back({"a page of a person's alerts", [](Database& database, const ReportSubject& about) {
                       return count(database.alerts().find(alerts_of_month(about, about.person), {}));
                     }});
  queries.push_back({"unread notifications", [](Database& database, const ReportSubject&) {
                       return count(database.alerts().notifications(true, {}));
                     }});
  queries.push_back({"messages that are due", [](Database& database, const ReportSubject& about) {
                       return count(database.outbox().due(about.begin, 50));
                     }});
  queries.push_back(
      {"audit log of a subject", [](Database& database, const ReportSubject& about) {
         return count(database.audit().find({.from = {}, .to = {}, .actor = {}, .subject = about.person.str()}, {}));
       }});
}

}  // namespace

std::vector<ReportQuery> report_queries() {
  std::vector<ReportQuery> queries;
  add_sightings(queries);
  add_attendance(queries);
  add_alerts(queries);
  queries.push_back({"a page of people", [](Database& database, const ReportSubject&) {
                       return count(database.persons().find({.type = {}, .status = {}, .department = {}, .text = ""},
                                                            {.offset = 100, .limit = 50}));
                     }});
  return queries;
}

}  // namespace hadir
