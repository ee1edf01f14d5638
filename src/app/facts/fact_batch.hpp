#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "app/facts/fact_book.hpp"
#include "app/facts/fact_recorder.hpp"
#include "core/uuid.hpp"

namespace hadir {

/// The work on one batch.
class FactRecorder::Batch {
 public:
  explicit Batch(FactRecorder& recorder, std::span<const SightingFact> facts = {})
      : book(recorder.database_), judge(*recorder.rules_, book), recorder_(recorder) {
    for (const auto& fact : facts) ordered_.push_back(&fact);
    std::ranges::stable_sort(ordered_, {},
                             [](const SightingFact* fact) { return std::tie(fact->sighting.at, fact->sighting.id); });
  }

  void save_unknown_faces();
  Status add_facts();
  /// Writes what changed, with the notifications about it.
  Status store();
  /// After the transaction: what is new, and its pictures.
  RecordedFacts finish();
  Status notify(Notification notification);

  FactBook book;
  Judge judge;

 private:
  Status add(const SightingFact& fact);
  Status notify_of_absences();
  Instant latest() const;
  void name_pictures(FactBook::Day& day, const Person& person) const;
  std::optional<FactPictures::Change> pictures_of(const FactBook::Day& day, const Person& person) const;

  FactRecorder& recorder_;
  RandomUuidSource uuids_;
  std::vector<const SightingFact*> ordered_;
  std::map<SightingId, std::string> unknown_faces_;  ///< paths of the crops written
  std::map<SightingId, const Bytes*> pictures_;      ///< of the sightings of this batch
  RecordedFacts recorded_;
};

}  // namespace hadir
