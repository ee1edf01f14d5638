#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/ports/repositories.hpp"

namespace hadir {

/// The ids of the sightings that a log at level debug says are recorded.
std::set<std::string> acknowledged_in(const std::string& log);

/// Every sighting of a database, oldest first.
std::vector<Sighting> journal_of(Database& database);

/// What is wrong between journal and attendance: days whose first in is not the person's earliest sighting of that UTC
/// day. The sites of these tests keep UTC. Empty: nothing.
std::vector<std::string> contradictions_in(Database& database);

/// The pictures below a folder that are not a whole JPEG.
std::vector<std::string> torn_pictures_below(const std::filesystem::path& folder);

}  // namespace hadir
