#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "web/router.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// A person's working day as the dashboard's addresses show it. `recorded` false: nothing is kept of it. Cameras the
/// caller does not see, and their pictures, are null.
nlohmann::ordered_json day_json(const WebServices& services, const Principal& caller, const Person& person,
                                const AttendanceDay& day, bool recorded);

/// Where the picture of an end of a day is; null without one, or when the caller does not see its camera.
nlohmann::ordered_json capture_url(const Principal& caller, const Person& person, LocalDay day,
                                   const std::optional<AttendanceMark>& mark, const char* end);

/// Live channels hear of a day that was entered as of one that cameras saw.
void tell_day(const WebServices& services, const Person& person, const std::optional<AttendanceDay>& before,
              const std::optional<AttendanceDay>& after);

}  // namespace hadir
