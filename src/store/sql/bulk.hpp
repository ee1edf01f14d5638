#pragma once
#include <span>

#include "store/sql/connections.hpp"
#include "store/sql/rows.hpp"

namespace hadir::sql {

/// Adds rows in one transaction, many to a statement, so that a server is asked seldom; those that are there already
/// stay as they are.
Status add_all(Connections& connections, std::span<const Sighting> sightings);
Status add_all(Connections& connections, std::span<const PresenceEdge> edges);
Status add_all(Connections& connections, std::span<const AttendanceDay> days);
Status add_all(Connections& connections, std::span<const Violation> violations);

}  // namespace hadir::sql
