#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "core/settings.hpp"

namespace hadir {

struct ReplayOptions {
  std::vector<std::filesystem::path> videos;
  std::filesystem::path gallery;  ///< DIR/<person name>/*.jpg|png
  Instant start{};                ///< when every file's first frame was seen
  Settings settings;
  std::filesystem::path out;  ///< made when missing; files of an earlier replay are replaced
};

struct ReplayPerson {
  std::uint64_t sightings = 0;
  float best_confidence = 0;
};

struct ReplaySummary {
  std::uint64_t frames = 0;  ///< analysed
  std::uint64_t frames_in_files = 0;
  double video_seconds = 0;
  double seconds = 0;  ///< it took
  std::uint64_t detections = 0;
  std::uint64_t embeddings = 0;
  std::map<std::string, ReplayPerson> people;
  std::uint64_t unknown_tracks = 0;
  std::vector<std::string> warnings;  ///< photos that were not taken, each with its reason
};

/// Runs the whole pipeline over files with the files' own time as clock, as fast as the machine goes, and applies the
/// rules to what was seen. Two runs write the same files. Into `out` go sightings.jsonl (one object a line, by time),
/// attendance.json, alerts.json (absences in the usual work hours), attendance_captures/ and captures/; each
/// whole or not at all.
/// Errors: `invalid_input` for a file that is no video, or a gallery without anybody; nothing is written then.
Result<ReplaySummary> run_replay(const ReplayOptions& options, FaceModelFactory& models);

}  // namespace hadir
