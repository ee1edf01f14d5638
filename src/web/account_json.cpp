#include "web/account_json.hpp"

namespace hadir {
namespace {

constexpr std::size_t longest_secret = 4096;
constexpr std::size_t most_texts = 1000;

}  // namespace

std::optional<std::string> secret_in(JsonFields& in, const std::string& name) {
  const auto* value = in.value(name);
  if (value == nullptr || value->is_null()) {
    in.fault(name, "must be given");
    return std::nullopt;
  }
  if (!value->is_string() || value->get_ref<const std::string&>().size() > longest_secret) {
    in.fault(name, "must be a text of at most 4096 bytes");
    return std::nullopt;
  }
  return value->get<std::string>();
}

std::optional<std::vector<std::string>> texts_in(JsonFields& in, const std::string& name) {
  const auto* list = in.array(name, most_texts);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& entry : *list) {
    if (!entry.is_string()) {
      in.fault(name, "must be an array of texts");
      return std::nullopt;
    }
    if (auto text = checked_text(in.faults(), name, entry.get_ref<const std::string&>(), {.least = 1, .most = 200}))
      texts.push_back(std::move(*text));
  }
  return texts;
}

nlohmann::ordered_json permission_words(const Permissions& permissions) {
  nlohmann::ordered_json words = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < permission_count; ++i)
    if (const auto permission = static_cast<Permission>(i); permissions.has(permission))
      words.push_back(to_text(permission));
  return words;
}

}  // namespace hadir
