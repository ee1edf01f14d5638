#include "cli/enroll_command.hpp"

#include <fstream>
#include <iterator>
#include <memory>
#include <print>

#include "app/configuration/configuration.hpp"
#include "app/people/enrol_person.hpp"
#include "media/photo_reader.hpp"
#include "server/server.hpp"
#include "server/system_clock.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t largest_photo = 64 << 20;

struct EnrollOptions {
  std::string name;
  std::string code;
  std::string add_to;
  std::string department;
  std::string role;
  std::vector<std::string> photos;
  std::string config_dir = ".";
  std::string data = "data";
  bool json = false;
};

Result<EnrolPhoto> read_photo(const std::string& path) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorKind::not_found, std::format("{}: {}", path, error.message()));
  if (bytes > largest_photo)
    return fail(ErrorKind::invalid_input, std::format("{}: is larger than 64 MiB, so no photo", path));
  std::ifstream stream(path, std::ios::binary);
  EnrolPhoto photo{path, Bytes(std::istreambuf_iterator<char>(stream), {})};
  if (!stream) return fail(ErrorKind::unavailable, std::format("{}: can't be read", path));
  return photo;
}

Result<EnrolRequest> request_of(const EnrollOptions& options, Database& database) {
  EnrolRequest request;
  request.name = options.name;
  request.employee_code = options.code;
  request.department = options.department;
  request.role = options.role;
  if (!options.add_to.empty()) {
    const auto person = database.persons().find_by_code(options.add_to);
    if (!person) return std::unexpected(person.error());
    if (!*person) return fail(ErrorKind::not_found, std::format("--add-to {}: nobody has this code", options.add_to));
    request.person = (*person)->id;
  }
  for (const std::string& path : options.photos) {
    auto photo = read_photo(path);
    if (!photo) return std::unexpected(photo.error());
    request.photos.push_back(std::move(*photo));
  }
  return request;
}

/// The running server looks for people whose record has changed.
Status mark_changed(Database& database, Person person, Instant now) {
  person.updated_at = now;
  return database.persons().update(person);
}

Result<EnrolOutcome> enrol(const EnrollOptions& options) {
  const auto configuration = load_configuration(options.config_dir, process_environment());
  if (!configuration) return std::unexpected(configuration.error());
  const Settings& settings = configuration->settings;
  const auto pack = load_pack(settings.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  auto models = (*pack)->make();
  if (!models) return std::unexpected(models.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return std::unexpected(data.error());
  const auto request = request_of(options, *data->database);
  if (!request) return std::unexpected(request.error());

  const SystemClock clock;
  RandomUuidSource uuids;
  const auto reader = make_photo_reader();
  EnrolPerson use_case({.database = *data->database,
                        .pictures = *data->pictures,
                        .reader = *reader,
                        .models = *models,
                        .clock = clock,
                        .uuids = uuids},
                       {.photo = {},
                        .target_fpir = settings.analysis.target_fpir,
                        .recognition_threshold = settings.analysis.recognition_threshold});
  auto outcome = use_case.enrol(*request);
  if (outcome && request->person)
    if (const auto marked = mark_changed(*data->database, outcome->person, clock.now()); !marked)
      return std::unexpected(marked.error());
  return outcome;
}

ExitCode run_enroll(const EnrollOptions& options) {
  if (options.name.empty() == options.add_to.empty())
    return exit_code(Error{ErrorKind::invalid_input, "say who it is: --name for somebody new, or --add-to CODE"});
  const auto outcome = enrol(options);
  if (!outcome) return exit_code(outcome.error());
  if (options.json) {
    Json refused = Json::array();
    for (const PhotoRefusal& refusal : outcome->refused)
      refused.push_back({{"photo", refusal.photo}, {"reason", refusal.reason}});
    print_json({{"employee_id", outcome->person.employee_code},
                {"id", outcome->person.id.str()},
                {"name", outcome->person.name},
                {"templates", outcome->templates.size()},
                {"refused", std::move(refused)}});
    return 0;
  }
  for (const PhotoRefusal& refusal : outcome->refused)
    std::println(stderr, "hadir: {} was not taken: {}", refusal.photo, refusal.reason);
  std::println("{} is enrolled as {} with {} photo{}", outcome->person.name, outcome->person.employee_code,
               outcome->templates.size(), outcome->templates.size() == 1 ? "" : "s");
  return 0;
}

}  // namespace

void add_enroll_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<EnrollOptions>();
  CLI::App* command = app.add_subcommand("enroll", "Enrol somebody from photos");
  command->add_option("--name", options->name, "the person's name, shown everywhere");
  command->add_option("--code", options->code, "employee code; the next free of E0001, E0002, ... when not given");
  command->add_option("--add-to", options->add_to,
                      "give the photos to the person of this code, who is enrolled already");
  command->add_option("--department", options->department, "department");
  command->add_option("--role", options->role, "role");
  command->add_option("photos", options->photos, "photos with one face each")->required();
  command->add_option("--config-dir", options->config_dir, "folder with config/")->capture_default_str();
  command->add_option("--data", options->data, "folder of the database and the pictures")->capture_default_str();
  command->add_flag("--json", options->json, "answer as JSON");
  command->callback([options, &exit] { exit = run_enroll(*options); });
}

}  // namespace hadir
