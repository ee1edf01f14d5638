#include "server/people_directory.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <format>
#include <functional>

#include "app/people/gallery_loading.hpp"

namespace hadir {
namespace {

/// Changes whenever somebody is added, removed, changed, or switched on or off.
std::string fingerprint(const std::vector<Person>& people) {
  std::size_t mixed = 0;
  Instant last{};
  for (const Person& person : people) {
    mixed ^= std::hash<std::string>{}(
        std::format("{} {} {}", person.id.str(), to_text(person.status), person.updated_at.time_since_epoch().count()));
    last = std::max(last, person.updated_at);
  }
  return std::format("{} {} {}", people.size(), last.time_since_epoch().count(), mixed);
}

}  // namespace

Result<std::unique_ptr<PeopleDirectory>> PeopleDirectory::load(Database& database, Gallery& gallery,
                                                               const ModelId& model) {
  std::unique_ptr<PeopleDirectory> directory(new PeopleDirectory(database, gallery, model));
  if (const auto loaded = directory->refresh(); !loaded) return std::unexpected(loaded.error());
  return directory;
}

void PeopleDirectory::watch(std::chrono::milliseconds period) {
  thread_ = std::jthread([this, period](const std::stop_token& stop) { run(stop, period); });
}

void PeopleDirectory::run(const std::stop_token& stop, std::chrono::milliseconds period) {
  std::mutex mutex;
  std::condition_variable_any never;
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, period, [] { return false; });
    if (stop.stop_requested()) return;
    const auto changed = refresh();
    const std::unique_lock names_lock(mutex_);
    fault_ = changed ? "" : changed.error().message;
  }
}

Result<bool> PeopleDirectory::refresh() {
  const std::scoped_lock one_at_a_time(refreshing_);
  const auto people = database_.persons().list();
  if (!people) return std::unexpected(people.error());
  std::string found = fingerprint(*people);
  if (found == loaded_) return false;
  const auto contents = load_gallery(database_, model_, gallery_);
  if (!contents) return std::unexpected(contents.error());
  spdlog::info("gallery: {} people with {} templates", contents->people, contents->templates);
  std::unordered_map<PersonId, std::string> names;
  for (const Person& person : *people) names.emplace(person.id, person.name);
  {
    const std::unique_lock lock(mutex_);
    names_ = std::move(names);
  }
  loaded_ = std::move(found);
  return true;
}

std::string PeopleDirectory::name_of(const PersonId& person) const {
  const std::shared_lock lock(mutex_);
  const auto found = names_.find(person);
  return found == names_.end() ? "Somebody" : found->second;
}

HealthItem PeopleDirectory::health() const {
  const std::shared_lock lock(mutex_);
  return {"people", fault_.empty(), fault_};
}

}  // namespace hadir
