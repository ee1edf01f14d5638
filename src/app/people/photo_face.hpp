#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/ports/face_models.hpp"
#include "core/ports/pictures.hpp"
#include "core/tracking/quality.hpp"

namespace hadir {

/// When a photo is good enough to recognise somebody by for years. Stricter than the quality gate of the cameras.
/// The values keep all single faces of shared/faces/people and 99 % of LFW (580 photos, default pack, 2026-11:
/// width 72..138 pixels, sharpness 1st percentile 38, brightness 0.22..0.69, detector score of the main face at least
/// 0.88).
struct PhotoRules {
  double min_face_px = 60;        ///< width of the face box
  double min_score = 0.75;        ///< the detector's; what scores less is no face, in front or behind
  double min_blur_variance = 30;  ///< see tracking/quality.hpp
  double min_brightness = 0.15;   ///< mean luma of the aligned face, 0..1
  double max_brightness = 0.88;
  double max_yaw_deg = 50;
  double max_pitch_deg = 40;
  /// A further face refuses the photo unless it is narrower than this share of the widest one: then it is somebody in
  /// the background. 0: any further face refuses.
  double background_share = 0.4;
};

enum class PhotoFault {
  not_a_picture = 1,
  no_face,
  several_faces,
  cut_off,
  too_small,
  turned_away,
  too_dark,
  too_bright,
  too_blurred,
  unlike_the_others,
  somebody_else,
  repeated,
  wrong_pose
};
const char* to_text(PhotoFault fault);  ///< "no_face", "several_faces", ...

/// Why a photo was not taken: `reason` is a clause that follows the photo's name, "there is no face in it".
struct PhotoRefusal {
  std::string photo;
  PhotoFault fault = PhotoFault::not_a_picture;
  std::string reason;
};

/// The one face of a photo, ready to compare.
struct PhotoFace {
  Embedding embedding;
  FaceQuality quality;
  std::string pose;  ///< "front", or "left" / "right": to which side of their own the person looks
  Rect box{};        ///< in the photo's pixels
};

using PhotoReading = std::variant<PhotoFace, PhotoRefusal>;

/// What a photo shows, as far as it can be told without comparing it with anybody: enough to say how to take it better.
struct PhotoLook {
  Size frame{};                        ///< of the photo; empty when it is no picture
  std::size_t faces = 0;               ///< in front; somebody in the background does not count
  std::optional<Rect> box;             ///< of the widest face
  std::optional<FaceQuality> quality;  ///< of the only face in front
  std::string pose;                    ///< as PhotoFace::pose; empty without a quality
  std::optional<PhotoRefusal> fault;   ///< why enrolling would not take it
};

/// Finds, judges and embeds the face of a photo. A refusal's `photo` is left empty. The error is the models'
/// (`unavailable`).
Result<PhotoReading> read_photo_face(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                                     const PhotoRules& rules);

/// The same without an embedding: nothing is made by which somebody could be recognised.
Result<PhotoLook> look_at_photo(const PhotoReader& reader, FaceModels& models, std::span<const std::uint8_t> photo,
                                const PhotoRules& rules);

/// A face that is not seen from the wanted side ("front", "left" or "right"; empty: any will do).
std::optional<PhotoRefusal> pose_fault(std::string_view seen, std::string_view wanted);

}  // namespace hadir
