// Attendance in figures, for charts.
#include <format>

#include "app/queries/attendance_figures.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

constexpr int usual_days = 28;
constexpr int most_days = 92;

/// Who the figures are of; the answer when that is nobody the caller sees.
std::expected<AttendanceQuery, drogon::HttpResponsePtr> people_of(const WebServices& services, const HttpCall& call,
                                                                  QueryValues& in, AttendanceQuery query) {
  const auto employee = in.text("employee");
  query.department = in.text("department");
  query.may_be_told = [&call](const Person& person) { return call.caller.sees_department(person.department); };
  if (auto wrong = in.reply()) return std::unexpected(wrong);
  if (employee) {
    const auto person = visible_person(services, call, *employee);
    if (!person) return std::unexpected(error_reply(person.error(), "employee"));
    query.person = person->id;
  }
  return query;
}

drogon::HttpResponsePtr presence(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const Instant now = services.clock.now();
  const LocalDay today = services.site_day.of(now);
  AttendanceQuery asked;
  asked.from = asked.to = in.day("date").value_or(today);
  if (asked.from > today) in.fault("date", std::format("has not come yet; today is {}", format_day(today)));
  const auto minutes = in.integer("minutes", {.least = 15, .most = 240}).value_or(60);
  const auto query = people_of(services, call, in, std::move(asked));
  if (!query) return query.error();
  const auto slots =
      presence_over_day(services.database, *query, std::chrono::minutes(minutes), services.site_day, now);
  if (!slots) return error_reply(slots.error());
  Json list = Json::array();
  for (const auto& slot : *slots)
    list.push_back({{"from", site_time(services, slot.from)},
                    {"to", site_time(services, slot.to)},
                    {"present", slot.present},
                    {"seen", slot.seen}});
  return json_reply({{"date", format_day(query->from)},
                     {"time_zone", services.site_day.zone->name()},
                     {"minutes", minutes},
                     {"slots", std::move(list)}});
}

Json figures_json(DayFigures figures) {
  using enum AttendanceStatus;
  auto& counts = figures.counts;
  return {{"date", format_day(figures.day)},
          {"present", counts[present]},
          {"late", counts[late]},
          {"left_early", counts[left_early]},
          {"absent", counts[absent]},
          {"on_leave", counts[on_leave]},
          {"holiday", counts[holiday]},
          {"pending_review", counts[pending_review]},
          {"late_minutes", figures.late.count()}};
}

drogon::HttpResponsePtr by_day(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const Instant now = services.clock.now();
  const LocalDay today = services.site_day.of(now);
  AttendanceQuery asked;
  const auto from = in.day("from");
  asked.to = in.day("to").value_or(today);
  asked.from = from.value_or(asked.to - days(usual_days - 1));
  if (asked.to > today) in.fault("to", std::format("has not come yet; today is {}", format_day(today)));
  if (asked.to < asked.from) in.fault("to", "must not be before from");
  if ((asked.to - asked.from).count() >= most_days)
    in.fault("from", std::format("must be within {} days of to", most_days));
  const auto query = people_of(services, call, in, std::move(asked));
  if (!query) return query.error();
  const auto figures = figures_by_day(services.database, services.rules, *query, services.site_day, now);
  if (!figures) return error_reply(figures.error());
  Json list = Json::array();
  for (const auto& one : *figures) list.push_back(figures_json(one));
  return json_reply({{"from", format_day(query->from)},
                     {"to", format_day(query->to)},
                     {"time_zone", services.site_day.zone->name()},
                     {"days", std::move(list)}});
}

}  // namespace

void add_figure_routes(Router& router, const WebServices& services) {
  router.add({drogon::Get, "/api/report/presence", Access::to(Permission::attendance_read)},
             [&services](const HttpCall& call) { return presence(services, call); });
  router.add({drogon::Get, "/api/report/daily_figures", Access::to(Permission::attendance_read)},
             [&services](const HttpCall& call) { return by_day(services, call); });
}

}  // namespace hadir
