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

/// The faces the photo may be of, the widest first.
std::vector<Detection> faces_in_front(std::vector<Detection> faces, const PhotoRules& rules) {
  std::erase_if(faces, [&](const Detection& face) { return face.score < rules.min_score; });
  std::ranges::sort(faces, std::greater{}, [](const Detection& face) { return face.box.width; });
  if (!faces.empty())
    std::erase_if(faces, [narrow = rules.background_share * faces.front().box.width](const Detection& face) {
      return face.box.width < narrow;
    });
  return faces;
}

std::optional<PhotoRefusal> count_fault(std::size_t faces) {
  if (faces == 0) return refuse(PhotoFault::no_face, "there is no face in it");
  if (faces == 1) return std::nullopt;
  return refuse(PhotoFault::several_faces,
                std::format("there are {} faces in it: cut out the one that is meant", faces));
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

const char* pose_words(std::string_view pose) {
  if (pose == "left") return "turned to its left";
  return pose == "right" ? "turned to its right" : "from the front";
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

struct Seen {
  PhotoLook look;
  AlignedFace aligned;  ///< where the look has no fault
};

Result<Seen> see(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                 const PhotoRules& rules) {
  Seen seen;
  PhotoLook& look = seen.look;
  const auto frame = reader.decode(photo);
  if (!frame) {
    look.fault = refuse(PhotoFault::not_a_picture, "it cannot be read: " + frame.error().message);
    return seen;
  }
  look.frame = frame->size();
  auto found = find_photo_faces(*models.detector, *frame);
  if (!found) return std::unexpected(found.error());
  const auto faces = faces_in_front(std::move(*found), rules);
  look.faces = faces.size();
  if (!faces.empty()) look.box = faces.front().box;
  look.fault = count_fault(faces.size());
  if (look.fault) return seen;
  const Detection& face = faces.front();
  auto aligned = models.embedder->align(*frame, face.landmarks);
  if (!aligned) {
    look.fault = refuse(PhotoFault::no_face, "there is no face in it");
    return seen;
  }
  seen.aligned = std::move(*aligned);
  look.quality = measure_quality(seen.aligned, face, look.frame);
  look.pose = pose_name(look.quality->yaw_deg);
  look.fault = is_cut_off(face, look.frame) ? refuse(PhotoFault::cut_off, "its face is cut off by the picture's edge")
                                            : fault_in(*look.quality, rules);
  return seen;
}

}  // namespace

const char* to_text(PhotoFault fault) {
  return word_of(fault_words, fault);
}

Result<PhotoReading> read_photo_face(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                                     const PhotoRules& rules) {
  auto seen = see(reader, models, photo, rules);
  if (!seen) return std::unexpected(seen.error());
  PhotoLook& look = seen->look;
  if (look.fault) return std::move(*look.fault);
  auto embeddings = models.embedder->embed(std::span(&seen->aligned, 1));
  if (!embeddings) return std::unexpected(embeddings.error());
  return PhotoFace{std::move(embeddings->front()), *look.quality, std::move(look.pose), *look.box};
}

Result<PhotoLook> look_at_photo(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                                const PhotoRules& rules) {
  auto seen = see(reader, models, photo, rules);
  if (!seen) return std::unexpected(seen.error());
  return std::move(seen->look);
}

std::optional<PhotoRefusal> pose_fault(std::string_view seen, std::string_view wanted) {
  if (wanted.empty() || seen == wanted) return std::nullopt;
  return refuse(PhotoFault::wrong_pose,
                std::format("its face is seen {}, not {}", pose_words(seen), pose_words(wanted)));
}

}  // namespace hadir
