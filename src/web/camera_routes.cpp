#include <drogon/utils/Utilities.h>

#include <algorithm>
#include <format>

#include "app/cameras/camera_desk.hpp"
#include "core/masking.hpp"
#include "web/audit_note.hpp"
#include "web/field_errors.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
using Json = nlohmann::ordered_json;

namespace {

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

}  // namespace

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

namespace {

/// With the address, for those who may change it; what may be a password in it
/// is hidden.
Json own_camera_json(const WebServices& services, const HttpCall& call, const CameraSettings& camera) {
  Json json = camera_json(services, camera);
  if (!call.caller.may(Permission::cameras_write)) return json;
  json["rtsp_url"] = mask_credentials(camera.url);
  json["detect_url"] = mask_credentials(camera.detect_url);
  json["fps_target"] = camera.analysis.fps_target;
  // A file that is being changed this moment has no overrides to show.
  json["overrides"] = services.cameras.overrides(CameraId(camera.id)).value_or(Json::object());
  return json;
}

/// What the audit log says of a camera.
Json audited(const CameraSettings& camera) {
  return {{"name", camera.name},
          {"rtsp_url", mask_credentials(camera.url)},
          {"location", camera.location},
          {"enabled", camera.enabled}};
}

Result<CameraSettings> camera_of(const WebServices& services, const HttpCall& call) {
  if (!call.caller.sees(CameraId(call.id))) return fail(ErrorKind::not_found, "there is no camera of this id");
  return services.cameras.camera(CameraId(call.id));
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  Json cameras = Json::array();
  for (const CameraSettings& camera : services.cameras.cameras())
    if (call.caller.sees(CameraId(camera.id))) cameras.push_back(camera_json(services, camera));
  return json_reply(cameras);
}

drogon::HttpResponsePtr show(const WebServices& services, const HttpCall& call) {
  const auto camera = camera_of(services, call);
  return camera ? json_reply(own_camera_json(services, call, *camera)) : error_reply(camera.error());
}

CameraDesk::Also noted(const WebServices& services, const HttpCall& call, const char* action) {
  return [&services, &call, action](const CameraSettings& camera) {
    return note(services, call, action, camera.id, audited(camera));
  };
}

drogon::HttpResponsePtr add(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  const auto camera = services.cameras.add(body->json(), noted(services, call, "camera.add"));
  if (!camera) return field_errors_reply(camera.error());
  auto reply = json_reply(own_camera_json(services, call, *camera), drogon::k201Created);
  reply->addHeader("location", "/api/cameras/" + camera->id);
  return reply;
}

drogon::HttpResponsePtr change(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  if (const auto camera = camera_of(services, call); !camera) return error_reply(camera.error());
  if (body->json().contains("id") && body->json()["id"] != call.id)
    return field_errors_reply({ErrorKind::invalid_input, "id: a camera keeps its id"});
  const auto camera = services.cameras.change(CameraId(call.id), body->json(), noted(services, call, "camera.change"));
  return camera ? json_reply(own_camera_json(services, call, *camera)) : field_errors_reply(camera.error());
}

drogon::HttpResponsePtr remove(const WebServices& services, const HttpCall& call) {
  if (const auto camera = camera_of(services, call); !camera) return error_reply(camera.error());
  const auto removed = services.cameras.remove(CameraId(call.id), noted(services, call, "camera.remove"));
  return removed ? json_reply({{"ok", true}}) : error_reply(removed.error());
}

drogon::HttpResponsePtr trial_reply(const WebServices& services, const Result<CameraTrial>& trial) {
  if (!trial) return field_errors_reply(trial.error());
  Json json{{"ok", trial->still.has_value()},
            {"reason", trial->reason},
            {"codec", trial->status.codec},
            {"width", trial->status.size.width},
            {"height", trial->status.size.height},
            {"fps", std::round(trial->status.fps * 10) / 10},
            {"still", nullptr}};
  if (trial->still) {
    const auto jpeg = services.jpeg.encode(*trial->still, {.crop = {}, .max_width = 720, .quality = 80});
    if (!jpeg) return error_reply(jpeg.error());
    json["still"] = "data:image/jpeg;base64," + drogon::utils::base64Encode(jpeg->data(), jpeg->size());
  }
  return json_reply(json);
}

/// Tries a camera out as it is, or with the keys of the request's JSON over its
/// file.
drogon::HttpResponsePtr try_out(const WebServices& services, const HttpCall& call) {
  if (const auto camera = camera_of(services, call); !camera) return error_reply(camera.error());
  Json changes = Json::object();
  if (!call.request->body().empty()) {
    auto body = JsonBody::of(call);
    if (!body) return body.error();
    changes = body->json();
  }
  if (auto told = note(services, call, "camera.test", call.id); !told) return error_reply(told.error());
  return trial_reply(services, services.cameras.try_out(CameraId(call.id), changes));
}

drogon::HttpResponsePtr try_new(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  if (auto told = note(services, call, "camera.test", ""); !told) return error_reply(told.error());
  return trial_reply(services, services.cameras.try_out(body->json()));
}

}  // namespace

std::string camera_name(const WebServices& services, const CameraId& camera) {
  const auto found = services.cameras.camera(camera);
  return found ? found->name : camera.str();
}

std::string site_time(const WebServices& services, Instant at) {
  return format_iso8601(at, *services.site_day.zone);
}

void add_camera_routes(Router& router, const WebServices& services) {
  const Access read = Access::to(Permission::cameras_read);
  const Access write = Access::to(Permission::cameras_write);
  router.add({drogon::Get, "/api/cameras", read}, [&services](const HttpCall& call) { return list(services, call); });
  router.add({drogon::Post, "/api/cameras", write}, [&services](const HttpCall& call) { return add(services, call); });
  router.add_slow({drogon::Post, "/api/cameras/test", write},
                  [&services](const HttpCall& call) { return try_new(services, call); });
  router.add({drogon::Get, "/api/cameras/{id}", read},
             [&services](const HttpCall& call) { return show(services, call); });
  router.add({drogon::Put, "/api/cameras/{id}", write},
             [&services](const HttpCall& call) { return change(services, call); });
  router.add({drogon::Delete, "/api/cameras/{id}", write},
             [&services](const HttpCall& call) { return remove(services, call); });
  router.add_slow({drogon::Post, "/api/cameras/{id}/test", write},
                  [&services](const HttpCall& call) { return try_out(services, call); });
}

}  // namespace hadir
