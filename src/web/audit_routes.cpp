#include "web/audit_note.hpp"
#include "web/query_values.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json entry_json(const WebServices& services, const AuditEntry& entry) {
  Json detail = Json::parse(entry.detail, nullptr, false);
  return {{"id", entry.id.str()},     {"at", site_time(services, entry.at)},
          {"actor", entry.actor},     {"action", entry.action},
          {"subject", entry.subject}, {"detail", detail.is_discarded() ? Json(entry.detail) : std::move(detail)},
          {"address", entry.address}};
}

drogon::HttpResponsePtr entries(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  AuditFilter filter;
  filter.from = in.time("from");
  filter.to = in.time("to");
  filter.actor = in.text("actor");
  filter.subject = in.text("subject");
  filter.action = in.text("action");
  const PageNumber page = in.page(50, 500);
  if (auto wrong = in.reply()) return wrong;
  Json asked = Json::object();
  if (filter.actor) asked["actor"] = *filter.actor;
  if (filter.subject) asked["subject"] = *filter.subject;
  if (filter.action) asked["action"] = *filter.action;
  if (const auto noted = note(services, call, "audit.read", "", asked); !noted) return error_reply(noted.error());
  const auto found = services.database.audit().find(filter, page.paging());
  if (!found) return error_reply(found.error());
  Json list = Json::array();
  for (const AuditEntry& entry : found->rows) list.push_back(entry_json(services, entry));
  return json_reply({{"entries", std::move(list)},
                     {"page", page.page},
                     {"page_size", page.size},
                     {"pages", page.pages_of(found->total)},
                     {"total", found->total}});
}

drogon::HttpResponsePtr verify(const WebServices& services, const HttpCall& call) {
  if (const auto noted = note(services, call, "audit.verify", ""); !noted) return error_reply(noted.error());
  const auto chain = services.database.audit().verify();
  if (!chain) return error_reply(chain.error());
  return json_reply({{"whole", chain->is_whole()},
                     {"entries", chain->entries},
                     {"head", chain->head},
                     {"first_broken", chain->is_whole() ? Json(nullptr) : Json(chain->broken)},
                     {"reason", chain->is_whole() ? Json(nullptr) : Json(chain->reason)}});
}

}  // namespace

void add_audit_routes(Router& router, const WebServices& services) {
  router.add({drogon::Get, "/api/audit", Access::to(Permission::audit_read)},
             [&services](const HttpCall& call) { return entries(services, call); });
  router.add({drogon::Get, "/api/audit/verify", Access::to(Permission::audit_read)},
             [&services](const HttpCall& call) { return verify(services, call); });
}

}  // namespace hadir
