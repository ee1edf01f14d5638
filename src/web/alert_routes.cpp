#include <algorithm>
#include <array>
#include <format>
#include <unordered_map>

#include "app/queries/attendance_report.hpp"
#include "web/person_access.hpp"
#include "web/report_file.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr int most_days = 366;
constexpr std::int64_t rows_a_page = 500;
constexpr std::int64_t alerts_at_once = report_file_rows;

Json schedule_json(const ScheduleState& state) {
  return {{"work_hours", state.work_hours},
          {"lunch_break", state.lunch_break.empty() ? Json(nullptr) : Json(state.lunch_break)},
          {"mode", to_text(state.mode)},
          {"tracking_active", state.tracking_active},
          {"in_work_hours", state.in_work_hours},
          {"in_lunch_break", state.in_lunch_break},
          {"paused", state.paused}};
}

Json alert_json(const WebServices& services, const HttpCall& call, const Violation& alert, const Person& person) {
  const bool sees_camera = call.caller.sees(alert.camera);
  return {
      {"id", alert.id.str()},
      {"type", "EMPLOYEE_LOST"},
      {"employee_id", person.employee_code},
      {"name", person.name},
      {"department", person.department},
      {"date", format_day(alert.day)},
      {"camera", sees_camera ? Json(camera_name(services, alert.camera)) : Json(nullptr)},
      {"last_seen", site_time(services, alert.last_seen)},
      {"opened_at", site_time(services, alert.opened_at)},
      {"resolved_at", alert.resolved_at ? Json(site_time(services, *alert.resolved_at)) : Json(nullptr)},
      {"absence_seconds",
       alert.resolved_at ? Json(std::chrono::floor<std::chrono::seconds>(*alert.resolved_at - alert.last_seen).count())
                         : Json(nullptr)},
      {"schedule", schedule_json(alert.schedule)}};
}

/// Days of the report; today when none is given.
std::pair<LocalDay, LocalDay> read_days(const WebServices& services, QueryValues& in) {
  const LocalDay today = services.site_day.of(services.clock.now());
  const auto from = in.day("date_from");
  const auto to = in.day("date_to");
  const LocalDay last = to.value_or(from ? std::max(today, *from) : today);
  const LocalDay first = from.value_or(last);
  if (last < first) in.fault("date_to", "must not be before date_from");
  if ((last - first).count() >= most_days)
    in.fault("date_from", std::format("must be within {} days of date_to", most_days));
  return {first, last};
}

constexpr std::array file_columns{
    CsvColumn{"date", "/date"},
    CsvColumn{"employee_id", "/employee_id"},
    CsvColumn{"name", "/name"},
    CsvColumn{"department", "/department"},
    CsvColumn{"camera", "/camera"},
    CsvColumn{"last_seen", "/last_seen", true},
    CsvColumn{"opened_at", "/opened_at", true},
    CsvColumn{"resolved_at", "/resolved_at", true},
    CsvColumn{"absence_seconds", "/absence_seconds"},
    CsvColumn{"work_hours", "/schedule/work_hours"},
    CsvColumn{"lunch_break", "/schedule/lunch_break"},
    CsvColumn{"mode", "/schedule/mode"},
    CsvColumn{"in_work_hours", "/schedule/in_work_hours"},
    CsvColumn{"in_lunch_break", "/schedule/in_lunch_break"},
    CsvColumn{"paused", "/schedule/paused"},
};

drogon::HttpResponsePtr alerts(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto [from, to] = read_days(services, in);
  const auto employee = in.text("employee");
  const auto department = in.text("department");
  const auto page = in.page(rows_a_page, rows_a_page);
  ViolationFilter filter{.from = {}, .to = {}, .person = {}};
  filter.unresolved_only = in.boolean("unresolved").value_or(false);
  const bool resolved_only = in.boolean("resolved").value_or(false);
  if (resolved_only && filter.unresolved_only) in.fault("resolved", "must not be given with unresolved");
  const auto format = report_format(in);
  if (auto wrong = in.reply()) return wrong;
  if (employee) {
    const auto person = visible_person(services, call, *employee);
    if (!person) return error_reply(person.error(), "employee");
    filter.person = person->id;
  }
  std::tie(filter.from, filter.to) = moments_of(services.site_day, from, to);
  const auto people = services.database.persons().list();
  if (!people) return error_reply(people.error());
  std::unordered_map<PersonId, const Person*> visible;
  for (const Person& person : *people)
    if (call.caller.sees_department(person.department) && (!department || person.department == *department))
      visible.emplace(person.id, &person);
  // Some of them are counted here; the database pages those of everybody.
  const bool all = visible.size() == people->size() && !resolved_only && format == ReportFormat::json;
  auto found =
      services.database.alerts().find(filter, all ? page.paging() : Paging{.offset = 0, .limit = alerts_at_once});
  if (!found) return error_reply(found.error());
  std::erase_if(found->rows, [&](const Violation& alert) {
    return !visible.contains(alert.person) || (resolved_only && !alert.resolved_at);
  });
  const auto total = all ? found->total : static_cast<std::int64_t>(found->rows.size());
  const bool is_file = format == ReportFormat::csv;
  if (is_file && found->total > alerts_at_once)
    return error_reply({ErrorKind::invalid_input, std::format("date_from: a file has at most {} rows, these are {}",
                                                              alerts_at_once, found->total)},
                       "date_from");
  const auto begin = all || is_file ? 0 : std::min(page.paging().offset, total);
  const auto end = all || is_file ? static_cast<std::int64_t>(found->rows.size()) : std::min(begin + page.size, total);
  Json rows = Json::array();
  for (auto i = begin; i < end; ++i) {
    const Violation& alert = found->rows[static_cast<std::size_t>(i)];
    rows.push_back(alert_json(services, call, alert, *visible.at(alert.person)));
  }
  if (is_file)
    return csv_reply(services, call, "alerts", std::format("{}_{}", format_day(from), format_day(to)), rows,
                     file_columns);
  return json_reply({{"date_from", format_day(from)},
                     {"date_to", format_day(to)},
                     {"time_zone", services.site_day.zone->name()},
                     {"page", page.page},
                     {"page_size", page.size},
                     {"total", total},
                     {"rows", std::move(rows)}});
}

}  // namespace

void add_alert_routes(Router& router, const WebServices& services) {
  router.add({drogon::Get, "/api/report/alerts", Access::to(Permission::reports_read)},
             [&services](const HttpCall& call) { return alerts(services, call); });
}

}  // namespace hadir
