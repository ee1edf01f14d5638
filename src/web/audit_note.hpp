#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "web/router.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// Writes into the audit log who did what, from where. Called in the same transaction as the change it tells of, so
/// that neither stands without the other; what was only looked at or exported is noted before it is given out.
/// `action`: "person.remove"; `subject`: the id of what it was done to; `detail`: before and after where it matters,
/// never credentials or biometric data.
Status note(const WebServices& services, const HttpCall& call, std::string action, std::string subject,
            const nlohmann::ordered_json& detail = nlohmann::ordered_json::object());

}  // namespace hadir
