#include "web/face_check_routes.hpp"

#include <memory>

#include "web/given_photos.hpp"
#include "web/request_rate.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// Of one user: a webcam's pictures come some three a second while somebody stands before it.
constexpr double photos_per_second = 5;
constexpr double photos_at_once = 20;

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

Json face_json(const PhotoLook& look) {
  if (!look.box) return nullptr;
  return {{"x", rounded(look.box->x)},
          {"y", rounded(look.box->y)},
          {"width", rounded(look.box->width)},
          {"height", rounded(look.box->height)}};
}

Json look_json(const std::string& photo, const PhotoLook& look) {
  const auto measured = [&](double FaceQuality::* value) {
    return look.quality ? Json(rounded((*look.quality).*value)) : Json(nullptr);
  };
  return {{"photo", photo},
          {"ok", !look.fault},
          {"code", look.fault ? Json(to_text(look.fault->fault)) : Json(nullptr)},
          {"reason", look.fault ? Json(look.fault->reason) : Json(nullptr)},
          {"width", look.frame.width},
          {"height", look.frame.height},
          {"faces", look.faces},
          {"face", face_json(look)},
          {"pose", look.pose.empty() ? Json(nullptr) : Json(look.pose)},
          {"yaw", measured(&FaceQuality::yaw_deg)},
          {"pitch", measured(&FaceQuality::pitch_deg)},
          {"brightness", measured(&FaceQuality::brightness)},
          {"sharpness", measured(&FaceQuality::blur_variance)},
          {"quality", look.quality ? Json(rounded(vote_weight(*look.quality))) : Json(nullptr)}};
}

drogon::HttpResponsePtr too_fast(std::chrono::seconds wait) {
  auto reply = error_reply(drogon::k429TooManyRequests);
  reply->addHeader("retry-after", std::to_string(std::max<std::int64_t>(1, wait.count())));
  return reply;
}

drogon::HttpResponsePtr check(const WebServices& services, RequestRate& rate, const HttpCall& call) {
  // The audit log keeps nothing of this: nobody is looked for, and nothing stays.
  const auto given = given_photos(call);
  if (!given) return given.error();
  if (services.faces == nullptr)
    return error_reply(Error{ErrorKind::unavailable, "face recognition is switched off here"});
  Json photos = Json::array();
  for (const EnrolPhoto& photo : given->photos) {
    if (const auto wait = rate.take(call.caller.user.str(), std::chrono::steady_clock::now()); wait.count() > 0)
      return too_fast(wait);
    const auto look = services.faces->check(photo);
    if (!look) return error_reply(look.error());
    photos.push_back(look_json(photo.name, *look));
  }
  return json_reply({{"photos", std::move(photos)}});
}

}  // namespace

void add_face_check_routes(Router& router, const WebServices& services) {
  router.add({drogon::Post, "/api/faces/check", Access::to(Permission::persons_write)},
             [&services, rate = std::make_shared<RequestRate>(photos_per_second, photos_at_once)](
                 const HttpCall& call) { return check(services, *rate, call); });
}

}  // namespace hadir
