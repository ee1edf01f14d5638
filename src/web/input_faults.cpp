#include "web/input_faults.hpp"

#include <algorithm>

#include "core/masking.hpp"
#include "web/http_reply.hpp"

namespace hadir {

void InputFaults::add(const std::string& field, std::string message) {
  if (!has(field)) faults_.emplace_back(field, std::move(message));
}

void InputFaults::add(const std::string& field, const Error& error) {
  const std::string prefix = field + ": ";
  add(field, error.message.starts_with(prefix) ? error.message.substr(prefix.size()) : error.message);
}

bool InputFaults::has(const std::string& field) const {
  return std::ranges::contains(faults_, field, &std::pair<std::string, std::string>::first);
}

drogon::HttpResponsePtr InputFaults::reply() const {
  if (faults_.empty()) return nullptr;
  nlohmann::ordered_json fields = nlohmann::ordered_json::object();
  for (const auto& [field, message] : faults_) fields[field] = mask_credentials(message);
  const auto& [field, message] = faults_.front();
  return json_reply(
      {{"success", false},
       {"error",
        {{"code", "invalid_input"}, {"message", mask_credentials(field + ": " + message)}, {"fields", fields}}}},
      drogon::k400BadRequest);
}

}  // namespace hadir
