#include <format>

#include "web/routes.hpp"

namespace hadir {
namespace {

Result<CameraId> running_camera(const WebServices& services, const HttpCall& call) {
  if (!call.caller.sees(CameraId(call.id))) return fail(ErrorKind::not_found, "there is no camera of this id");
  if (const auto camera = services.cameras.camera(CameraId(call.id)); !camera) return std::unexpected(camera.error());
  if (!services.live.status(CameraId(call.id)))
    return fail(ErrorKind::unavailable,
                std::format("{} does not run: it is switched off in its configuration", call.id));
  return CameraId(call.id);
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

void add_camera_picture_routes(Router& router, const WebServices& services, LiveStreams& streams) {
  router.add({drogon::Get, "/api/cameras/{id}/snapshot.jpg", Access::to(Permission::cameras_read)},
             [&services](const HttpCall& call) { return snapshot(services, call); });
  router.add_async({drogon::Get, "/api/cameras/{id}/stream.mjpg", Access::to(Permission::cameras_read)},
                   [&services, &streams](const HttpCall& call, const HttpCallback& reply) {
                     const auto camera = running_camera(services, call);
                     if (!camera) return reply(error_reply(camera.error()));
                     if (const auto room = streams.room(); !room) return reply(error_reply(room.error()));
                     auto connection = take_connection(call.request->localAddr().getSockAddr(),
                                                       call.request->peerAddr().getSockAddr());
                     if (!connection) return reply(error_reply(connection.error()));
                     streams.add(*camera,
                                 std::move(*connection));  // `reply` is never called: see
                                                           // connection_takeover.hpp
                   });
}

}  // namespace hadir
