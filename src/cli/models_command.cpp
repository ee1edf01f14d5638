#include "cli/models_command.hpp"

#include <memory>
#include <print>

#include "notify/http_download.hpp"
#include "vision/model_files.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct ModelsOptions {
  std::string pack;  ///< empty: every pack for list and verify, the default one for fetch
  bool json = false;
};

const char* to_text(FileState state) {
  switch (state) {
    case FileState::ok:
      return "ok";
    case FileState::missing:
      return "missing";
    case FileState::altered:
      break;
  }
  return "altered";
}

Result<std::vector<Manifest>> chosen_packs(const ModelLocations& where, const std::string& pack) {
  const auto names = pack.empty() ? list_packs(where) : std::vector{pack};
  if (names.empty()) return fail(ErrorKind::not_found, std::format("no model manifests in {}", where.models.string()));
  std::vector<Manifest> manifests;
  for (const auto& name : names) {
    auto manifest = find_pack(where, name);
    if (!manifest) return std::unexpected(manifest.error());
    manifests.push_back(std::move(*manifest));
  }
  return manifests;
}

Json pack_json(const ModelLocations& where, const Manifest& manifest) {
  Json json{{"pack", manifest.name},
            {"title", manifest.title},
            {"commercial_use", manifest.commercial_use()},
            {"dimensions", manifest.embedder.dimensions},
            {"files", Json::array()}};
  for (const auto& file : manifest.files) {
    const auto report = inspect(where, file);
    json["files"].push_back({{"role", file.role},
                             {"name", file.name},
                             {"bytes", file.bytes},
                             {"sha256", file.sha256},
                             {"licence", file.licence},
                             {"commercial_use", file.commercial_use},
                             {"state", to_text(report.state)},
                             {"path", report.path.string()}});
  }
  return json;
}

void print_pack(const Json& pack) {
  std::println("{}  {}{}", pack["pack"].get<std::string>(), pack["title"].get<std::string>(),
               pack["commercial_use"].get<bool>() ? "" : "  [no commercial use]");
  for (const auto& file : pack["files"])
    std::println("  {:<8} {:<12} {:>9} bytes  {}", file["state"].get<std::string>(), file["role"].get<std::string>(),
                 file["bytes"].get<std::uintmax_t>(), file["path"].get<std::string>());
}

/// With `must_be_intact`, anything missing or altered is a failure.
ExitCode run_list(const ModelsOptions& options, bool must_be_intact) {
  const auto where = ModelLocations::standard();
  const auto manifests = chosen_packs(where, options.pack);
  if (!manifests) return exit_code(manifests.error());
  Json answer = Json::array();
  std::string broken;
  for (const auto& manifest : *manifests) {
    auto pack = pack_json(where, manifest);
    for (const auto& file : pack["files"])
      if (file["state"] != "ok" && broken.empty())
        broken = std::format("the model file {} is {}; run: hadir models fetch --pack {}",
                             file["path"].get<std::string>(), file["state"].get<std::string>(), manifest.name);
    if (!options.json) print_pack(pack);
    answer.push_back(std::move(pack));
  }
  if (options.json) print_json(Json{{"packs", answer}});
  if (must_be_intact && !broken.empty()) return exit_code(Error{ErrorKind::unavailable, broken});
  return 0;
}

ExitCode run_fetch(const ModelsOptions& options) {
  const auto where = ModelLocations::standard();
  const auto manifest = find_pack(where, options.pack.empty() ? "default" : options.pack);
  if (!manifest) return exit_code(manifest.error());
  HttpDownloader downloader;
  Json files = Json::array();
  for (const auto& file : manifest->files) {
    const auto path = fetch_model(where, file, downloader);
    if (!path) return exit_code(path.error());
    if (!options.json) std::println("{:<12} {}", file.role, path->string());
    files.push_back({{"role", file.role}, {"name", file.name}, {"path", path->string()}});
  }
  if (options.json) print_json(Json{{"pack", manifest->name}, {"files", files}});
  return 0;
}

}  // namespace

void add_models_command(CLI::App& app, ExitCode& exit) {
  CLI::App* models = app.add_subcommand("models", "List, fetch and verify model packs");
  models->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, auto run) {
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* command = models->add_subcommand(name, what);
    command->add_option("--pack", options->pack, "name of a pack");
    command->add_flag("--json", options->json, "answer as JSON");
    command->callback([options, run, &exit] { exit = run(*options); });
  };
  add("list", "the packs, their licences, and where their files are",
      [](const ModelsOptions& options) { return run_list(options, false); });
  add("verify", "check every file's digest; fails when one is missing or altered",
      [](const ModelsOptions& options) { return run_list(options, true); });
  add("fetch", "get what a pack (default: \"default\") lacks: from a mirror, else from its public address", &run_fetch);
}

}  // namespace hadir
