#include <algorithm>
#include <format>

#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

const char* status_word(CameraState state) {
  switch (state) {
    case CameraState::connecting:
      return "CONNECTING";
    case CameraState::online:
      return "ONLINE";
    case CameraState::offline:
      return "OFFLINE";
  }
  std::unreachable();
}

/// Never the address: it may hold credentials.
Json camera_json(const WebServices& services, const CameraSettings& camera) {
  const CameraId id(camera.id);
  CameraStatus status;
  if (const auto running = services.live.status(id)) {
    status = *running;
  } else {
    status.state = CameraState::offline;
    status.reason = camera.enabled ? "not started" : "switched off in its configuration";
  }
  const auto latest = services.live.latest(id);
  return {{"id", camera.id},
          {"name", camera.name},
          {"location", camera.location},
          {"enabled", camera.enabled},
          {"status", status_word(status.state)},
          {"reason", status.reason},
          {"since", status.since ? Json(site_time(services, *status.since)) : Json(nullptr)},
          {"fps", std::round(status.fps * 10) / 10},
          {"width", status.size.width},
          {"height", status.size.height},
          {"codec", status.codec},
          {"counters",
           {{"frames_decoded", status.frames_decoded},
            {"frames_dropped", status.frames_dropped},
            {"frames_analysed", latest ? latest->number : 0},
            {"reconnects", status.reconnects}}},
          {"stream_url", std::format("/api/cameras/{}/stream.mjpg", camera.id)},
          {"snapshot_url", std::format("/api/cameras/{}/snapshot.jpg", camera.id)}};
}

/// A camera that the caller does not see is not there.
Result<CameraId> running_camera(const WebServices& services, const HttpCall& call) {
  const std::string& id = call.id;
  const auto found = std::ranges::find(services.cameras, id, &CameraSettings::id);
  if (found == services.cameras.end() || !call.caller.sees(CameraId(id)))
    return fail(ErrorKind::not_found, "there is no camera of this id");
  if (!services.live.status(CameraId(id)))
    return fail(ErrorKind::unavailable, std::format("{} is switched off in its configuration", id));
  return CameraId(id);
}

drogon::HttpResponsePtr snapshot(const WebServices& services, const HttpCall& call) {
  const auto camera = running_camera(services, call);
  if (!camera) return error_reply(camera.error());
  const auto frame = services.live.latest(*camera);
  if (!frame) {
    const auto status = services.live.status(*camera);
    return error_reply(Error{ErrorKind::unavailable,
                             std::format("{} has sent no picture yet{}{}", camera->str(),
                                         status && !status->reason.empty() ? ": " : "", status ? status->reason : "")});
  }
  const Frame drawn = services.annotator.draw(frame->frame, frame->overlays, services.site.stream_max_width);
  const auto jpeg = services.jpeg.encode(drawn, {.crop = {}, .max_width = 0, .quality = services.site.jpeg_quality});
  return jpeg ? jpeg_reply(*jpeg, 0) : error_reply(jpeg.error());
}

}  // namespace

std::string camera_name(const WebServices& services, const CameraId& camera) {
  const auto found = std::ranges::find(services.cameras, camera.str(), &CameraSettings::id);
  return found == services.cameras.end() ? camera.str() : found->name;
}

std::string site_time(const WebServices& services, Instant at) {
  return format_iso8601(at, *services.site_day.zone);
}

void add_camera_routes(Router& router, const WebServices& services, LiveStreams& streams) {
  router.add({drogon::Get, "/api/cameras", Access::to(Permission::cameras_read)}, [&services](const HttpCall& call) {
    Json cameras = Json::array();
    for (const CameraSettings& camera : services.cameras)
      if (call.caller.sees(CameraId(camera.id))) cameras.push_back(camera_json(services, camera));
    return json_reply(cameras);
  });
  router.add({drogon::Get, "/api/cameras/{id}/snapshot.jpg", Access::to(Permission::cameras_read)},
             [&services](const HttpCall& call) { return snapshot(services, call); });
  router.add_async(
      {drogon::Get, "/api/cameras/{id}/stream.mjpg", Access::to(Permission::cameras_read)},
      [&services, &streams](const HttpCall& call, const HttpCallback& reply) {
        const auto camera = running_camera(services, call);
        if (!camera) return reply(error_reply(camera.error()));
        if (const auto room = streams.room(); !room) return reply(error_reply(room.error()));
        auto connection =
            take_connection(call.request->localAddr().getSockAddr(), call.request->peerAddr().getSockAddr());
        if (!connection) return reply(error_reply(connection.error()));
        streams.add(*camera, std::move(*connection));  // `reply` is never called: see connection_takeover.hpp
      });
}

}  // namespace hadir
