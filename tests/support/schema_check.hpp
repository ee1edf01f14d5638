#pragma once
#include <algorithm>
#include <format>
#include <nlohmann/json.hpp>
#include <string>

namespace hadir {

/// Compares values with the schemas of an OpenAPI 3.1 document: type (a word or several), properties, required,
/// additionalProperties: false, items, enum, const, allOf, oneOf and local $ref. Answers the first difference, or "".
class SchemaCheck {
 public:
  using Json = nlohmann::json;
  explicit SchemaCheck(const Json& document) : document_(document) {}

  std::string difference(const Json& given_schema, const Json& value, const std::string& at = "body") const {
    const Json& schema = resolved(given_schema);
    if (schema.contains("type") && !is_type(schema["type"], value))
      return std::format("{} is {}, not {}", at, value.dump().substr(0, 80), schema["type"].dump());
    if (schema.contains("const") && schema["const"] != value)
      return std::format("{} is {}, not {}", at, value.dump().substr(0, 80), schema["const"].dump());
    if (schema.contains("enum") && !contains(schema["enum"], value))
      return std::format("{} is {}, not one of {}", at, value.dump(), schema["enum"].dump());
    for (const Json& part : schema.value("allOf", Json::array()))
      if (auto found = difference(part, value, at); !found.empty()) return found;
    if (schema.contains("oneOf")) {
      std::string last;
      int fitting = 0;
      for (const Json& part : schema["oneOf"]) {
        const auto found = difference(part, value, at);
        if (found.empty())
          ++fitting;
        else
          last = found;
      }
      if (fitting != 1) return fitting == 0 ? last : at + " fits several of oneOf";
    }
    if (value.is_object()) return object_difference(schema, value, at);
    if (value.is_array() && schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i)
        if (auto found = difference(schema["items"], value[i], std::format("{}[{}]", at, i)); !found.empty())
          return found;
    return {};
  }

  const Json& resolved(const Json& schema) const {
    if (!schema.contains("$ref")) return schema;
    return resolved(document_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))));
  }

 private:
  static bool contains(const Json& list, const Json& value) { return std::ranges::find(list, value) != list.end(); }
  static bool is_one_type(const std::string& type, const Json& value) {
    if (type == "null") return value.is_null();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }
  static bool is_type(const Json& type, const Json& value) {
    if (type.is_string()) return is_one_type(type, value);
    return std::ranges::any_of(type, [&](const Json& one) { return is_one_type(one, value); });
  }
  std::string object_difference(const Json& schema, const Json& value, const std::string& at) const {
    for (const Json& name : schema.value("required", Json::array()))
      if (!value.contains(name.get<std::string>())) return std::format("{} lacks {}", at, name.dump());
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      if (properties.contains(name)) {
        if (auto found = difference(properties[name], member, at + "." + name); !found.empty()) return found;
      } else if (schema.contains("additionalProperties") && schema["additionalProperties"] == false) {
        return std::format("{}.{} is not in the specification", at, name);
      } else if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
        if (auto found = difference(schema["additionalProperties"], member, at + "." + name); !found.empty())
          return found;
      }
    }
    return {};
  }

  const Json& document_;
};

}  // namespace hadir
