#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/ports/face_models.hpp"
#include "core/settings.hpp"
#include "vision/dlib_shape.hpp"
#include "vision/manifest.hpp"
#include "vision/model_files.hpp"
#include "vision/onnx_runtime.hpp"

namespace hadir {

/// What all sets of models of a pack share: the files in memory and the engines the manifest asks for, ONNX Runtime or
/// dlib, or one for the detector and the other for the embedder. Never changes; safe from any thread; lives as long as
/// the last of its sets needs it.
class PackContents : public std::enable_shared_from_this<PackContents> {
 public:
  /// `files` by role, all that the manifest names. Errors: `unavailable` (no ONNX Runtime), `corrupted` (not a model).
  static Result<std::shared_ptr<const PackContents>> open(Manifest manifest, const ModelSettings& settings,
                                                          std::map<std::string, ModelBytes> files);

  /// `engine`, when given, is told what runs the set: "ONNX Runtime 1.21, CPUExecutionProvider".
  Result<FaceModels> make_set(std::string* engine = nullptr) const;

  const Manifest& manifest() const { return manifest_; }
  /// That of the embedder alone: packs that share it share templates.
  const ModelId& model() const { return model_; }

 private:
  PackContents(Manifest manifest, const ModelSettings& settings, std::map<std::string, ModelBytes> files);
  Status start_engines(const ModelSettings& settings);
  Result<std::unique_ptr<OnnxSession>> open_session(const std::string& role) const;
  Result<std::unique_ptr<FaceDetector>> make_detector() const;
  Result<std::unique_ptr<FaceEmbedder>> make_embedder(std::string* engine) const;
  std::unique_ptr<LivenessCheck> make_liveness() const;

  const Manifest manifest_;
  const OnnxOptions options_;
  const std::map<std::string, ModelBytes> files_;
  const ModelId model_;
  std::shared_ptr<OnnxRuntime> runtime_;    ///< nullptr where all is dlib's
  std::shared_ptr<const DlibShape> shape_;  ///< nullptr where nothing is
};

}  // namespace hadir
