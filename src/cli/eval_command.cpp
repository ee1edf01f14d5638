#include "cli/eval_command.hpp"

#include <cmath>
#include <limits>
#include <memory>
#include <print>

#include "app/evaluation/calibration_fit.hpp"
#include "app/evaluation/csv_table.hpp"
#include "app/evaluation/identification.hpp"
#include "app/evaluation/photo_embeddings.hpp"
#include "app/evaluation/verification.hpp"
#include "media/photo_reader.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct EvalOptions {
  std::string images;
  std::string pairs;
  std::string gallery;
  std::string probes;
  std::string exclude;
  std::string missed_faces = "fail";  ///< or "middle"
  ModelSettings models;
  double target_fpir = AnalysisSettings{}.target_fpir;
  unsigned threads = 2;
  bool json = false;
};

constexpr double fmrs[] = {0.01, 0.001};
constexpr double fpirs[] = {0.01, 0.003};
constexpr float no_face = -std::numeric_limits<float>::infinity();

std::string key(double value) {
  return std::format("{:g}", value);
}
Json bounds(const Proportion& p) {
  return Json::array({p.low, p.high});
}
/// JSON has no infinity: a threshold that refuses everything is null.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

struct Evaluation {
  std::unique_ptr<FaceModelFactory> pack;
  PhotoEmbeddings photos;

  const Embedding* embedding(const std::string& file) const {
    const auto& found = photos.at(file);
    return found ? &found->embedding : nullptr;
  }
  std::vector<std::string> from_middle() const {
    std::vector<std::string> files;
    for (const auto& [file, found] : photos)
      if (found && found->from_middle) files.push_back(file);
    return files;
  }
  std::vector<std::string> failed() const {
    std::vector<std::string> files;
    for (const auto& [file, embedding] : photos)
      if (!embedding) files.push_back(file);
    return files;
  }
};

Result<Evaluation> embed(const EvalOptions& options, const std::vector<std::string>& files) {
  auto pack = load_pack(options.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  if (!std::filesystem::is_directory(options.images))
    return fail(ErrorKind::invalid_input, std::format("--images {} is not a folder", options.images));
  const auto reader = make_photo_reader();
  const auto missed = options.missed_faces == "middle" ? MissedFace::is_in_middle : MissedFace::fails;
  auto photos = embed_photos(**pack, *reader, options.images, files, missed, options.threads);
  if (!photos) return std::unexpected(photos.error());
  return Evaluation{std::move(*pack), std::move(*photos)};
}

Result<std::vector<ScoredPair>> score_pairs(const Evaluation& evaluation, const std::vector<CsvRow>& rows) {
  std::vector<ScoredPair> pairs;
  for (const auto& row : rows) {
    const auto& same = row.at("same");
    if (same != "0" && same != "1")
      return fail(ErrorKind::invalid_input, std::format("same must be 0 or 1, not \"{}\"", same));
    ScoredPair pair{no_face, same == "1", row.contains("fold") ? std::atoi(row.at("fold").c_str()) : 0};
    const auto* a = evaluation.embedding(row.at("file_a"));
    const auto* b = evaluation.embedding(row.at("file_b"));
    if (a != nullptr && b != nullptr) pair.similarity = similarity(evaluation.pack->calibration().metric, *a, *b);
    pairs.push_back(pair);
  }
  if (std::ranges::none_of(pairs, &ScoredPair::same) || std::ranges::all_of(pairs, &ScoredPair::same))
    return fail(ErrorKind::invalid_input, "the pairs must hold both same and different people");
  return pairs;
}

ExitCode run_verify(const EvalOptions& options) {
  const auto rows = read_csv(options.pairs, {"file_a", "file_b", "same"});
  if (!rows) return exit_code(rows.error());
  std::vector<std::string> files;
  for (const auto& row : *rows) files.insert(files.end(), {row.at("file_a"), row.at("file_b")});
  const auto evaluation = embed(options, files);
  if (!evaluation) return exit_code(evaluation.error());
  const auto pairs = score_pairs(*evaluation, *rows);
  if (!pairs) return exit_code(pairs.error());
  const auto report = verification_report(*pairs, fmrs);
  Json json{{"pack", options.models.pack},
            {"pairs", pairs->size()},
            {"accuracy", report.accuracy},
            {"threshold", report.threshold},
            {"accuracy_at_threshold", report.accuracy_at_threshold},
            {"eer", report.eer},
            {"eer_threshold", report.eer_threshold}};
  for (const auto& [fmr, tar] : report.tar_at_fmr) json["tar_at_fmr"][key(fmr)] = tar;
  for (const auto& [fmr, threshold] : report.threshold_at_fmr) json["threshold_at_fmr"][key(fmr)] = number(threshold);
  json["from_middle"] = evaluation->from_middle();
  json["failed"] = evaluation->failed();
  if (options.json) {
    print_json(json);
    return 0;
  }
  std::println("{}: {} pairs, {} photos without a usable face", evaluation->pack->describe(), pairs->size(),
               json["failed"].size());
  if (const auto taken = json["from_middle"].size(); taken > 0)
    std::println("{} photos without a face in their middle: taken from there all the same (--missed-faces)", taken);
  std::println("accuracy {:.2f} % with the best threshold, {:.3f}; {:.2f} % where each fold has that of the others",
               100 * report.accuracy_at_threshold, report.threshold, 100 * report.accuracy);
  std::println("EER      {:.2f} % at {:.3f}", 100 * report.eer, report.eer_threshold);
  for (const auto& [fmr, tar] : report.tar_at_fmr)
    std::println("TAR      {:.2f} % at FMR {:g} (threshold {:.3f})", 100 * tar, fmr, report.threshold_at_fmr.at(fmr));
  return 0;
}

/// Searches each probe as the pipeline would.
Result<std::vector<SearchOutcome>> search_probes(const Evaluation& evaluation, const std::vector<CsvRow>& gallery_rows,
                                                 const std::vector<CsvRow>& probe_rows, std::size_t& people) {
  const auto& calibration = evaluation.pack->calibration();
  FaissGallery gallery(calibration.metric, evaluation.pack->dimensions(), calibration.minimum_threshold);
  std::vector<GalleryTemplate> templates;
  for (const auto& row : gallery_rows)
    if (const auto* embedding = evaluation.embedding(row.at("file")); embedding != nullptr)
      templates.push_back({PersonId(row.at("person")), *embedding});
  if (auto replaced = gallery.replace(std::move(templates)); !replaced) return std::unexpected(replaced.error());
  people = gallery.person_count();
  std::vector<SearchOutcome> outcomes;
  for (const auto& row : probe_rows) {
    SearchOutcome outcome{row.at("person") != "UNKNOWN", false, no_face};
    if (const auto* probe = evaluation.embedding(row.at("file")); probe != nullptr)
      if (const auto best = gallery.search(*probe, 1); !best.empty()) {
        outcome.similarity = best.front().similarity;
        outcome.best_is_right = best.front().person.str() == row.at("person");
      }
    outcomes.push_back(outcome);
  }
  return outcomes;
}

Json errors_json(const SearchErrors& errors) {
  return {{"threshold", number(errors.threshold)},
          {"fnir", errors.fnir.value},
          {"fnir_bounds95", bounds(errors.fnir)},
          {"fpir", errors.fpir.value},
          {"fpir_bounds95", bounds(errors.fpir)}};
}

void print_errors(const std::string& what, const SearchErrors& errors) {
  std::println("{:<28} threshold {:.3f}: FNIR {:.2f} % [{:.2f}, {:.2f}], FPIR {:.2f} % [{:.2f}, {:.2f}]", what,
               errors.threshold, 100 * errors.fnir.value, 100 * errors.fnir.low, 100 * errors.fnir.high,
               100 * errors.fpir.value, 100 * errors.fpir.low, 100 * errors.fpir.high);
}

ExitCode run_identify(const EvalOptions& options) {
  const auto gallery_rows = read_csv(options.gallery, {"person", "file"});
  if (!gallery_rows) return exit_code(gallery_rows.error());
  const auto probe_rows = read_csv(options.probes, {"person", "file"});
  if (!probe_rows) return exit_code(probe_rows.error());
  std::vector<std::string> files;
  for (const auto* rows : {&*gallery_rows, &*probe_rows})
    for (const auto& row : *rows) files.push_back(row.at("file"));
  const auto evaluation = embed(options, files);
  if (!evaluation) return exit_code(evaluation.error());
  std::size_t people = 0;
  const auto outcomes = search_probes(*evaluation, *gallery_rows, *probe_rows, people);
  if (!outcomes) return exit_code(outcomes.error());

  const auto report = identification_report(*outcomes, fpirs);
  const auto usual =
      search_errors_at(*outcomes, threshold_for(evaluation->pack->calibration(), people, options.target_fpir));
  if (!options.json) {
    std::println("{}: {} people enrolled; {} probes of them, {} of strangers; 95 % bounds in brackets",
                 evaluation->pack->describe(), people, report.enrolled_probes, report.stranger_probes);
    std::println("rank-1 {:.2f} % [{:.2f}, {:.2f}]", 100 * report.rank1.value, 100 * report.rank1.low,
                 100 * report.rank1.high);
    for (const auto& [fpir, errors] : report.at_fpir) print_errors(std::format("at FPIR {:g}", fpir), errors);
    print_errors(std::format("as configured (target {:g})", options.target_fpir), usual);
    return 0;
  }
  Json json{{"pack", options.models.pack},
            {"gallery", people},
            {"probes", outcomes->size()},
            {"strangers", report.stranger_probes},
            {"rank1", report.rank1.value}};
  Json fnir_bounds, fpir_bounds;
  for (const auto& [fpir, errors] : report.at_fpir) {
    json["fnir_at_fpir"][key(fpir)] = errors.fnir.value;
    json["threshold_at_fpir"][key(fpir)] = number(errors.threshold);
    fnir_bounds[key(fpir)] = bounds(errors.fnir);
    fpir_bounds[key(fpir)] = bounds(errors.fpir);
  }
  json["bounds95"] = {{"rank1", bounds(report.rank1)}, {"fnir_at_fpir", fnir_bounds}, {"fpir", fpir_bounds}};
  json["as_configured"] = errors_json(usual);
  json["as_configured"]["target_fpir"] = options.target_fpir;
  json["failed"] = evaluation->failed();
  print_json(json);
  return 0;
}

/// Photos as DIR/person/file.
Result<std::vector<std::string>> photos_by_person(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& person : std::filesystem::directory_iterator(folder, error)) {
    if (!person.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(person, error))
      if (file.is_regular_file()) files.push_back(file.path().lexically_relative(folder).string());
  }
  if (error) return fail(ErrorKind::invalid_input, std::format("--images {}: {}", folder.string(), error.message()));
  if (files.empty())
    return fail(ErrorKind::invalid_input, std::format("--images {} has no person folders", folder.string()));
  std::ranges::sort(files);
  return files;
}

double rounded(double value, int digits) {
  const double unit = std::pow(10, digits);
  return std::round(value * unit) / unit;
}

Json calibration_json(const CalibrationFit& fit) {
  const auto& calibration = fit.calibration;
  Json impostors = Json::array();
  for (const auto& point : calibration.impostors)
    impostors.push_back(Json::array({rounded(point.similarity, 4), std::stod(std::format("{:.3g}", point.fmr))}));
  return {{"midpoint", rounded(calibration.midpoint, 4)},
          {"slope", rounded(calibration.slope, 2)},
          {"minimum_threshold", rounded(calibration.minimum_threshold, 4)},
          {"impostors", impostors}};
}

ExitCode run_calibrate(const EvalOptions& options) {
  auto files = photos_by_person(options.images);
  if (!files) return exit_code(files.error());
  if (!options.exclude.empty()) {
    const auto excluded = read_csv(options.exclude, {"file"});
    if (!excluded) return exit_code(excluded.error());
    for (const auto& row : *excluded) std::erase(*files, row.at("file"));
  }
  const auto evaluation = embed(options, *files);
  if (!evaluation) return exit_code(evaluation.error());
  std::vector<LabelledEmbedding> faces;
  for (const auto& file : *files)
    if (const auto* embedding = evaluation->embedding(file); embedding != nullptr)
      faces.push_back({std::filesystem::path(file).parent_path().string(), file, *embedding});
  CalibrationOptions fitting;
  fitting.metric = evaluation->pack->calibration().metric;
  const auto fit = fit_calibration(faces, fitting);
  if (!fit) return exit_code(fit.error());
  const Json calibration = calibration_json(*fit);
  if (!options.json) {
    std::println("{}: {} photos of {} people, {} genuine and {} impostor pairs, EER threshold {:.3f}",
                 evaluation->pack->describe(), faces.size(), fit->people, fit->genuine_pairs, fit->impostor_pairs,
                 fit->eer_threshold);
    std::println("closest pairs of different names, which may be wrong labels:");
    for (const auto& pair : fit->closest_impostors)
      std::println("  {:.3f}  {}  {}", pair.similarity, pair.file_a, pair.file_b);
    std::println("\"calibration\": {}", calibration.dump());
    return 0;
  }
  print_json(Json{{"pack", options.models.pack},
                  {"photos", faces.size()},
                  {"people", fit->people},
                  {"genuine_pairs", fit->genuine_pairs},
                  {"impostor_pairs", fit->impostor_pairs},
                  {"eer_threshold", rounded(fit->eer_threshold, 4)},
                  {"failed", evaluation->failed()},
                  {"calibration", calibration}});
  return 0;
}

}  // namespace

void add_eval_command(CLI::App& app, ExitCode& exit) {
  CLI::App* eval = app.add_subcommand("eval", "Measure how well a model pack recognises people, on photos");
  eval->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, ExitCode (*run)(const EvalOptions&)) {
    auto options = std::make_shared<EvalOptions>();
    options->models.pack = first_pack;  // figures are of one pack; nothing takes its place
    CLI::App* command = eval->add_subcommand(name, what);
    command->add_option("--images", options->images, "folder the files are relative to")->required();
    command->add_option("--pack", options->models.pack, "model pack")->capture_default_str();
    command->add_option("--providers", options->models.providers, "execution providers")->capture_default_str();
    command->add_option("--threads", options->threads, "photos at a time")
        ->check(CLI::Range(1U, 64U))
        ->capture_default_str();
    command->add_flag("--json", options->json, "answer as JSON");
    command->callback([options, run, &exit] { exit = run(*options); });
    return std::pair(command, options);
  };
  const auto [verify, verify_options] = add("verify", "1:1: pairs of photos, same person or not", &run_verify);
  verify->add_option("--pairs", verify_options->pairs, "file_a,file_b,same[,fold]")->required();
  verify_options->missed_faces = "middle";
  verify
      ->add_option(
          "--missed-faces", verify_options->missed_faces,
          "photos in whose middle no face is found: \"middle\" takes it from there, as published figures of LFW "
          "do; \"fail\" accepts no pair of a photo without a face")
      ->check(CLI::IsMember({"middle", "fail"}))
      ->capture_default_str();
  const auto [identify, identify_options] = add("identify", "1:N: probes searched in a gallery", &run_identify);
  identify->add_option("--gallery", identify_options->gallery, "person,file")->required();
  identify->add_option("--probes", identify_options->probes, "person,file; strangers are UNKNOWN")->required();
  identify->add_option("--target-fpir", identify_options->target_fpir, "for the threshold as configured")
      ->check(CLI::Range(1e-6, 0.5))
      ->capture_default_str();
  const auto [calibrate, calibrate_options] =
      add("calibrate", "the calibration block of a pack's manifest, from photos in a folder a person", &run_calibrate);
  calibrate->add_option("--exclude", calibrate_options->exclude, "CSV with a column file: photos with a wrong label");
}

}  // namespace hadir
