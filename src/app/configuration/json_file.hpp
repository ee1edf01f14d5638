#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// A JSON object read from a file, with the keys that stand in it more than once (the last value counts).
struct JsonObject {
  nlohmann::ordered_json value;
  std::vector<std::string> repeated_keys;
};

/// Reads a file that holds one JSON object of at most 1 MiB; `//` and `/* */` comments are allowed.
/// `not_found` when there is no such file, `unavailable` when it can't be read, `invalid_input` as
/// "file:line:column: what is wrong" when it is broken or not an object.
Result<JsonObject> read_json_object(const std::filesystem::path& file);
/// The same from text; `name` stands for the file in messages.
Result<JsonObject> parse_json_object(const std::string& text, const std::string& name);

}  // namespace hadir
