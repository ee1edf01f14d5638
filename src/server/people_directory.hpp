#pragma once
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "core/error.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/repositories.hpp"
#include "core/recognition/gallery.hpp"

namespace hadir {

/// Keeps the gallery and the people's names in step with the database, so that somebody enrolled by another program
/// (`hadir enroll`) is recognised by the one that runs. A change shows in the people's times of change. Safe from any
/// thread.
class PeopleDirectory {
 public:
  /// Loads everything; errors are the database's.
  static Result<std::unique_ptr<PeopleDirectory>> load(Database& database, Gallery& gallery, const ModelId& model);

  /// Looks for changes every so often, on a thread of its own, until destruction.
  void watch(std::chrono::milliseconds period);
  /// Looks once; true when something had changed and was loaded.
  Result<bool> refresh();

  /// The person's name, or "Somebody" for one who is not known (erased a moment ago).
  std::string name_of(const PersonId& person) const;
  /// Why the last look failed, if it did.
  HealthItem health() const;

 private:
  PeopleDirectory(Database& database, Gallery& gallery, ModelId model)
      : database_(database), gallery_(gallery), model_(std::move(model)) {}
  void run(const std::stop_token& stop, std::chrono::milliseconds period);

  Database& database_;
  Gallery& gallery_;
  const ModelId model_;
  std::mutex refreshing_;
  std::string loaded_;  ///< fingerprint of the people loaded; under refreshing_
  mutable std::shared_mutex mutex_;
  std::unordered_map<PersonId, std::string> names_;
  std::string fault_;
  std::jthread thread_;
};

}  // namespace hadir
