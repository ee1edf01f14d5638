// Many people at once, from a list made elsewhere.
#include "app/people/import_employees.hpp"
#include "web/access_gate.hpp"
#include "web/audit_note.hpp"
#include "web/json_body.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_list = 4U << 20U;
constexpr std::size_t most_rows = 10'000;

Result<EmployeeList> list_of(const std::string& content, const std::string& format) {
  return format == "json" ? read_employee_json(content, "content") : read_employee_csv(content, "content");
}

Json report_json(const ImportReport& report, const EmployeeList& list, bool preview) {
  Json rows = Json::array();
  for (const auto& row : report.rows)
    rows.push_back({{"line", row.line},
                    {"employee_id", row.employee_code},
                    {"name", row.name},
                    {"action", row.is_new ? "add" : "change"},
                    {"fields", row.fields}});
  Json problems = Json::array();
  for (const auto& problem : report.problems) problems.push_back({{"line", problem.line}, {"reason", problem.text}});
  return {{"ok", true},
          {"preview", preview},
          {"added", report.added},
          {"changed", report.changed},
          {"unchanged", report.unchanged},
          {"left_out", report.problems.size()},
          {"rows", std::move(rows)},
          {"problems", std::move(problems)},
          {"ignored_columns", list.ignored}};
}

drogon::HttpResponsePtr import(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call, largest_list);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"content"});
  const auto format = in.word(
      "format",
      [](std::string_view text) {
        return text == "csv" || text == "json" ? std::optional(std::string(text)) : std::nullopt;
      },
      "csv or json");
  const auto content = in.text("content", {.most = largest_list, .lines = true});
  const bool preview = in.boolean("preview").value_or(false);
  if (auto wrong = in.reply()) return wrong;
  // A list may name any department, and change people of any.
  if (!call.caller.departments.empty())
    return forbidden_reply("forbidden", "lists are for those who see all departments");
  const auto list = list_of(*content, format.value_or("csv"));
  if (!list) return error_reply(list.error(), "content");
  if (list->rows.size() > most_rows)
    return error_reply(Error{ErrorKind::invalid_input, "content: at most 10000 people at once"}, "content");
  RandomUuidSource uuids;
  const auto report =
      import_employees(services.database, *list, services.clock, uuids,
                       preview ? ImportMode::dry_run : ImportMode::write, [&](const ImportReport& made) {
                         return note(services, call, "person.import", "people",
                                     {{"added", made.added}, {"changed", made.changed}, {"unchanged", made.unchanged}});
                       });
  if (!report) return error_reply(report.error());
  if (!preview) tell_people_changed(services);
  return json_reply(report_json(*report, *list, preview));
}

}  // namespace

void add_import_routes(Router& router, const WebServices& services) {
  router.add_slow({drogon::Post, "/api/employees/import", Access::to(Permission::persons_write)},
                  [&services](const HttpCall& call) { return import(services, call); });
}

}  // namespace hadir
