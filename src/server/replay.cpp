#include "server/replay.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/facts/fact_recorder.hpp"
#include "app/memory_pictures.hpp"
#include "media/jpeg.hpp"
#include "server/file_analysis.hpp"
#include "server/folder_gallery.hpp"
#include "server/replay_files.hpp"
#include "store/picture_folder.hpp"
#include "store/sqlite_database.hpp"
#include "vision/faiss_gallery.hpp"

namespace hadir {
namespace {

constexpr std::uint64_t person_ids_seed = 0x68616469;  // replay makes the same ids every time

/// The file's name without extension; a second file of that name gets a number.
std::vector<CameraId> camera_ids(const std::vector<std::filesystem::path>& videos) {
  std::vector<CameraId> ids;
  for (const auto& video : videos) {
    const auto stem = video.stem().string();
    CameraId id(stem);
    for (int n = 2; std::ranges::contains(ids, id); ++n) id = CameraId(stem + "-" + std::to_string(n));
    ids.push_back(id);
  }
  return ids;
}

/// All videos, as many at a time as there are cores, each with models of its own.
Result<std::vector<FileAnalysis>> analyse_all(const ReplayOptions& options, FaceModelFactory& factory,
                                              const AnalysisContext& context) {
  const auto ids = camera_ids(options.videos);
  std::vector<Result<FileAnalysis>> results(options.videos.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    auto models = factory.make();
    for (std::size_t i = next++; i < options.videos.size(); i = next++)
      results[i] =
          models ? analyse_file(options.videos[i], ids[i], options.start, options.settings.analysis, context, *models)
                 : Result<FileAnalysis>(std::unexpected(models.error()));
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t count =
        std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), options.videos.size());
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
  }
  std::vector<FileAnalysis> all;
  for (auto& result : results) {
    if (!result) return std::unexpected(result.error());
    all.push_back(std::move(*result));
  }
  return all;
}

std::vector<SightingFact> by_time(std::vector<FileAnalysis>& files) {
  std::vector<SightingFact> facts;
  for (auto& file : files) std::ranges::move(file.facts, std::back_inserter(facts));
  std::ranges::stable_sort(facts, [](const SightingFact& a, const SightingFact& b) {
    return std::tie(a.sighting.at, a.sighting.camera, a.sighting.track) <
           std::tie(b.sighting.at, b.sighting.camera, b.sighting.track);
  });
  return facts;
}

/// The rules over the journal, as the clock would have met it.
Status record_in_order(const std::vector<SightingFact>& facts, FactRecorder& recorder, Instant end) {
  for (const auto& fact : facts) {
    if (auto expired = recorder.expire(fact.sighting.at); !expired) return std::unexpected(expired.error());
    if (auto recorded = recorder.record(std::span(&fact, 1)); !recorded) return std::unexpected(recorded.error());
  }
  if (auto expired = recorder.expire(end); !expired) return std::unexpected(expired.error());
  recorder.flush(end);
  return {};
}

Status write_text(PictureStore& out, const std::string& name, const std::string& text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  return out.put(name, {bytes, text.size()});
}

/// Oldest first.
Result<std::vector<Violation>> alerts_of(Database& database) {
  auto page = database.alerts().find({.from = {}, .to = {}, .person = {}}, {.offset = 0, .limit = 1'000'000});
  if (!page) return std::unexpected(page.error());
  std::ranges::reverse(page->rows);
  return std::move(page->rows);
}

ReplaySummary summarise(const std::vector<FileAnalysis>& files, const std::vector<SightingFact>& facts,
                        const FolderGallery& people, const StageMeter& meter) {
  ReplaySummary summary;
  summary.warnings = people.warnings;
  for (const auto& file : files) {
    summary.frames += file.frames;
    summary.frames_in_files += file.frames_in_file;
    summary.video_seconds += file.video_seconds;
    summary.unknown_tracks += file.unknown_tracks;
  }
  for (const auto& stage : meter.read()) {
    if (stage.stage == "detect") summary.detections = stage.out;
    if (stage.stage == "embed") summary.embeddings = stage.out;
  }
  for (const auto& fact : facts) {
    if (!fact.sighting.person) continue;
    auto& person = summary.people[people.names.at(*fact.sighting.person)];
    ++person.sightings;
    person.best_confidence = std::max(person.best_confidence, fact.sighting.confidence);
  }
  return summary;
}

}  // namespace

Result<ReplaySummary> run_replay(const ReplayOptions& options, FaceModelFactory& factory) {
  const auto began = std::chrono::steady_clock::now();
  auto models = factory.make();
  if (!models) return std::unexpected(models.error());
  const auto rules = FactRules::from(options.settings.site);
  if (!rules) return std::unexpected(rules.error());
  auto database = open_sqlite(":memory:", SecretKey::random());
  if (!database) return std::unexpected(database.error());
  const FixedClock clock(options.start);
  SeededUuidSource uuids(person_ids_seed);
  FaissGallery gallery(factory.calibration().metric, factory.dimensions(), factory.calibration().minimum_threshold);
  MemoryPictures photos;
  auto people = enrol_folder(options.gallery, *models, **database, photos, gallery, clock, uuids);
  if (!people) return std::unexpected(people.error());

  StageMeter meter;
  const auto jpeg = make_jpeg_encoder();
  const AnalysisContext context{gallery, *jpeg, meter, [&](const PersonId& id) { return people->names.at(id); }};
  auto files = analyse_all(options, factory, context);
  if (!files) return std::unexpected(files.error());
  const auto facts = by_time(*files);

  auto out = PictureFolder::open(options.out);
  if (!out) return std::unexpected(out.error());
  // A site that was never told anything else.
  if (auto schedule = add_first_schedule(**database, options.start - std::chrono::days(7)); !schedule)
    return std::unexpected(schedule.error());
  FactRecorder recorder(**database, **out, *rules);
  double longest = 0;
  for (const auto& file : *files) longest = std::max(longest, file.video_seconds);
  const Instant end = options.start + Millis{static_cast<long long>(longest * 1000)};
  if (auto status = record_in_order(facts, recorder, end); !status) return std::unexpected(status.error());
  if (const auto health = recorder.health(); !health.ok) return fail(ErrorKind::unavailable, health.reason);

  std::vector<Sighting> sightings;
  for (const auto& fact : facts) sightings.push_back(fact.sighting);
  const auto first_day = work_day_of(options.start, *rules->site, rules->day_starts_at);
  const auto days = (*database)->attendance().days(first_day, work_day_of(end, *rules->site, rules->day_starts_at));
  if (!days) return std::unexpected(days.error());
  const auto alerts = alerts_of(**database);
  if (!alerts) return std::unexpected(alerts.error());
  const ReplayNames names{people->names, *rules->site};
  for (const auto& [name, text] : {std::pair{"sightings.jsonl", sightings_text(sightings, names)},
                                   std::pair{"attendance.json", attendance_text(*days, names)},
                                   std::pair{"alerts.json", alerts_text(*alerts, names)}})
    if (auto status = write_text(**out, name, text); !status) return std::unexpected(status.error());

  auto summary = summarise(*files, facts, *people, meter);
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return summary;
}

}  // namespace hadir
