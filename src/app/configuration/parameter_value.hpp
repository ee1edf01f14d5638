#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/configuration/parameter_table.hpp"
#include "core/error.hpp"
#include "core/geometry.hpp"

namespace hadir {

/// One JSON value turned into the type of its setting, or `invalid_input`: "100 is outside 0.1..60".
/// Numbers don't stand for truth values, nor texts for numbers; 5.0 is a whole number.
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, bool& value);
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, int& value);
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, double& value);
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, std::optional<double>& value);
/// Sizes: 640 (square), [640, 384] or "640x384".
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, std::optional<Size>& value);
/// Texts of kind text, choice, time_zone, and names ("A, B" or ["A", "B"]).
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, std::string& value);
/// "HH:MM".
Status read_value(const Parameter& parameter, const nlohmann::ordered_json& json, std::chrono::minutes& value);

nlohmann::ordered_json as_json(bool value);
nlohmann::ordered_json as_json(int value);
nlohmann::ordered_json as_json(double value);
nlohmann::ordered_json as_json(const std::optional<double>& value);
nlohmann::ordered_json as_json(const std::optional<Size>& value);
nlohmann::ordered_json as_json(const std::string& value);
nlohmann::ordered_json as_json(std::chrono::minutes value);

}  // namespace hadir
