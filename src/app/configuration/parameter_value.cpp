#include "app/configuration/parameter_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>

#include "core/time.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// The value as written, short enough for one line.
std::string shown(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return text;
}

std::unexpected<Error> not_allowed(const Parameter& parameter, const Json& json) {
  return fail(ErrorKind::invalid_input,
              std::format("{} is not allowed, only {}", shown(json), allowed_values(parameter)));
}

/// `text` is UTF-8, as all JSON is.
bool is_line(std::string_view text, std::size_t most_characters) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  const auto begins_character = [](unsigned char c) { return (c & 0xC0U) != 0x80; };
  return std::ranges::none_of(text, is_control) &&
         static_cast<std::size_t>(std::ranges::count_if(text, begins_character)) <= most_characters;
}

bool in_range(const Parameter& parameter, double value) {
  return std::isfinite(value) && value >= parameter.lowest && value <= parameter.highest;
}

std::optional<int> whole_number(const Json& json) {
  if (!json.is_number()) return std::nullopt;
  const double value = json.get<double>();
  if (std::floor(value) != value || std::abs(value) > 1e9) return std::nullopt;
  return static_cast<int>(value);
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<Size> size_from(const Json& json) {
  if (const auto side = whole_number(json)) return Size{*side, *side};
  if (json.is_array() && json.size() == 2) {
    const auto width = whole_number(json[0]);
    const auto height = whole_number(json[1]);
    if (width && height) return Size{*width, *height};
  }
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    const auto cross = text.find_first_of("xX");
    const auto width = digits(text.substr(0, cross));
    if (!width) return std::nullopt;
    if (cross == std::string::npos) return Size{*width, *width};
    if (const auto height = digits(text.substr(cross + 1))) return Size{*width, *height};
  }
  return std::nullopt;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// The names of a comma list or an array, joined by ", "; nothing when one is unknown or there is none.
std::optional<std::string> names_from(const Parameter& parameter, const Json& json) {
  std::vector<std::string> names;
  if (json.is_string()) {
    std::string_view rest = json.get_ref<const std::string&>();
    while (true) {
      const auto comma = rest.find(',');
      names.push_back(trimmed(rest.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  } else if (json.is_array()) {
    for (const Json& item : json) {
      if (!item.is_string()) return std::nullopt;
      names.push_back(trimmed(item.get_ref<const std::string&>()));
    }
  }
  std::string joined;
  for (const std::string& name : names) {
    if (std::ranges::find(parameter.choices, name) == parameter.choices.end()) return std::nullopt;
    joined += (joined.empty() ? "" : ", ") + name;
  }
  if (joined.empty()) return std::nullopt;
  return joined;
}

}  // namespace

Status read_value(const Parameter& parameter, const Json& json, bool& value) {
  if (!json.is_boolean()) return not_allowed(parameter, json);
  value = json.get<bool>();
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, int& value) {
  const auto number = whole_number(json);
  if (!number || !in_range(parameter, *number)) return not_allowed(parameter, json);
  value = *number;
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, double& value) {
  if (!json.is_number() || !in_range(parameter, json.get<double>())) return not_allowed(parameter, json);
  value = json.get<double>();
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, std::optional<double>& value) {
  if (json.is_null() && parameter.may_be_null) {
    value.reset();
    return {};
  }
  double number = 0;
  if (const auto read = read_value(parameter, json, number); !read) return read;
  value = number;
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, std::optional<Size>& value) {
  if (json.is_null() && parameter.may_be_null) {
    value.reset();
    return {};
  }
  const auto size = size_from(json);
  if (!size || !in_range(parameter, size->width) || !in_range(parameter, size->height))
    return not_allowed(parameter, json);
  value = size;
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, std::string& value) {
  if (parameter.kind == ParameterKind::names) {
    const auto names = names_from(parameter, json);
    if (!names) return not_allowed(parameter, json);
    value = *names;
    return {};
  }
  if (!json.is_string()) return not_allowed(parameter, json);
  const auto& text = json.get_ref<const std::string&>();
  if (parameter.kind == ParameterKind::choice && std::ranges::find(parameter.choices, text) == parameter.choices.end())
    return not_allowed(parameter, json);
  if (parameter.kind == ParameterKind::time_zone && !text.empty() && !find_zone(text))
    return not_allowed(parameter, json);
  if (parameter.most_characters > 0 && !is_line(text, parameter.most_characters)) return not_allowed(parameter, json);
  value = text;
  return {};
}

Status read_value(const Parameter& parameter, const Json& json, std::chrono::minutes& value) {
  if (!json.is_string()) return not_allowed(parameter, json);
  const std::string_view text = json.get_ref<const std::string&>();
  if (text.size() != 5 || text[2] != ':') return not_allowed(parameter, json);
  const auto hours = digits(text.substr(0, 2));
  const auto minutes = digits(text.substr(3));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return not_allowed(parameter, json);
  value = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return {};
}

Json as_json(bool value) {
  return value;
}
Json as_json(int value) {
  return value;
}
Json as_json(double value) {
  if (std::floor(value) == value && std::abs(value) < 1e9) return static_cast<int>(value);
  return value;
}
Json as_json(const std::optional<double>& value) {
  return value ? as_json(*value) : Json(nullptr);
}
Json as_json(const std::optional<Size>& value) {
  return value ? Json::array({value->width, value->height}) : Json(nullptr);
}
Json as_json(const std::string& value) {
  return value;
}
Json as_json(std::chrono::minutes value) {
  return std::format("{:02}:{:02}", value.count() / 60, value.count() % 60);
}

}  // namespace hadir
