#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/settings.hpp"
#include "pipeline/camera_analysis.hpp"

namespace hadir {

/// What became of one file.
struct FileAnalysis {
  std::vector<SightingFact> facts;   ///< in the order they were made
  std::uint64_t frames = 0;          ///< analysed
  std::uint64_t frames_in_file = 0;  ///< packets of video the file holds
  std::uint64_t unknown_tracks = 0;
  double video_seconds = 0;
};

/// Runs a video file through the whole pipeline as fast as the machine goes, with the file's own time as clock. Given
/// the same file, models, gallery and settings it gives the same facts, ids included. `on_frame` (optional) is called
/// after each analysed frame with its live tracks.
Result<FileAnalysis> analyse_file(const std::filesystem::path& video, const CameraId& camera, Instant start,
                                  const AnalysisSettings& settings, const AnalysisContext& context, FaceModels& models,
                                  const std::function<void(const Frame&, const CameraAnalysis&)>& on_frame = {});

}  // namespace hadir
