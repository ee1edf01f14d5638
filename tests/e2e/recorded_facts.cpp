#include "recorded_facts.hpp"

#include <gtest/gtest.h>

#include <map>

#include "program.hpp"

namespace hadir {

namespace fs = std::filesystem;

std::set<std::string> acknowledged_in(const std::string& log) {
  const std::string before = "sighting ";
  const std::string after = " is recorded";
  std::set<std::string> ids;
  for (auto end = log.find(after); end != std::string::npos; end = log.find(after, end + 1)) {
    const auto begin = log.rfind(before, end);
    if (begin != std::string::npos) ids.insert(log.substr(begin + before.size(), end - begin - before.size()));
  }
  return ids;
}

std::vector<Sighting> journal_of(Database& database) {
  auto all = database.sightings().between(Instant::min(), Instant::max(), std::nullopt);
  if (!all) throw std::runtime_error(all.error().message);
  return std::move(*all);
}

std::vector<std::string> contradictions_in(Database& database) {
  std::map<std::pair<std::string, LocalDay>, Instant> earliest;
  for (const auto& sighting : journal_of(database)) {
    if (!sighting.person) continue;
    const LocalDay day{std::chrono::floor<std::chrono::days>(sighting.at).time_since_epoch()};
    earliest.try_emplace({sighting.person->str(), day}, sighting.at);
  }
  std::vector<std::string> wrong;
  for (const auto& [who, at] : earliest) {
    const auto day = database.attendance().day(PersonId{who.first}, who.second);
    if (!day) throw std::runtime_error(day.error().message);
    if (!*day || !(*day)->first_in || (*day)->first_in->at != at)
      wrong.push_back(who.first + " was first seen at " + format_utc(at) + ", but first in is " +
                      (*day && (*day)->first_in ? format_utc((*day)->first_in->at) : "not there"));
  }
  return wrong;
}

std::vector<std::string> torn_pictures_below(const fs::path& folder) {
  std::vector<std::string> torn;
  if (!fs::exists(folder)) return torn;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename();
    if (name.ends_with(".jpg")) {
      const std::string bytes = read_text(entry.path());
      const bool whole = bytes.starts_with("\xFF\xD8") && bytes.ends_with("\xFF\xD9");
      if (!whole) torn.push_back(entry.path());
    }
  }
  return torn;
}

}  // namespace hadir
