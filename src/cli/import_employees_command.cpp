#include "cli/import_employees_command.hpp"

#include <memory>
#include <print>

#include "app/people/import_employees.hpp"
#include "server/data_folder.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct EmployeesOptions {
  std::string file;
  std::string data = "data";
  bool dry_run = false;
  bool json = false;
};

void print_report(const ImportReport& report, const EmployeeList& list, const EmployeesOptions& options) {
  for (const auto& problem : report.problems) std::println("line {}: left out: {}", problem.line, problem.text);
  for (const auto& column : list.ignored) std::println("the column \"{}\" is not known and was left out", column);
  std::println("{} added, {} changed, {} unchanged, {} left out{}", report.added, report.changed, report.unchanged,
               report.problems.size(), options.dry_run ? " (dry run: nothing was written)" : "");
}

Json json_of(const ImportReport& report, const EmployeeList& list, const EmployeesOptions& options) {
  Json problems = Json::array();
  for (const auto& problem : report.problems) problems.push_back({{"line", problem.line}, {"problem", problem.text}});
  return {{"written", !options.dry_run},    {"added", report.added},       {"changed", report.changed},
          {"unchanged", report.unchanged},  {"left_out", problems.size()}, {"problems", problems},
          {"ignored_columns", list.ignored}};
}

ExitCode run_employees(const EmployeesOptions& options) {
  const auto list = read_employee_file(options.file);
  if (!list) return exit_code(list.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const SystemClock clock;
  RandomUuidSource uuids;
  const auto report =
      import_employees(*data->database, *list, clock, uuids, options.dry_run ? ImportMode::dry_run : ImportMode::write);
  if (!report) return exit_code(report.error());
  if (options.json)
    print_json(json_of(*report, *list, options));
  else
    print_report(*report, *list, options);
  return report->problems.empty() ? 0 : 2;
}

}  // namespace

void add_import_employees_command(CLI::App& import, ExitCode& exit) {
  auto options = std::make_shared<EmployeesOptions>();
  CLI::App* employees = import.add_subcommand(
      "employees",
      "people of a list made elsewhere: FILE.json (an array of objects) or CSV with a heading\n"
      "Columns: employee_code (employee_id, nik), name (nama) or first_name and last_name, email, phone, department\n"
      "(departemen), role (jabatan), organisation, type, status, id_number, id_type. People are matched by\n"
      "employee_code; only the columns of the list are changed; wrong lines are left out and reported");
  employees->add_option("file", options->file, "the file to read")->required();
  employees->add_flag("--dry-run", options->dry_run, "say what would happen and write nothing");
  employees->add_option("--data", options->data, "folder of the database")->capture_default_str();
  employees->add_flag("--json", options->json, "answer as JSON");
  employees->callback([options, &exit] { exit = run_employees(*options); });
}

}  // namespace hadir
