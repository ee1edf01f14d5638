#include "vision/pack_contents.hpp"

#include <format>

#include "vision/blas_threads.hpp"
#include "vision/dlib_detector.hpp"
#include "vision/dlib_embedder.hpp"
#include "vision/minifasnet.hpp"
#include "vision/onnx_detector.hpp"
#include "vision/onnx_embedder.hpp"

namespace hadir {
namespace {

/// The same error with the file it is about.
std::unexpected<Error> about(const Manifest& manifest, const std::string& role, Error error) {
  if (const auto* file = manifest.file_of(role)) error.message = file->name + ": " + error.message;
  return std::unexpected(std::move(error));
}

std::string dlib_engine(DetectorKind detector) {
  return std::format("dlib {}, one CPU thread a set{}", dlib_version(),
                     detector == DetectorKind::dlib_hog   ? ", faces by HOG"
                     : detector == DetectorKind::dlib_cnn ? ", faces by CNN"
                                                          : "");
}

}  // namespace

PackContents::PackContents(Manifest manifest, const ModelSettings& settings, std::map<std::string, ModelBytes> files)
    : manifest_(std::move(manifest)),
      options_{settings.providers, settings.engine_cache, !settings.as_published},
      files_(std::move(files)),
      model_(manifest_.model()) {}

Result<std::shared_ptr<const PackContents>> PackContents::open(Manifest manifest, const ModelSettings& settings,
                                                               std::map<std::string, ModelBytes> files) {
  std::shared_ptr<PackContents> contents(new PackContents(std::move(manifest), settings, std::move(files)));
  if (auto started = contents->start_engines(settings); !started) return std::unexpected(started.error());
  return contents;
}

Status PackContents::start_engines(const ModelSettings& settings) {
  const bool detector_is_dlib = is_dlib(manifest_.detector.kind);
  const bool embedder_is_dlib = manifest_.embedder.kind == EmbedderKind::dlib_resnet;
  if (detector_is_dlib || embedder_is_dlib) {
    limit_blas_to_one_thread();
    auto shape = DlibShape::load(files_.at("landmarks"));
    if (!shape) return about(manifest_, "landmarks", std::move(shape.error()));
    shape_ = std::move(*shape);
  }
  if (!detector_is_dlib || !embedder_is_dlib || manifest_.liveness) {
    auto runtime = OnnxRuntime::load(settings.runtime_library);
    if (!runtime) return std::unexpected(runtime.error());
    runtime_ = std::move(*runtime);
  }
  return {};
}

Result<std::unique_ptr<OnnxSession>> PackContents::open_session(const std::string& role) const {
  auto session = runtime_->open(files_.at(role), options_);
  if (!session) return about(manifest_, role, std::move(session.error()));
  return session;
}

Result<std::unique_ptr<FaceEmbedder>> PackContents::make_embedder(std::string* engine) const {
  if (manifest_.embedder.kind == EmbedderKind::dlib_resnet) {
    if (engine != nullptr) *engine = dlib_engine(manifest_.detector.kind);
    auto made = DlibEmbedder::make(files_.at("embedder"), shape_, manifest_.embedder, model_, manifest_.calibration);
    if (!made) return about(manifest_, "embedder", std::move(made.error()));
    return std::move(*made);
  }
  auto session = open_session("embedder");
  if (!session) return std::unexpected(session.error());
  if (engine != nullptr) *engine = std::format("ONNX Runtime {}, {}", runtime_->version(), (*session)->provider());
  auto made = OnnxEmbedder::make(std::move(*session), manifest_.embedder, model_, manifest_.calibration);
  if (!made) return about(manifest_, "embedder", std::move(made.error()));
  return std::move(*made);
}

Result<std::unique_ptr<FaceDetector>> PackContents::make_detector() const {
  const auto& spec = manifest_.detector;
  if (spec.kind == DetectorKind::dlib_hog) return DlibDetector::make_hog(spec, shape_);
  if (spec.kind == DetectorKind::dlib_cnn) {
    auto made = DlibDetector::make_cnn(spec, shape_, files_.at("detector"));
    if (!made) return about(manifest_, "detector", std::move(made.error()));
    return std::move(*made);
  }
  auto session = open_session("detector");
  if (!session) return std::unexpected(session.error());
  auto made = OnnxDetector::make(std::move(*session), spec);
  if (!made) return about(manifest_, "detector", std::move(made.error()));
  return std::move(*made);
}

std::unique_ptr<LivenessCheck> PackContents::make_liveness() const {
  if (!manifest_.liveness) return nullptr;
  auto open = [self = shared_from_this()]() -> Result<std::vector<MiniFasNet::Network>> {
    std::vector<MiniFasNet::Network> networks;
    for (const auto& network : self->manifest_.liveness->networks) {
      auto session = self->open_session(network.role);
      if (!session) return std::unexpected(session.error());
      networks.push_back({std::move(*session), network.crop_scale});
    }
    return networks;
  };
  return std::make_unique<MiniFasNet>(std::move(open), manifest_.liveness->input);
}

Result<FaceModels> PackContents::make_set(std::string* engine) const {
  FaceModels models;
  auto embedder = make_embedder(engine);
  if (!embedder) return std::unexpected(embedder.error());
  models.embedder = std::move(*embedder);
  auto detector = make_detector();
  if (!detector) return std::unexpected(detector.error());
  models.detector = std::move(*detector);
  models.liveness = make_liveness();
  return models;
}

}  // namespace hadir
