#include "cli/scene_command.hpp"

#include <charconv>
#include <fstream>
#include <memory>
#include <print>
#include <sstream>

#include "server/still_scene.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

struct SceneCommandOptions {
  SceneOptions scene;
  std::string size = "960x540";
  std::filesystem::path out;
  std::filesystem::path truth;
  std::vector<std::string> visits;
  ModelSettings models;
};

std::unexpected<Error> wrong_visit(const std::string& text) {
  return fail(ErrorKind::invalid_input,
              std::format("--visit {} is not PHOTO,PATH,FROM_SEC,TO_SEC,FACE_PX[,NAME]", text));
}

struct ParsedVisit {
  std::filesystem::path photo;
  std::string name;
  SceneVisit visit;
};

Result<ParsedVisit> parse_visit(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  if (parts.size() != 5 && parts.size() != 6) return wrong_visit(text);
  ParsedVisit parsed;
  parsed.photo = parts[0];
  parsed.name = parts.size() == 6 ? parts[5] : parsed.photo.stem().string();
  const auto path = scene_path_from(parts[1]);
  if (!path) return std::unexpected(path.error());
  parsed.visit.path = *path;
  const auto number = [](const std::string& digits, auto& value) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), value).ptr == digits.data() + digits.size();
  };
  if (!number(parts[2], parsed.visit.from_sec) || !number(parts[3], parsed.visit.to_sec) ||
      !number(parts[4], parsed.visit.face_px))
    return wrong_visit(text);
  return parsed;
}

Result<SceneTruth> run_scene(SceneCommandOptions& options) {
  const auto cross = options.size.find('x');
  options.scene.size = {std::atoi(options.size.c_str()),
                        cross == std::string::npos ? 0 : std::atoi(options.size.c_str() + cross + 1)};
  const auto pack = load_pack(options.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  const auto models = (*pack)->make();
  if (!models) return std::unexpected(models.error());
  std::vector<SceneActor> actors;
  std::vector<SceneVisit> visits;
  for (const auto& text : options.visits) {
    auto parsed = parse_visit(text);
    if (!parsed) return std::unexpected(parsed.error());
    auto actor = actor_on(parsed->photo, parsed->name, *models->detector);
    if (!actor) return std::unexpected(actor.error());
    parsed->visit.actor = actors.size();
    actors.push_back(std::move(*actor));
    visits.push_back(parsed->visit);
  }
  return make_scene(options.out, options.scene, actors, visits);
}

ExitCode run(SceneCommandOptions options) {
  const auto truth = run_scene(options);
  if (!truth) return exit_code(truth.error());
  if (options.truth.empty()) {
    print_json(truth_json(*truth));
    return 0;
  }
  std::ofstream file(options.truth);
  file << truth_json(*truth).dump() << "\n";
  file.close();
  if (!file) return exit_code(Error{ErrorKind::unavailable, "cannot write " + options.truth.string()});
  std::println("{}: {} frames of {}x{}", options.out.string(), truth->frames, truth->size.width, truth->size.height);
  return 0;
}

}  // namespace

void add_scene_command(CLI::App& demo, ExitCode& exit) {
  auto options = std::make_shared<SceneCommandOptions>();
  CLI::App* command = demo.add_subcommand(
      "scene", "Make a camera clip of people on photos walking through a drawn room, and its truth");
  command->add_option("--out", options->out, "the clip, .mp4 or .mkv")->required();
  command
      ->add_option("--visit", options->visits,
                   "PHOTO,PATH,FROM_SEC,TO_SEC,FACE_PX[,NAME]; PATH is cross_to_right, cross_to_left, "
                   "through_door_to_left or through_door_to_right; may be given again")
      ->required();
  command->add_option("--truth", options->truth, "file for the truth as JSON; stdout when not given");
  command->add_option("--size", options->size, "WIDTHxHEIGHT, both even")->capture_default_str();
  command->add_option("--fps", options->scene.fps, "frames a second")->capture_default_str();
  command->add_option("--seconds", options->scene.seconds, "length")->capture_default_str();
  command->add_option("--seed", options->scene.seed, "of the room and the noise")->capture_default_str();
  command->add_option("--pan", options->scene.pan, "swing of the camera, share of the width")->capture_default_str();
  command->add_option("--zoom", options->scene.zoom, "how much nearer it comes, a share")->capture_default_str();
  command->add_option("--pack", options->models.pack, "model pack that finds the faces on the photos");
  command->callback([options, &exit] { exit = run(*options); });
}

}  // namespace hadir
