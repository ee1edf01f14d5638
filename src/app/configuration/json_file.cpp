#include "app/configuration/json_file.hpp"

#include <format>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

namespace hadir {
namespace {

constexpr std::uintmax_t largest_file = 1 << 20;

std::string position(const std::string& text, std::size_t byte) {
  const std::size_t end = std::min(byte > 0 ? byte - 1 : 0, text.size());
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
  return std::format("{}:{}", line, column);
}

/// The library says "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error …"; the part
/// after the position is what a reader needs.
std::string reason(std::string what) {
  if (const auto colon = what.find(": "); colon != std::string::npos) what.erase(0, colon + 2);
  return what;
}

}  // namespace

Result<JsonObject> parse_json_object(const std::string& text, const std::string& name) {
  JsonObject object;
  std::vector<std::set<std::string>> open_objects;
  using Json = nlohmann::ordered_json;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == Json::parse_event_t::object_end) open_objects.pop_back();
    if (event == Json::parse_event_t::key && !open_objects.back().insert(parsed.get<std::string>()).second)
      object.repeated_keys.push_back(parsed.get<std::string>());
    return true;
  };
  try {
    object.value = Json::parse(text, watch, true, true);
  } catch (const Json::parse_error& error) {
    return fail(ErrorKind::invalid_input,
                std::format("{}:{}: not valid JSON: {}", name, position(text, error.byte), reason(error.what())));
  } catch (const Json::exception&) {
    return fail(ErrorKind::invalid_input, std::format("{}: a number is too large", name));
  }
  if (!object.value.is_object())
    return fail(ErrorKind::invalid_input,
                std::format("{}:1:1: holds {} where one JSON object {{…}} belongs", name, object.value.type_name()));
  return object;
}

Result<JsonObject> read_json_object(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return fail(ErrorKind::not_found, std::format("{}: no such file", file.string()));
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);
  if (error) return fail(ErrorKind::unavailable, std::format("{}: can't be read: {}", file.string(), error.message()));
  if (bytes > largest_file)
    return fail(
        ErrorKind::invalid_input,
        std::format("{}: {} bytes are too many for a configuration file (at most 1 MiB)", file.string(), bytes));
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) return fail(ErrorKind::unavailable, std::format("{}: can't be read", file.string()));
  return parse_json_object(text, file.string());
}

}  // namespace hadir
