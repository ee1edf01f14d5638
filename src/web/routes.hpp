#pragma once
#include "web/access_gate.hpp"
#include "web/live_streams.hpp"
#include "web/reply_cache.hpp"
#include "web/router.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// Each adds the addresses of one subject. `services` and `streams` outlive the server.
void add_page_routes(Router& router);
/// The dashboard, for a browser that goes to one of its pages ("/live"); null for all else.
drogon::HttpResponsePtr page_for_unknown_address(const drogon::HttpRequestPtr& request);
void add_health_routes(Router& router, const WebServices& services);
void add_camera_routes(Router& router, const WebServices& services);
void add_camera_picture_routes(Router& router, const WebServices& services, LiveStreams& streams);
void add_schedule_routes(Router& router, const WebServices& services);
void add_notification_routes(Router& router, const WebServices& services);
void add_system_routes(Router& router, const WebServices& services);
void add_admin_routes(Router& router, const WebServices& services);
/// `channels`: the figures of the live channels.
void add_metrics_routes(Router& router, const WebServices& services, std::function<std::vector<Measure>()> channels);
void add_people_routes(Router& router, const WebServices& services, ReplyCache& kept);
void add_face_routes(Router& router, const WebServices& services);
void add_tracking_routes(Router& router, const WebServices& services);
void add_report_routes(Router& router, const WebServices& services, ReplyCache& kept);
void add_day_routes(Router& router, const WebServices& services);
void add_review_routes(Router& router, const WebServices& services);
void add_exception_routes(Router& router, const WebServices& services);
void add_figure_routes(Router& router, const WebServices& services);
void add_import_routes(Router& router, const WebServices& services);
void add_backup_routes(Router& router, const WebServices& services);
void add_alert_routes(Router& router, const WebServices& services);
void add_v1_person_routes(Router& router, const WebServices& services);
void add_v1_face_routes(Router& router, const WebServices& services);
void add_v1_attendance_routes(Router& router, const WebServices& services);

void add_auth_routes(Router& router, const WebServices& services, const AccessGate& gate);
void add_account_routes(Router& router, const WebServices& services);
void add_audit_routes(Router& router, const WebServices& services);

/// As GET /api/cameras lists it: never its address.
nlohmann::ordered_json camera_json(const WebServices& services, const CameraSettings& camera);
nlohmann::ordered_json notification_json(const WebServices& services, const Notification& notification);
/// "known", "unknown" or "undecided".
const char* kind_word(OverlayKind kind);
/// The camera's name, or its id when it is no longer configured.
std::string camera_name(const WebServices& services, const CameraId& camera);
/// "2026-01-05T07:55:00.000+07:00" in the site's zone.
std::string site_time(const WebServices& services, Instant at);

}  // namespace hadir
