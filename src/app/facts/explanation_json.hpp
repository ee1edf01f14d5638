#pragma once
#include <nlohmann/json.hpp>

#include "app/facts/explain.hpp"

namespace hadir {

/// {code, text, values}: why, for programs and in English.
nlohmann::ordered_json reason_json(const Reason& reason);

/// An explanation as programs read it: figures with their reasons and sightings, then the sightings. Times on that
/// zone's clock; cameras as `name_of` calls them, without one by their ids.
nlohmann::ordered_json explanation_json(const PersonExplanation& explained, const std::chrono::time_zone& zone,
                                        const CameraNaming& name_of = {});

}  // namespace hadir
