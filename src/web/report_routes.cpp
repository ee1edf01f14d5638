#include <array>
#include <format>
#include <ranges>

#include "app/queries/attendance_report.hpp"
#include "web/day_json.hpp"
#include "web/person_access.hpp"
#include "web/report_file.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

// The address changes with the picture, but a last-out picture may be written some seconds after its record.
constexpr int picture_kept_seconds = 30;
constexpr int most_days = 92;
constexpr std::int64_t rows_a_page = 1000;
constexpr std::int64_t people_a_day = 100'000;

/// The `date` of the query; today when it is not given and may be left out.
Result<LocalDay> date_of(const WebServices& services, const HttpCall& call) {
  const std::string text = call.query("date");
  if (text.empty()) return services.site_day.of(services.clock.now());
  auto day = parse_day(text);
  if (!day) return fail(ErrorKind::invalid_input, "date: must be a day such as 2026-01-05");
  return day;
}

Json counts_json(const std::map<AttendanceStatus, int>& counts) {
  Json json = Json::object();
  for (const auto& [status, count] : counts) json[to_text(status)] = count;
  return json;
}

/// Days of the report: `date` alone, or `from` and `to`.
void read_days(const WebServices& services, QueryValues& in, AttendanceQuery& query) {
  const LocalDay today = services.site_day.of(services.clock.now());
  const auto date = in.day("date");
  const auto from = in.day("from");
  const auto to = in.day("to");
  query.from = date.value_or(from.value_or(to.value_or(today)));
  query.to = date.value_or(to.value_or(from ? std::max(today, *from) : today));
  if (date && (from || to)) in.fault("date", "must not be given with from or to");
  if (date && *date > today) in.fault("date", std::format("has not come yet; today is {}", format_day(today)));
  if (!date && query.to > today) in.fault("to", std::format("has not come yet; today is {}", format_day(today)));
  if (query.to < query.from) in.fault("to", "must not be before from");
  if ((query.to - query.from).count() >= most_days)
    in.fault("from", std::format("must be within {} days of to", most_days));
}

/// `status`: one or several, with commas between them.
void read_statuses(QueryValues& in, AttendanceQuery& query) {
  const auto words = in.text("status");
  for (const auto part : std::views::split(words.value_or(""), ',')) {
    const std::string_view word(part.begin(), part.end());
    if (const auto status = attendance_status_from(word))
      query.statuses.insert(*status);
    else if (words)
      in.fault("status", "must be PRESENT, ABSENT, LATE, LEFT_EARLY, ON_LEAVE, HOLIDAY or PENDING_REVIEW, or several");
  }
}

constexpr std::array file_columns{
    CsvColumn{"date", "/date"},
    CsvColumn{"employee_id", "/employee_id"},
    CsvColumn{"name", "/name"},
    CsvColumn{"department", "/department"},
    CsvColumn{"status", "/status"},
    CsvColumn{"first_in", "/first_in", true},
    CsvColumn{"first_in_camera", "/first_in_camera"},
    CsvColumn{"last_out", "/last_out", true},
    CsvColumn{"last_out_camera", "/last_out_camera"},
    CsvColumn{"duration_minutes", "/duration_minutes"},
    CsvColumn{"entry_type", "/entry_type"},
    CsvColumn{"remarks", "/remarks"},
};

drogon::HttpResponsePtr attendance_file(const WebServices& services, const HttpCall& call, const AttendanceQuery& query,
                                        std::int64_t total, const Json& rows) {
  if (total > report_file_rows)
    return error_reply({ErrorKind::invalid_input,
                        std::format("from: a file has at most {} rows, these are {}", report_file_rows, total)},
                       "from");
  const auto days = query.from == query.to ? format_day(query.from)
                                           : std::format("{}_{}", format_day(query.from), format_day(query.to));
  return csv_reply(services, call, "attendance", days, rows, file_columns);
}

drogon::HttpResponsePtr attendance(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  AttendanceQuery query;
  read_days(services, in, query);
  const auto format = report_format(in);
  read_statuses(in, query);
  const auto employee = in.text("employee");
  query.department = in.text("department");
  query.may_be_told = [&](const Person& person) { return call.caller.sees_department(person.department); };
  const bool one_day = query.from == query.to && !in.has("page") && !in.has("page_size");
  const auto page = in.page(rows_a_page, rows_a_page);
  if (auto wrong = in.reply()) return wrong;
  if (employee) {
    const auto person = visible_person(services, call, *employee);
    if (!person) return error_reply(person.error(), "employee");
    query.person = person->id;
  }
  const Paging paging = format == ReportFormat::csv ? Paging{.offset = 0, .limit = report_file_rows}
                        : one_day                   ? Paging{.offset = 0, .limit = people_a_day}
                                                    : page.paging();
  const auto report = attendance_report(services.database, query, paging, services.site_day, services.clock.now());
  if (!report) return error_reply(report.error());
  Json list = Json::array();
  for (const AttendanceRow& row : report->page.rows)
    list.push_back(day_json(services, call.caller, row.person, row.day, row.recorded));
  if (format == ReportFormat::csv) return attendance_file(services, call, query, report->page.total, list);
  Json json = one_day ? Json{{"date", format_day(query.from)}} : Json::object();
  json["from"] = format_day(query.from);
  json["to"] = format_day(query.to);
  json["time_zone"] = services.site_day.zone->name();
  json["counts"] = counts_json(report->counts);
  json["total"] = report->page.total;
  json["rows"] = std::move(list);
  return json_reply(json);
}

struct PersonDay {
  Person person;
  AttendanceDay day;
};

Result<PersonDay> person_day(const WebServices& services, const HttpCall& call, const std::string& employee_id,
                             LocalDay day) {
  auto person = visible_person(services, call, employee_id);
  if (!person) return std::unexpected(person.error());
  auto record = services.database.attendance().day(person->id, day);
  if (!record) return std::unexpected(record.error());
  PersonDay found{.person = std::move(*person), .day = {}};
  if (*record)
    found.day = std::move(**record);
  else
    found.day.day = day;
  return found;
}

using DayReply = std::function<drogon::HttpResponsePtr(const PersonDay&)>;

/// Answers about the person `employee_id` on the day `date`, or says which of the two is wrong.
drogon::HttpResponsePtr with_person_day(const WebServices& services, const HttpCall& call, const DayReply& reply) {
  const std::string employee_id = call.query("employee_id");
  if (employee_id.empty())
    return error_reply(Error{ErrorKind::invalid_input, "employee_id: must be given"}, "employee_id");
  const auto day = date_of(services, call);
  if (!day) return error_reply(day.error(), "date");
  const auto found = person_day(services, call, employee_id, *day);
  if (!found) return error_reply(found.error(), found.error().kind == ErrorKind::not_found ? "employee_id" : "");
  return reply(*found);
}

drogon::HttpResponsePtr captures(const WebServices& services, const HttpCall& call) {
  return with_person_day(services, call, [&](const PersonDay& found) {
    const auto url = [&](const std::optional<AttendanceMark>& mark, const char* name) {
      return capture_url(call.caller, found.person, found.day.day, mark, name);
    };
    return json_reply({{"employee_id", found.person.employee_code},
                       {"name", found.person.name},
                       {"date", format_day(found.day.day)},
                       {"first_in", url(found.day.first_in, "first_in")},
                       {"last_out", url(found.day.last_out, "last_out")}});
  });
}

drogon::HttpResponsePtr picture(const WebServices& services, const HttpCall& call,
                                std::optional<AttendanceMark> AttendanceDay::* which) {
  return with_person_day(services, call, [&](const PersonDay& found) {
    const auto& mark = found.day.*which;
    if (!mark || mark->picture.empty() || !call.caller.sees(mark->camera))
      return error_reply(Error{ErrorKind::not_found, "there is no such picture for this day"});
    const auto bytes = services.pictures.get(mark->picture);
    if (!bytes) return error_reply(bytes.error());
    return jpeg_reply(*bytes, call.query("v").empty() ? 0 : picture_kept_seconds);
  });
}

}  // namespace

void add_report_routes(Router& router, const WebServices& services, ReplyCache& kept) {
  router.add({drogon::Get, "/api/report/attendance", Access::to(Permission::attendance_read)},
             [&services, &kept](const HttpCall& call) {
               if (call.query("format") == "csv") return attendance(services, call);  // a file is not asked for again
               return kept.reply("attendance", call.request, call.caller, [&] { return attendance(services, call); });
             });
  router.add({drogon::Get, "/api/report/attendance_captures", Access::to(Permission::attendance_read)},
             [&services](const HttpCall& call) { return captures(services, call); });
  router.add({drogon::Get, "/api/report/attendance_captures/first_in.jpg", Access::to(Permission::attendance_read)},
             [&services](const HttpCall& call) { return picture(services, call, &AttendanceDay::first_in); });
  router.add({drogon::Get, "/api/report/attendance_captures/last_out.jpg", Access::to(Permission::attendance_read)},
             [&services](const HttpCall& call) { return picture(services, call, &AttendanceDay::last_out); });
}

}  // namespace hadir
