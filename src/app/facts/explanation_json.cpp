#include "app/facts/explanation_json.hpp"

#include <cmath>

namespace hadir {

nlohmann::ordered_json reason_json(const Reason& reason) {
  auto values = nlohmann::ordered_json::object();
  for (const auto& [name, value] : reason.values) std::visit([&](const auto& one) { values[name] = one; }, value);
  return {{"code", reason.code}, {"text", reason.text}, {"values", std::move(values)}};
}

nlohmann::ordered_json explanation_json(const PersonExplanation& explained, const std::chrono::time_zone& zone,
                                        const CameraNaming& name_of) {
  using Json = nlohmann::ordered_json;
  Json figures = Json::array();
  for (const auto& figure : explained.day.figures) {
    Json from = Json::array();
    for (const auto& sighting : figure.sightings) from.push_back(sighting.str());
    figures.push_back({{"figure", figure.figure},
                       {"value", figure.value},
                       {"because", reason_json(figure.because)},
                       {"sightings", std::move(from)}});
  }
  Json sightings = Json::array();
  for (const auto& [sighting, decision] : explained.day.sightings)
    sightings.push_back({{"id", sighting.id.str()},
                         {"time", format_iso8601(sighting.at, zone)},
                         {"camera", name_of ? name_of(sighting.camera) : sighting.camera.str()},
                         {"confidence", std::round(static_cast<double>(sighting.confidence) * 1000) / 1000},
                         {"decision", to_text(decision.action)},
                         {"because", decision.reason}});
  return {{"person_id", explained.person.id.str()}, {"employee_code", explained.person.employee_code},
          {"name", explained.person.name},          {"date", format_day(explained.day.day)},
          {"figures", std::move(figures)},          {"sightings", std::move(sightings)},
          {"differs", explained.day.differs}};
}

}  // namespace hadir
