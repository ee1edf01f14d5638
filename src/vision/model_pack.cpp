#include "vision/model_pack.hpp"

#include <format>
#include <map>
#include <mutex>
#include <opencv2/core/utility.hpp>

#include "vision/minifasnet.hpp"
#include "vision/onnx_detector.hpp"
#include "vision/onnx_embedder.hpp"

namespace hadir {
namespace {

/// What all sets of models of a pack share. Never changes; lives as long as the last of them.
class PackContents : public std::enable_shared_from_this<PackContents> {
 public:
  PackContents(Manifest of_pack, std::shared_ptr<OnnxRuntime> on_runtime, OnnxOptions with_options,
               std::map<std::string, ModelBytes> of_roles)
      : manifest(std::move(of_pack)),
        runtime(std::move(on_runtime)),
        options(std::move(with_options)),
        files(std::move(of_roles)) {
    const auto& embedder = *manifest.file_of("embedder");
    model = {std::filesystem::path(embedder.name).stem().string(), embedder.sha256};
  }

  Result<std::unique_ptr<OnnxSession>> open(const std::string& role) const {
    auto session = runtime->open(files.at(role), options);
    if (!session) session.error().message = manifest.file_of(role)->name + ": " + session.error().message;
    return session;
  }

  Result<FaceModels> make_set(std::unique_ptr<OnnxSession> embedder_session) const {
    FaceModels models;
    auto embedder = OnnxEmbedder::make(std::move(embedder_session), manifest.embedder, model, manifest.calibration);
    if (!embedder) return std::unexpected(embedder.error());
    models.embedder = std::move(*embedder);
    auto detector_session = open("detector");
    if (!detector_session) return std::unexpected(detector_session.error());
    auto detector = OnnxDetector::make(std::move(*detector_session), manifest.detector);
    if (!detector) return std::unexpected(detector.error());
    models.detector = std::move(*detector);
    if (manifest.liveness)
      models.liveness = std::make_unique<MiniFasNet>([self = shared_from_this()] { return self->open_liveness(); },
                                                     manifest.liveness->input);
    return models;
  }

  const Manifest manifest;
  const std::shared_ptr<OnnxRuntime> runtime;
  const OnnxOptions options;
  const std::map<std::string, ModelBytes> files;  ///< by role
  ModelId model;

 private:
  Result<std::vector<MiniFasNet::Network>> open_liveness() const {
    std::vector<MiniFasNet::Network> networks;
    for (const auto& network : manifest.liveness->networks) {
      auto session = open(network.role);
      if (!session) return std::unexpected(session.error());
      networks.push_back({std::move(*session), network.crop_scale});
    }
    return networks;
  }
};

class OnnxModelPack final : public FaceModelFactory {
 public:
  explicit OnnxModelPack(std::shared_ptr<const PackContents> contents) : contents_(std::move(contents)) {}

  /// Opens the models once, for the first caller of `make`, and notes what runs them.
  Status start() {
    auto session = contents_->open("embedder");
    if (!session) return std::unexpected(session.error());
    description_ = std::format("pack {} on ONNX Runtime {}, {}", contents_->manifest.name,
                               contents_->runtime->version(), (*session)->provider());
    auto models = contents_->make_set(std::move(*session));
    if (!models) return std::unexpected(models.error());
    first_ = std::move(*models);
    return {};
  }

  Result<FaceModels> make() override {
    {
      const std::scoped_lock lock(mutex_);
      if (auto models = std::exchange(first_, std::nullopt)) return std::move(*models);
    }
    auto session = contents_->open("embedder");
    if (!session) return std::unexpected(session.error());
    return contents_->make_set(std::move(*session));
  }

  const ModelId& model() const override { return contents_->model; }
  const Calibration& calibration() const override { return contents_->manifest.calibration; }
  std::size_t dimensions() const override { return contents_->manifest.embedder.dimensions; }
  std::string describe() const override { return description_; }

 private:
  std::shared_ptr<const PackContents> contents_;
  std::string description_;
  std::mutex mutex_;
  std::optional<FaceModels> first_;
};

}  // namespace

Result<std::unique_ptr<FaceModelFactory>> load_pack(const ModelSettings& settings, const ModelLocations& where) {
  cv::setNumThreads(1);
  auto manifest = find_pack(where, choose_pack(settings, where).name);
  if (!manifest) return std::unexpected(manifest.error());
  std::map<std::string, ModelBytes> files;
  for (const auto& file : manifest->files) {
    auto bytes = read_model(where, *manifest, file);
    if (!bytes) return std::unexpected(bytes.error());
    files.emplace(file.role, std::move(*bytes));
  }
  auto runtime = OnnxRuntime::load(settings.runtime_library);
  if (!runtime) return std::unexpected(runtime.error());
  auto pack = std::make_unique<OnnxModelPack>(std::make_shared<PackContents>(
      std::move(*manifest), std::move(*runtime),
      OnnxOptions{settings.providers, settings.engine_cache, !settings.as_published}, std::move(files)));
  if (auto started = pack->start(); !started) return std::unexpected(started.error());
  return pack;
}

}  // namespace hadir
