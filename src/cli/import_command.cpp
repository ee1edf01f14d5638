#include "cli/import_command.hpp"

#include <fstream>
#include <memory>
#include <print>

#include "app/configuration/configuration.hpp"
#include "app/people/import_encodings.hpp"
#include "cli/dlib_model.hpp"
#include "cli/import_employees_command.hpp"
#include "core/uuid.hpp"
#include "server/server.hpp"
#include "server/system_clock.hpp"
#include "vision/model_files.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct EncodingsOptions {
  std::string file;
  std::string config_dir = ".";
  std::string data = "data";
  EncodingImportOptions how;
  bool json = false;
};

/// Encodings wait unused where another pack than dlib's runs: that is worth a word.
std::string pack_note(const std::string& config_dir, const ModelId& model) {
  const auto configuration = load_configuration(config_dir, process_environment());
  if (!configuration) return {};
  const auto where = ModelLocations::standard();
  const auto pack = find_pack(where, choose_pack(configuration->settings.models, where).name);
  if (!pack || pack->model() == model) return {};
  return std::format(
      "the model pack {} does not compare these encodings; set FACE_RECOGNITION_MODEL=hog (or cnn) to "
      "use them",
      pack->name);
}

Json json_of(const EncodingImportReport& report, const std::string& note) {
  Json lines = Json::array();
  for (const auto& line : report.lines)
    lines.push_back({{"line", line.line},
                     {"employee_code", line.employee_code},
                     {"name", line.name},
                     {"verdict", to_text(line.verdict)},
                     {"encodings", line.encodings},
                     {"reason", line.reason}});
  return {{"written", report.written},
          {"added", report.added},
          {"changed", report.changed},
          {"unchanged", report.unchanged},
          {"refused", report.refused},
          {"encodings", report.encodings},
          {"note", note},
          {"lines", std::move(lines)}};
}

void print_report(const EncodingImportReport& report, const EncodingsOptions& options, const std::string& note) {
  for (const auto& line : report.lines) {
    if (line.verdict == ImportVerdict::refused)
      std::println("line {}: refused{}: {}", line.line,
                   line.employee_code.empty() ? "" : std::format(" ({})", line.employee_code), line.reason);
    else
      std::println("line {}: {} {} ({}), {} new encodings", line.line, to_text(line.verdict), line.name,
                   line.employee_code, line.encodings);
  }
  std::println("{} added, {} changed, {} unchanged, {} refused; {} new encodings{}", report.added, report.changed,
               report.unchanged, report.refused, report.encodings,
               report.written        ? ""
               : options.how.dry_run ? " (dry run: nothing was written)"
                                     : "; nothing was written (--skip-refused writes the others)");
  if (!note.empty()) std::println("{}", note);
}

ExitCode run_encodings(const EncodingsOptions& options) {
  std::ifstream file(options.file, std::ios::binary);
  if (!file || std::filesystem::is_directory(options.file))
    return exit_code(Error{ErrorKind::invalid_input, std::format("{}: cannot be read", options.file)});
  const auto model = dlib_model();
  if (!model) return exit_code(model.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const SystemClock clock;
  RandomUuidSource uuids;
  const auto report = import_encodings(file, *data->database, *model, clock, uuids, options.how);
  if (!report) return exit_code(report.error());
  const auto note = pack_note(options.config_dir, *model);
  if (options.json)
    print_json(json_of(*report, note));
  else
    print_report(*report, options, note);
  return report->refused == 0 ? 0 : 2;
}

}  // namespace

void add_import_command(CLI::App& app, ExitCode& exit) {
  CLI::App* import = app.add_subcommand("import", "Take people over from other systems");
  import->require_subcommand(1);
  auto options = std::make_shared<EncodingsOptions>();
  CLI::App* encodings = import->add_subcommand(
      "encodings",
      "people with dlib's 128-d face encodings\n"
      "FILE holds one JSON object a line, one person each: employee_code (or id_number), name (or first_name and\n"
      "last_name), email, phone, department, organization, person_type, status, and face_encodings, a list of\n"
      "{\"encoding\": base64 of 128 float64 little-endian (1024 bytes), or \"encoding_list\": [128 numbers],\n"
      "\"confidence\": 0..1}. People are matched by employee_code; encodings already there are not added twice.\n"
      "Unless --skip-refused is given, one refused line means that nothing is written (docs/encodings.md)");
  encodings->add_option("file", options->file, "the file to read")->required();
  encodings->add_flag("--dry-run", options->how.dry_run, "say what would happen and write nothing");
  encodings->add_flag("--skip-refused", options->how.skip_refused, "write the other lines when some are refused");
  encodings->add_option("--config-dir", options->config_dir, "folder with config/")->capture_default_str();
  encodings->add_option("--data", options->data, "folder of the database")->capture_default_str();
  encodings->add_flag("--json", options->json, "answer as JSON");
  encodings->callback([options, &exit] { exit = run_encodings(*options); });
  add_import_employees_command(*import, exit);
}

}  // namespace hadir
