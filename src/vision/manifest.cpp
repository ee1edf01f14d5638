#include "vision/manifest.hpp"

#include <algorithm>
#include <format>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "vision/file_entry.hpp"

namespace hadir {
namespace {

using Json = nlohmann::json;

/// Thrown and caught within this file: the field that is wrong.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool condition, const std::string& what) {
  if (!condition) throw Refused(what);
}

const Json& at(const Json& object, std::string_view key, std::string_view where) {
  require(object.is_object() && object.contains(key), std::format("{}{} is missing", where, key));
  return object.at(key);
}

template <class T>
T value(const Json& object, std::string_view key, std::string_view where) {
  try {
    return at(object, key, where).get<T>();
  } catch (const Json::exception&) {
    throw Refused(std::format("{}{} has the wrong type", where, key));
  }
}

template <class T>
T value_or(const Json& object, std::string_view key, std::string_view where, T fallback) {
  return object.contains(key) ? value<T>(object, key, where) : fallback;
}

Size size_of(const Json& object, std::string_view key, std::string_view where) {
  const auto pair = value<std::vector<int>>(object, key, where);
  require(pair.size() == 2 && pair[0] > 0 && pair[1] > 0, std::format("{}{} must be [width, height]", where, key));
  return {pair[0], pair[1]};
}

/// One number for all channels, or one each.
std::array<float, 3> channels_of(const Json& object, std::string_view key, std::string_view where) {
  const auto& given = at(object, key, where);
  if (given.is_number()) {
    const float all = given.get<float>();
    return {all, all, all};
  }
  const auto three = value<std::vector<float>>(object, key, where);
  require(three.size() == 3, std::format("{}{} must be one number or three", where, key));
  return {three[0], three[1], three[2]};
}

ModelFile read_model_file(const Json& json, const std::string& where) {
  auto file = read_file_entry(json, where);
  require(file.has_value(), file ? "" : file.error().message);
  file->role = value<std::string>(json, "role", where);
  file->commercial_use = value<bool>(json, "commercial_use", where);
  return *file;
}

DetectorSpec read_detector(const Json& json) {
  const std::string where = "detector.";
  static const std::map<std::string, DetectorKind> kinds{{"yunet", DetectorKind::yunet},
                                                         {"scrfd", DetectorKind::scrfd},
                                                         {"dlib_hog", DetectorKind::dlib_hog},
                                                         {"dlib_cnn", DetectorKind::dlib_cnn}};
  DetectorSpec spec;
  const auto kind = kinds.find(value<std::string>(json, "kind", where));
  require(kind != kinds.end(), R"(detector.kind must be "yunet", "scrfd", "dlib_hog" or "dlib_cnn")");
  spec.kind = kind->second;
  spec.minimum_score = value<float>(json, "minimum_score", where);
  require(spec.minimum_score > 0 && spec.minimum_score < 1, "detector.minimum_score must lie between 0 and 1");
  if (is_dlib(spec.kind)) return spec;
  spec.maximum_iou = value<float>(json, "maximum_iou", where);
  require(spec.maximum_iou > 0 && spec.maximum_iou < 1, "detector.maximum_iou must lie between 0 and 1");
  return spec;
}

Normalisation read_normalisation(const Json& json, const std::string& where) {
  Normalisation normalisation;
  const auto colour = value<std::string>(json, "colour", where);
  require(colour == "bgr" || colour == "rgb", where + "colour must be \"bgr\" or \"rgb\"");
  normalisation.colour = colour == "bgr" ? ColourOrder::bgr : ColourOrder::rgb;
  normalisation.mean = channels_of(json, "mean", where);
  const auto deviation = channels_of(json, "deviation", where);
  for (std::size_t i = 0; i < 3; ++i) {
    require(deviation[i] > 0, where + "deviation must be positive");
    normalisation.scale[i] = 1 / deviation[i];
  }
  return normalisation;
}

EmbedderSpec read_embedder(const Json& json) {
  const std::string where = "embedder.";
  EmbedderSpec spec;
  const auto kind = value<std::string>(json, "kind", where);
  require(kind == "arcface" || kind == "dlib_resnet",
          "embedder.kind must be \"arcface\" (five points aligned to its template) or \"dlib_resnet\"");
  spec.kind = kind == "arcface" ? EmbedderKind::arcface : EmbedderKind::dlib_resnet;
  spec.input = size_of(json, "input", where);
  require(spec.input.width == spec.input.height, "embedder.input must be square");
  spec.dimensions = value<std::size_t>(json, "dimensions", where);
  require(spec.dimensions > 0 && spec.dimensions <= 4096, "embedder.dimensions must lie between 1 and 4096");
  if (spec.kind == EmbedderKind::dlib_resnet) {
    spec.padding = value<double>(json, "padding", where);
    require(spec.padding >= 0 && spec.padding <= 2, "embedder.padding must lie between 0 and 2");
    return spec;
  }
  spec.normalisation = read_normalisation(json, where);
  spec.output = value_or<std::string>(json, "output", where, "");
  spec.maximum_batch = value_or<std::size_t>(json, "maximum_batch", where, 16);
  require(spec.maximum_batch > 0, "embedder.maximum_batch must be positive");
  return spec;
}

Calibration read_calibration(const Json& json, const std::string& metric) {
  const std::string where = "calibration.";
  Calibration calibration;
  require(metric == "cosine" || metric == "euclidean", "metric must be \"cosine\" or \"euclidean\"");
  calibration.metric = metric == "cosine" ? Metric::cosine : Metric::euclidean;
  calibration.midpoint = value<float>(json, "midpoint", where);
  calibration.slope = value<float>(json, "slope", where);
  calibration.minimum_threshold = value<float>(json, "minimum_threshold", where);
  for (const auto& point : value<std::vector<std::pair<float, double>>>(json, "impostors", where)) {
    const auto& points = calibration.impostors;
    require(point.second > 0 && point.second <= 1, "calibration.impostors: an FMR must lie between 0 and 1");
    require(points.empty() || (points.back().similarity < point.first && points.back().fmr > point.second),
            "calibration.impostors must have growing similarities and falling FMRs");
    calibration.impostors.push_back({point.first, point.second});
  }
  require(calibration.impostors.size() >= 2, "calibration.impostors needs at least two points");
  return calibration;
}

LivenessSpec read_liveness(const Json& json) {
  const std::string where = "liveness.";
  LivenessSpec spec;
  require(value<std::string>(json, "kind", where) == "minifasnet", "liveness.kind must be \"minifasnet\"");
  spec.input = size_of(json, "input", where);
  for (const auto& network : at(json, "networks", where))
    spec.networks.push_back({value<std::string>(network, "role", "liveness.networks."),
                             value<float>(network, "crop_scale", "liveness.networks.")});
  require(!spec.networks.empty(), "liveness.networks is empty");
  return spec;
}

Manifest parse(const Json& json) {
  Manifest manifest;
  manifest.name = value<std::string>(json, "name", "");
  manifest.title = value<std::string>(json, "title", "");
  for (const auto& file : at(json, "files", "")) manifest.files.push_back(read_model_file(file, "files."));
  manifest.detector = read_detector(at(json, "detector", ""));
  manifest.embedder = read_embedder(at(json, "embedder", ""));
  manifest.calibration = read_calibration(at(json, "calibration", ""), value<std::string>(json, "metric", ""));
  if (json.contains("liveness")) manifest.liveness = read_liveness(json.at("liveness"));
  const bool dlib_detector = is_dlib(manifest.detector.kind);
  require(manifest.detector.kind == DetectorKind::dlib_hog || manifest.file_of("detector") != nullptr,
          "files has no \"detector\"");
  require(!(dlib_detector || manifest.embedder.kind == EmbedderKind::dlib_resnet) ||
              manifest.file_of("landmarks") != nullptr,
          "files has no \"landmarks\", which dlib needs");
  require(manifest.file_of("embedder") != nullptr, "files has no \"embedder\"");
  if (manifest.liveness)
    for (const auto& network : manifest.liveness->networks)
      require(manifest.file_of(network.role) != nullptr, std::format("files has no \"{}\"", network.role));
  return manifest;
}

}  // namespace

const ModelFile* Manifest::file_of(const std::string& role) const {
  const auto found = std::ranges::find(files, role, &ModelFile::role);
  return found == files.end() ? nullptr : &*found;
}

ModelId Manifest::model() const {
  const auto& file = *file_of("embedder");
  return {std::filesystem::path(file.name).stem().string(), file.sha256};
}

bool Manifest::commercial_use() const {
  return std::ranges::all_of(files, [](const ModelFile& file) { return file.commercial_use; });
}

Result<Manifest> read_manifest(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return fail(ErrorKind::not_found, std::format("no model manifest {}", file.string()));
  const auto json = Json::parse(stream, nullptr, false, true);
  if (json.is_discarded()) return fail(ErrorKind::invalid_input, std::format("{} is not valid JSON", file.string()));
  try {
    auto manifest = parse(json);
    manifest.path = file;
    if (manifest.name != file.stem().string())
      return fail(ErrorKind::invalid_input,
                  std::format("{}: name is \"{}\" and must be that of the file", file.string(), manifest.name));
    return manifest;
  } catch (const std::exception& refused) {
    return fail(ErrorKind::invalid_input, std::format("{}: {}", file.string(), refused.what()));
  }
}

}  // namespace hadir
