#include "app/people/photo_face.hpp"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/evaluation/photo_faces.hpp"
#include "core/words.hpp"

namespace hadir {
namespace {

constexpr double frontal_deg = 20;

PhotoRefusal refuse(PhotoFault fault, std::string reason) {
  return {{}, fault, std::move(reason)};
}

/// The one face the photo is of.
std::variant<Detection, PhotoRefusal> only_face(std::vector<Detection> faces, const PhotoRules& rules) {
  std::erase_if(faces, [&](const Detection& face) { return face.score < rules.min_score; });
  if (faces.empty()) return refuse(PhotoFault::no_face, "there is no face in it");
  std::ranges::sort(faces, std::greater{}, [](const Detection& face) { return face.box.width; });
  const auto in_front = std::ranges::count_if(
      faces, [&](const Detection& face) { return face.box.width >= rules.background_share * faces.front().box.width; });
  if (in_front > 1)
    return refuse(PhotoFault::several_faces,
                  std::format("there are {} faces in it: cut out the one that is meant", in_front));
  return faces.front();
}

std::optional<PhotoRefusal> fault_in(const FaceQuality& quality, const PhotoRules& rules) {
  if (quality.width_px < rules.min_face_px)
    return refuse(PhotoFault::too_small,
                  std::format("its face is too small: {:.0f} pixels wide, at least {:.0f} are needed", quality.width_px,
                              rules.min_face_px));
  if (std::abs(quality.yaw_deg) > rules.max_yaw_deg || std::abs(quality.pitch_deg) > rules.max_pitch_deg)
    return refuse(PhotoFault::turned_away, "its face is turned too far away");
  if (quality.brightness < rules.min_brightness) return refuse(PhotoFault::too_dark, "its face is too dark");
  if (quality.brightness > rules.max_brightness) return refuse(PhotoFault::too_bright, "its face is too bright");
  if (quality.blur_variance < rules.min_blur_variance)
    return refuse(PhotoFault::too_blurred,
                  std::format("its face is too blurred (sharpness {:.0f}, at least {:.0f} is needed)",
                              quality.blur_variance, rules.min_blur_variance));
  return std::nullopt;
}

/// An eye, the nose or a mouth corner on the edge or beyond it is a guess of the detector.
bool is_cut_off(const Detection& face, Size frame) {
  const float margin = 0.02F * face.box.width;
  return std::ranges::any_of(face.landmarks, [&](const Point& point) {
    return point.x < margin || point.y < margin || point.x > static_cast<float>(frame.width) - margin ||
           point.y > static_cast<float>(frame.height) - margin;
  });
}

std::string pose_name(double yaw_deg) {
  if (std::abs(yaw_deg) <= frontal_deg) return "front";
  return yaw_deg > 0 ? "left" : "right";  // the nose to the picture's right is the person's own left
}

constexpr Words<PhotoFault, 13> fault_words{{{PhotoFault::not_a_picture, "not_a_picture"},
                                             {PhotoFault::no_face, "no_face"},
                                             {PhotoFault::several_faces, "several_faces"},
                                             {PhotoFault::cut_off, "cut_off"},
                                             {PhotoFault::too_small, "too_small"},
                                             {PhotoFault::turned_away, "turned_away"},
                                             {PhotoFault::too_dark, "too_dark"},
                                             {PhotoFault::too_bright, "too_bright"},
                                             {PhotoFault::too_blurred, "too_blurred"},
                                             {PhotoFault::unlike_the_others, "unlike_the_others"},
                                             {PhotoFault::somebody_else, "somebody_else"},
                                             {PhotoFault::repeated, "repeated"},
                                             {PhotoFault::wrong_pose, "wrong_pose"}}};

}  // namespace

const char* to_text(PhotoFault fault) {
  return word_of(fault_words, fault);
}

Result<PhotoReading> read_photo_face(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                                     const PhotoRules& rules) {
  const auto frame = reader.decode(photo);
  if (!frame) return refuse(PhotoFault::not_a_picture, "it cannot be read: " + frame.error().message);
  auto faces = find_photo_faces(*models.detector, *frame);
  if (!faces) return std::unexpected(faces.error());
  auto found = only_face(std::move(*faces), rules);
  if (auto* refusal = std::get_if<PhotoRefusal>(&found)) return std::move(*refusal);
  const auto& face = std::get<Detection>(found);
  if (is_cut_off(face, frame->size())) return refuse(PhotoFault::cut_off, "its face is cut off by the picture's edge");
  const auto aligned = models.embedder->align(*frame, face.landmarks);
  if (!aligned) return refuse(PhotoFault::no_face, "there is no face in it");
  const auto quality = measure_quality(*aligned, face, frame->size());
  if (auto fault = fault_in(quality, rules)) return std::move(*fault);
  auto embeddings = models.embedder->embed(std::span(&*aligned, 1));
  if (!embeddings) return std::unexpected(embeddings.error());
  return PhotoFace{std::move(embeddings->front()), quality, pose_name(quality.yaw_deg), face.box};
}

}  // namespace hadir
