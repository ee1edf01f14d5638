#include "web/query_values.hpp"
#include "web/routes.hpp"

namespace hadir {

using Json = nlohmann::ordered_json;

namespace {

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues query(call);
  const bool unread = query.boolean("unread").value_or(false);
  const PageNumber page = query.page(50);
  if (auto wrong = query.reply()) return wrong;
  const auto found = services.database.alerts().notifications(unread, page.paging());
  if (!found) return error_reply(found.error());
  const auto waiting = services.database.alerts().notifications(true, {.offset = 0, .limit = 1});
  if (!waiting) return error_reply(waiting.error());
  Json rows = Json::array();
  for (const Notification& notification : found->rows) rows.push_back(notification_json(services, notification));
  return json_reply({{"notifications", std::move(rows)},
                     {"unread", waiting->total},
                     {"page", page.page},
                     {"page_size", page.size},
                     {"total", found->total}});
}

}  // namespace

nlohmann::ordered_json notification_json(const WebServices& services, const Notification& notification) {
  return {{"id", notification.id.str()},
          {"type", to_text(notification.type)},
          {"message", notification.message},
          {"person_id", notification.person ? Json(notification.person->str()) : Json(nullptr)},
          {"camera_id", notification.camera ? Json(notification.camera->str()) : Json(nullptr)},
          {"alert_id", notification.alert ? Json(notification.alert->str()) : Json(nullptr)},
          {"created_at", site_time(services, notification.created_at)},
          {"is_read", notification.is_read}};
}

void add_notification_routes(Router& router, const WebServices& services) {
  const Access read = Access::to(Permission::notifications_read);
  router.add({drogon::Get, "/api/notifications", read},
             [&services](const HttpCall& call) { return list(services, call); });
  router.add({drogon::Post, "/api/notifications/{id}/read", read}, [&services](const HttpCall& call) {
    const auto marked = services.database.alerts().mark_read(NotificationId(call.id));
    return marked ? json_reply({{"ok", true}}) : error_reply(marked.error());
  });
  router.add({drogon::Post, "/api/notifications/read_all", read}, [&services](const HttpCall&) {
    const auto marked = services.database.alerts().mark_all_read();
    return marked ? json_reply({{"ok", true}, {"marked", *marked}}) : error_reply(marked.error());
  });
}

}  // namespace hadir
