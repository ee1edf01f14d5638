#include "web/audit_note.hpp"

#include "core/uuid.hpp"

namespace hadir {

Status note(const WebServices& services, const HttpCall& call, std::string action, std::string subject,
            const nlohmann::ordered_json& detail) {
  using Json = nlohmann::ordered_json;
  const Instant now = services.clock.now();
  return services.database.audit().add({.id = AuditId(RandomUuidSource{}.next(now)),
                                        .at = now,
                                        .actor = call.caller.name,
                                        .action = std::move(action),
                                        .subject = std::move(subject),
                                        .detail = detail.dump(-1, ' ', false, Json::error_handler_t::replace),
                                        .address = call.address});
}

}  // namespace hadir
