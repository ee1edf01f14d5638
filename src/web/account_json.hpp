#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/access/permission.hpp"
#include "core/ids.hpp"
#include "web/json_body.hpp"

namespace hadir {

/// A text exactly as it came: passwords and tokens are not cut, trimmed or changed. A fault when it is missing.
std::optional<std::string> secret_in(JsonFields& in, const std::string& name);
/// An array of texts; nothing when missing, a fault when it is something else.
std::optional<std::vector<std::string>> texts_in(JsonFields& in, const std::string& name);

nlohmann::ordered_json permission_words(const Permissions& permissions);

template <class Tag>
nlohmann::ordered_json words_of(const std::vector<Id<Tag>>& ids) {
  nlohmann::ordered_json words = nlohmann::ordered_json::array();
  for (const auto& id : ids) words.push_back(id.str());
  return words;
}

}  // namespace hadir
