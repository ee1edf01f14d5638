#pragma once
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/settings.hpp"

namespace hadir {

enum class ParameterKind { boolean = 1, integer, number, text, choice, names, size, time_of_day, time_zone };

/// Where a parameter may stand: those of `camera` scope hold for all cameras from parameter_config.json and may be
/// overridden in a camera's own config.json; those of `site` scope only stand in parameter_config.json.
enum class ParameterScope { camera = 1, site };

/// The settings a parameter is written into. `site` and `models` are nullptr while a camera's overrides are read.
struct ParameterTarget {
  AnalysisSettings* analysis = nullptr;
  StreamSettings* stream = nullptr;
  SiteSettings* site = nullptr;
  ModelSettings* models = nullptr;
};

ParameterTarget target_of(Settings& settings);
ParameterTarget target_of(CameraSettings& camera);

/// One documented key: everything that parsing, validation, docs/configuration.md and the API need to know of it.
struct Parameter {
  std::string_view key;
  ParameterKind kind;
  ParameterScope scope;
  double lowest = std::numeric_limits<double>::lowest();  ///< numbers, and each side of a size
  double highest = std::numeric_limits<double>::max();
  std::vector<std::string_view> choices{};  ///< of `choice` and `names`
  std::size_t most_characters = 0;          ///< of a text, on one line; 0: as many as there are
  bool may_be_null = false;                 ///< null means "hadir decides"
  bool needs_restart = true;                ///< a change takes effect at the next start
  std::string_view unit{};
  std::string_view meaning{};

  /// Checks type and range and writes the value; `invalid_input` names the value and what is allowed instead.
  std::function<Status(const Parameter&, const nlohmann::ordered_json&, const ParameterTarget&)> write{};
  /// The present value, as it would stand in the file.
  std::function<nlohmann::ordered_json(const ParameterTarget&)> read{};
};

/// All parameters, grouped by what they are about, in the order of the document. The one list of keys there is.
std::span<const Parameter> parameters();
/// nullptr when there is no such key.
const Parameter* find_parameter(std::string_view key);

/// "0.1..60", "true or false", "tcp or udp", ...
std::string allowed_values(const Parameter& parameter);

/// Rules between parameters, such as smoothing_min_votes <= smoothing_window: one sentence for each broken one.
std::vector<std::string> broken_rules(const AnalysisSettings& analysis);

/// The document docs/configuration.md.
std::string parameters_as_markdown();

}  // namespace hadir
