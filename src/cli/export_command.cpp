#include "cli/export_command.hpp"

#include <spdlog/spdlog.h>

#include <fstream>
#include <memory>
#include <print>

#include "app/people/import_encodings.hpp"
#include "cli/dlib_model.hpp"
#include "server/server.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

struct EncodingsOptions {
  std::string file;
  std::string code;
  std::string data = "data";
  bool json = false;
};

/// The whole file or none, readable by its owner alone from the first byte on.
Result<EncodingExport> write_file(const fs::path& to, Database& database, const ModelId& model,
                                  const std::optional<std::string>& code) {
  const fs::path partial = to.string() + ".part";
  std::error_code error;
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  fs::permissions(partial, fs::perms::owner_read | fs::perms::owner_write, error);
  if (!file || error) return fail(ErrorKind::unavailable, std::format("{}: cannot be written", partial.string()));
  auto counts = export_encodings(file, database, model, code);
  file.close();
  if (counts && !file) counts = fail(ErrorKind::unavailable, std::format("{}: cannot be written", partial.string()));
  if (counts) {
    fs::rename(partial, to, error);
    if (error) counts = fail(ErrorKind::unavailable, std::format("{}: {}", to.string(), error.message()));
  }
  if (!counts) fs::remove(partial, error);
  return counts;
}

ExitCode run_encodings(const EncodingsOptions& options) {
  const auto model = dlib_model();
  if (!model) return exit_code(model.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto counts = write_file(options.file, *data->database, *model,
                                 options.code.empty() ? std::nullopt : std::optional(options.code));
  if (!counts) return exit_code(counts.error());
  spdlog::warn("{} holds biometric data that is not encrypted: keep it safe and delete it after use", options.file);
  if (options.json)
    print_json({{"file", options.file}, {"people", counts->people}, {"encodings", counts->encodings}});
  else
    std::println("{} people with {} encodings are in {}", counts->people, counts->encodings, options.file);
  return 0;
}

}  // namespace

void add_export_command(CLI::App& app, ExitCode& exit) {
  CLI::App* command = app.add_subcommand("export", "Hand people over to other systems");
  command->require_subcommand(1);
  auto options = std::make_shared<EncodingsOptions>();
  CLI::App* encodings = command->add_subcommand(
      "encodings",
      "people with dlib's 128-d face encodings, in the format that `hadir import encodings` reads. Only templates made "
      "by the packs dlib and dlib-cnn");
  encodings->add_option("file", options->file, "the file to write; it is not encrypted")->required();
  encodings->add_option("--code", options->code, "the person of this employee code alone");
  encodings->add_option("--data", options->data, "folder of the database")->capture_default_str();
  encodings->add_flag("--json", options->json, "answer as JSON");
  encodings->callback([options, &exit] { exit = run_encodings(*options); });
}

}  // namespace hadir
