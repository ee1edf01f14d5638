#pragma once
#include <string>
#include <vector>

#include "app/configuration/configuration.hpp"

namespace hadir {

/// FACE_RECOGNITION_ENABLED, AUTO_ATTENDANCE_ENABLED (true or false), AUTO_CHECK_IN_THRESHOLD, AUTO_CHECKOUT_THRESHOLD
/// (0..1) and DUPLICATE_CHECK_WINDOW (minutes, 0..1440) override the settings; an empty one is as good as not set.
/// One sentence for each that has a wrong type or range, which names it and what is allowed.
std::vector<std::string> apply_attendance_environment(const Environment& environment, SiteSettings& site);

}  // namespace hadir
