#include "app/housekeeping/log_reset.hpp"
#include "web/audit_note.hpp"
#include "web/field_errors.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json day_json(const std::optional<LocalDay>& day) {
  return day ? Json(format_day(*day)) : Json(nullptr);
}

Json counts_json(const LogCounts& counts) {
  return {{"ok", true}, {"deleted_events", counts.events}, {"deleted_alert_logs", counts.alert_logs}};
}

/// A day; null is the same as none.
std::optional<LocalDay> day_in(JsonFields& in, const char* name) {
  if (!in.is_null(name)) return in.day(name);
  in.value(name);  // asked for, as every field must be
  return std::nullopt;
}

/// {"table": "events" | "alert_logs" | "both", "from_date", "to_date",
/// "preview"}: both days inclusive, both left out for everything. A preview
/// tells the counts and removes nothing.
drogon::HttpResponsePtr reset(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"table"});
  const auto logs = in.word("table", reset_logs_from, "events, alert_logs or both");
  const LogReset wanted{
      .logs = logs.value_or(ResetLogs::both), .from = day_in(in, "from_date"), .to = day_in(in, "to_date")};
  const bool preview = in.boolean("preview").value_or(false);
  if (auto wrong = in.reply()) return wrong;
  const SiteCalendar site{services.site_day.zone, services.site_day.starts_at};
  if (preview) {
    const auto counts = count_logs(services.database, site, wanted);
    if (!counts) return field_errors_reply(counts.error());
    Json json = counts_json(*counts);
    json["preview"] = true;
    return json_reply(json);
  }
  // Noted first: a reset of millions goes in batches, and what is gone must not
  // be gone without a word.
  const Json detail{
      {"table", body->json()["table"]}, {"from_date", day_json(wanted.from)}, {"to_date", day_json(wanted.to)}};
  if (wanted.from && wanted.to && *wanted.to < *wanted.from)
    return field_errors_reply({ErrorKind::invalid_input, "to_date: is before from_date"});
  if (auto noted = note(services, call, "logs.reset", "logs", detail); !noted) return error_reply(noted.error());
  const auto counts = reset_logs(services.database, site, wanted, services.clock.now());
  return counts ? json_reply(counts_json(*counts)) : field_errors_reply(counts.error());
}

}  // namespace

void add_admin_routes(Router& router, const WebServices& services) {
  router.add({drogon::Post, "/api/admin/reset_logs", Access::to(Permission::system_admin)},
             [&services](const HttpCall& call) { return reset(services, call); });
}

}  // namespace hadir
