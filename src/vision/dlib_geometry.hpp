#pragma once
#include <array>

#include "core/error.hpp"
#include "core/geometry.hpp"

namespace hadir {

/// What dlib's five-point shape predictor answers, in its own order: outer and inner corner of the eye on the right of
/// the picture, outer and inner corner of the eye on the left, and the base of the nose between the nostrils.
using DlibPoints = std::array<Point, 5>;

/// dlib's five points as the landmarks the rest of hadir knows. The eyes are the middles of their corners. dlib has
/// neither nose tip nor mouth: they are placed where they are on average for such eyes and such a nose base, by a least
/// squares fit against SCRFD's landmarks on 2283 LFW photos (docs/adr/0006). Residuals in eye distances (RMS): nose tip
/// 0.06 across and 0.05 along the face, mouth corners 0.06 and 0.10. Good for telling where a head looks, and not
/// for reading a mouth.
Landmarks landmarks_of(const DlibPoints& points);

/// The square that dlib's detectors would draw around a face with these landmarks, whichever detector found them: what
/// the shape predictor starts from when a face is aligned. Fitted like the above; against the HOG detector's own boxes
/// the side differs by 9 % and the centre by 4 % of the side (RMS). `invalid_input` when the eyes lie on one spot or a
/// landmark is not finite.
Result<Rect> box_implied_by(const Landmarks& landmarks);

/// dlib's detectors score by the distance from a plane: 0 is their own threshold, sure faces reach 1 and more. As a
/// score of 0..1 their threshold becomes 0.7, the default of `detection_score`; 1 becomes 0.94.
float score_from_dlib(double confidence);
/// The reverse; `score` within 0..1, both excluded.
double dlib_from_score(float score);

/// By how much a frame's region is scaled before dlib looks at it. Its detectors see faces from 80 pixels on only,
/// where the others see them from about 20 at the `input` they are given, so dlib gets up to four times that: as much
/// as `most_pixels` allow (they bound the time), never more than twice the frame's own size (nothing is gained beyond),
/// and never less than `input` asks for.
double dlib_scale(Size region, Size input, double most_pixels);

}  // namespace hadir
