#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/geometry.hpp"
#include "core/ports/file_fetcher.hpp"
#include "core/recognition/calibration.hpp"
#include "vision/normalisation.hpp"

namespace hadir {

/// One file of a pack: what it is, whose it is, and where it may be had.
struct ModelFile {
  std::string role;  ///< "detector", "embedder", "landmarks", or a name the liveness block refers to
  std::string name;
  std::uintmax_t bytes = 0;
  std::string sha256;  ///< 64 lower-case hexadecimal digits
  std::string licence;
  bool commercial_use = false;
  std::string origin;               ///< where it was taken from or made of
  std::vector<FileSource> sources;  ///< `addresses` of the manifest, tried in order; may be empty
};

/// `dlib_hog` has no file of its own: it comes with the library.
enum class DetectorKind { yunet = 1, scrfd, dlib_hog, dlib_cnn };
inline bool is_dlib(DetectorKind kind) {
  return kind == DetectorKind::dlib_hog || kind == DetectorKind::dlib_cnn;
}

struct DetectorSpec {
  DetectorKind kind = DetectorKind::yunet;
  float minimum_score = 0.5F;  ///< what the detector answers at all; cameras choose higher (`detection_score`)
  float maximum_iou = 0.3F;    ///< of non-maximum suppression; dlib's detectors do their own
};

enum class EmbedderKind { arcface = 1, dlib_resnet };

struct EmbedderSpec {
  EmbedderKind kind = EmbedderKind::arcface;
  Size input{112, 112};
  double padding = 0.25;  ///< dlib: of the face's width, around the face
  Normalisation normalisation;
  std::string output;  ///< name of the tensor; empty: the first
  std::size_t dimensions = 0;
  std::size_t maximum_batch = 16;
};

/// Networks whose probabilities are averaged.
struct LivenessSpec {
  struct Network {
    std::string role;
    float crop_scale;  ///< the face box is widened by this about its centre
  };
  std::vector<Network> networks;
  Size input{80, 80};
};

/// A model pack as models/NAME.json describes it; models/README.md explains each field.
struct Manifest {
  std::string name;
  std::string title;
  std::filesystem::path path;
  std::vector<ModelFile> files;
  DetectorSpec detector;
  EmbedderSpec embedder;
  Calibration calibration;
  std::optional<LivenessSpec> liveness;

  const ModelFile* file_of(const std::string& role) const;
  /// The embedder's file: packs that share it share templates.
  ModelId model() const;
  /// Every file may be used commercially.
  bool commercial_use() const;
};

/// `not_found` for no file; `invalid_input`, naming file and field, for anything that is not a complete manifest.
Result<Manifest> read_manifest(const std::filesystem::path& file);

}  // namespace hadir
