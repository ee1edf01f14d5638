#include <unordered_map>

#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto unknown_window = std::chrono::minutes{60};

Json track_json(const CameraId& camera, const LiveFrame& live, const Overlay& overlay, const Json& person) {
  return {{"camera", camera.str()},
          {"track", overlay.track},
          {"kind", kind_word(overlay.kind)},
          {"person", person},
          {"label", overlay.label},
          {"confidence", overlay.confidence},
          {"box",
           {{"x", overlay.box.x}, {"y", overlay.box.y}, {"width", overlay.box.width}, {"height", overlay.box.height}}},
          {"frame", {{"width", live.frame.width}, {"height", live.frame.height}}}};
}

/// The tracks in the newest frames of the cameras that are online.
Json live_tracks(const WebServices& services, const HttpCall& call, const std::vector<PresenceRow>& people) {
  std::unordered_map<PersonId, const Person*> by_id;
  for (const PresenceRow& row : people) by_id.emplace(row.person.id, &row.person);
  Json tracks = Json::array();
  for (const CameraId& camera : services.live.cameras()) {
    if (!call.caller.sees(camera)) continue;
    const auto status = services.live.status(camera);
    const auto latest = services.live.latest(camera);
    if (!status || status->state != CameraState::online || !latest) continue;
    for (const Overlay& overlay : latest->overlays) {
      Json person = nullptr;
      if (overlay.person && !by_id.contains(*overlay.person)) continue;  // of people the caller does not see
      if (const auto found = overlay.person ? by_id.find(*overlay.person) : by_id.end(); found != by_id.end())
        person = {{"employee_id", found->second->employee_code}, {"name", found->second->name}};
      tracks.push_back(track_json(camera, *latest, overlay, person));
    }
  }
  return tracks;
}

Json stages_json(const LiveView& live) {
  Json stages = Json::array();
  for (const StageCounters& stage : live.counters())
    stages.push_back({{"stage", stage.stage},
                      {"in", stage.in},
                      {"out", stage.out},
                      {"dropped", stage.dropped},
                      {"milliseconds", std::round(stage.milliseconds)}});
  return stages;
}

drogon::HttpResponsePtr tracking_state(const WebServices& services, const HttpCall& call) {
  const Instant now = services.clock.now();
  auto people = presence_list(services.database);
  if (!people) return error_reply(people.error());
  std::erase_if(*people, [&](const PresenceRow& row) { return !call.caller.sees_department(row.person.department); });
  const auto unknown = unknown_tracks(services.database, now - unknown_window, now + std::chrono::seconds{1});
  if (!unknown) return error_reply(unknown.error());
  const auto present = std::ranges::count_if(*people, [](const PresenceRow& row) {
    return row.presence && row.presence->status == PresenceStatus::available;
  });
  return json_reply({{"time", site_time(services, now)},
                     {"tracks", live_tracks(services, call, *people)},
                     {"unknown", {{"window_minutes", unknown_window.count()}, {"tracks", *unknown}}},
                     {"people", {{"present", present}, {"total", people->size()}}},
                     {"stages", stages_json(services.live)},
                     {"system", {{"version", services.version}, {"models", services.models}}}});
}

}  // namespace

const char* kind_word(OverlayKind kind) {
  switch (kind) {
    case OverlayKind::known:
      return "known";
    case OverlayKind::unknown:
      return "unknown";
    case OverlayKind::undecided:
      return "undecided";
  }
  std::unreachable();
}

void add_tracking_routes(Router& router, const WebServices& services) {
  router.add({drogon::Get, "/api/tracking/state", Access::to(Permission::persons_read)},
             [&services](const HttpCall& call) { return tracking_state(services, call); });
}

}  // namespace hadir
