#include "web/routes.hpp"

namespace hadir {

void add_health_routes(Router& router, const WebServices& services) {
  // 200 also while degraded: the process lives and a restart would mend nothing. What ails is in the body; a probe that
  // wants to know whether work can be done asks /readyz.
  router.add({drogon::Get, "/healthz", Access::open()}, [&services](const HttpCall&) {
    nlohmann::ordered_json items = nlohmann::ordered_json::array();
    bool all_well = true;
    for (const HealthItem& item : services.health()) {
      all_well = all_well && item.ok;
      items.push_back({{"part", item.part}, {"status", item.ok ? "ok" : "degraded"}, {"reason", item.reason}});
    }
    return json_reply({{"status", all_well ? "ok" : "degraded"},
                       {"time", site_time(services, services.clock.now())},
                       {"version", services.version},
                       {"models", services.models},
                       {"items", std::move(items)}});
  });
  router.add({drogon::Get, "/readyz", Access::open()}, [&services](const HttpCall&) {
    const auto database = services.database.check();
    if (!database) return error_reply(database.error());
    return json_reply({{"ready", true}});
  });
}

}  // namespace hadir
