#pragma once
#include "core/error.hpp"
#include "core/geometry.hpp"
#include "vision/pixels.hpp"

namespace hadir {

/// Where the five landmarks lie in a 112 x 112 crop. Source: InsightFace's `arcface_dst` (the same numbers are used by
/// every ArcFace, MobileFaceNet and SFace model here).
inline constexpr Landmarks arcface_template{
    Point{38.2946F, 51.6963F}, {73.5318F, 51.5014F}, {56.0252F, 71.7366F}, {41.5493F, 92.3655F}, {70.7299F, 92.2041F}};

/// The similarity transform (rotation, one scale, translation; no shear, no reflection) that brings `from` nearest to
/// `to` in the sense of least squares. Source: Umeyama, "Least-squares estimation of transformation parameters between
/// two point patterns", PAMI 1991, which has this closed form in the plane. `invalid_input` when the points of `from`
/// are all on one spot or not finite.
Result<Affine> similarity_transform(const Landmarks& from, const Landmarks& to);

}  // namespace hadir
