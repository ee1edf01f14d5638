#pragma once
#include <optional>
#include <string_view>

#include "core/ports/face_models.hpp"
#include "core/settings.hpp"

namespace hadir {

/// What can be said of a face before anybody compares it.
struct FaceQuality {
  double blur_variance = 0;  ///< variance of the Laplacian of the aligned luma at the face's own pixel pitch, 0..
  double brightness = 0;     ///< mean aligned luma, 0..1
  double area_fraction = 0;  ///< face box area / frame area, 0..1
  double width_px = 0;       ///< width of the face box in the frame
  double yaw_deg = 0;  ///< to the side, from frontal, estimated from the landmarks; sign: nose to the right is positive
  double pitch_deg = 0;  ///< nose below its frontal place (looking down) is positive
  double score = 0;      ///< the detector's, 0..1
};

enum class QualityFault { score = 1, size, pose, dark, bright, blurred };
/// One word for logs and refusals: "too blurred", ...
std::string_view to_text(QualityFault fault);

/// Head pose from five points alone, in degrees: the nose stands out of the plane of eyes and mouth by about 0.55 eye
/// distances, so its shift along and across the eye line tells the angles. Good to about ten degrees.
struct HeadPose {
  double yaw_deg;
  double pitch_deg;
};
HeadPose pose_of(const Landmarks& landmarks);

/// Everything of FaceQuality. `aligned` must be what the embedder's align made of that detection.
FaceQuality measure_quality(const AlignedFace& aligned, const Detection& detection, Size frame);

/// What can be refused before the face is even aligned: score, size and pose.
std::optional<QualityFault> early_fault(const Detection& detection, Size frame, const AnalysisSettings& settings);
/// The first rule of the settings the face breaks, if any. A face that fails casts no vote.
std::optional<QualityFault> fault_of(const FaceQuality& quality, const AnalysisSettings& settings);

/// One figure in (0, 1] to weigh votes and pick the best shot: size, sharpness, frontality and score multiplied.
double vote_weight(const FaceQuality& quality);

}  // namespace hadir
