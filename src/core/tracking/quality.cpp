#include "core/tracking/quality.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace hadir {
namespace {

constexpr double degrees = 180.0 / std::numbers::pi;
constexpr double nose_depth = 0.55;            // nose tip before the eye plane, in eye distances
constexpr double frontal_nose_height = 0.494;  // nose between eye line (0) and mouth line (1) of a frontal face
constexpr double face_height = 1.155;          // eye line to mouth line, in eye distances

double area_fraction_of(const Rect& box, Size frame) {
  return frame.width > 0 && frame.height > 0
             ? box.area() / (static_cast<double>(frame.width) * static_cast<double>(frame.height))
             : 0;
}

/// BT.601 luma of packed BGR.
std::vector<float> luma_of(const AlignedFace& face) {
  std::vector<float> luma(static_cast<std::size_t>(face.width) * static_cast<std::size_t>(face.height));
  for (std::size_t i = 0; i < luma.size(); ++i) {
    const auto* p = &face.bgr[i * 3];
    luma[i] = 0.114F * static_cast<float>(p[0]) + 0.587F * static_cast<float>(p[1]) + 0.299F * static_cast<float>(p[2]);
  }
  return luma;
}

/// Of neighbours `step` pixels apart, so that a small face enlarged to the template is judged at its own pixel pitch.
double laplacian_variance(const std::vector<float>& luma, int width, int height, int step) {
  double sum = 0;
  double squares = 0;
  for (int y = step; y + step < height; ++y) {
    const float* row = &luma[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
    for (int x = step; x + step < width; ++x) {
      const float value = row[x - step * width] + row[x + step * width] + row[x - step] + row[x + step] - 4.0F * row[x];
      sum += value;
      squares += static_cast<double>(value) * value;
    }
  }
  const double count = static_cast<double>(width - 2 * step) * (height - 2 * step);
  if (count <= 0) return 0;
  const double mean = sum / count;
  return squares / count - mean * mean;
}

/// How many template pixels one pixel of the frame became: a face box fills about three quarters of the template.
int pixel_pitch(const AlignedFace& aligned, double face_width_px) {
  return std::clamp(static_cast<int>(std::lround(0.75 * aligned.width / std::max(1.0, face_width_px))), 1, 4);
}

}  // namespace

std::string_view to_text(QualityFault fault) {
  switch (fault) {
    case QualityFault::score:
      return "not clearly a face";
    case QualityFault::size:
      return "too small";
    case QualityFault::pose:
      return "turned away";
    case QualityFault::dark:
      return "too dark";
    case QualityFault::bright:
      return "too bright";
    case QualityFault::blurred:
      return "too blurred";
  }
  return "unusable";
}

HeadPose pose_of(const Landmarks& points) {
  const Point& left = points[0];
  const Point& right = points[1];
  const double ex = right.x - left.x;
  const double ey = right.y - left.y;
  const double eye_distance = std::hypot(ex, ey);
  if (eye_distance < 1e-3) return {90, 90};
  // Coordinates along the eye line (u) and across it (v, downwards), so that a tilted head does not count as turned.
  const auto along = [&](const Point& p) { return ((p.x - left.x) * ex + (p.y - left.y) * ey) / eye_distance; };
  const auto across = [&](const Point& p) { return ((p.y - left.y) * ex - (p.x - left.x) * ey) / eye_distance; };
  const double mouth_height = (across(points[3]) + across(points[4])) / 2;
  if (mouth_height < 0.2 * eye_distance) return {90, 90};
  const double mouth_middle = (along(points[3]) + along(points[4])) / 2;
  // The eyes' middle moves with the head; the mouth's middle lies in the same plane: their mean is steadier.
  const double plane_middle = (eye_distance / 2 + mouth_middle) / 2;
  const double shift = (along(points[2]) - plane_middle) / eye_distance;
  const double height = across(points[2]) / mouth_height;
  return {std::atan(shift / nose_depth) * degrees,
          std::atan((height - frontal_nose_height) * face_height / nose_depth) * degrees};
}

FaceQuality measure_quality(const AlignedFace& aligned, const Detection& detection, Size frame) {
  FaceQuality quality;
  const auto luma = luma_of(aligned);
  double total = 0;
  for (const float value : luma) total += value;
  quality.brightness = luma.empty() ? 0 : total / static_cast<double>(luma.size()) / 255.0;
  quality.blur_variance =
      laplacian_variance(luma, aligned.width, aligned.height, pixel_pitch(aligned, detection.box.width));
  quality.area_fraction = area_fraction_of(detection.box, frame);
  quality.width_px = detection.box.width;
  const auto pose = pose_of(detection.landmarks);
  quality.yaw_deg = pose.yaw_deg;
  quality.pitch_deg = pose.pitch_deg;
  quality.score = detection.score;
  return quality;
}

std::optional<QualityFault> early_fault(const Detection& detection, Size frame, const AnalysisSettings& settings) {
  if (detection.score < settings.quality_min_score) return QualityFault::score;
  if (area_fraction_of(detection.box, frame) < settings.quality_min_face_area_frac ||
      detection.box.width < settings.quality_min_face_px)
    return QualityFault::size;
  const auto pose = pose_of(detection.landmarks);
  if (std::abs(pose.yaw_deg) > settings.quality_max_yaw || std::abs(pose.pitch_deg) > settings.quality_max_pitch)
    return QualityFault::pose;
  return std::nullopt;
}

std::optional<QualityFault> fault_of(const FaceQuality& quality, const AnalysisSettings& settings) {
  if (quality.score < settings.quality_min_score) return QualityFault::score;
  if (quality.area_fraction < settings.quality_min_face_area_frac || quality.width_px < settings.quality_min_face_px)
    return QualityFault::size;
  if (std::abs(quality.yaw_deg) > settings.quality_max_yaw || std::abs(quality.pitch_deg) > settings.quality_max_pitch)
    return QualityFault::pose;
  if (quality.brightness < settings.quality_min_brightness) return QualityFault::dark;
  if (quality.brightness > settings.quality_max_brightness) return QualityFault::bright;
  if (quality.blur_variance < settings.quality_min_blur_var) return QualityFault::blurred;
  return std::nullopt;
}

double vote_weight(const FaceQuality& quality) {
  // Each factor rises to 1 where more no longer helps the embedder: its input is 112 pixels wide.
  const double size = std::clamp(quality.width_px / 112.0, 0.1, 1.0);
  const double sharpness = std::clamp(quality.blur_variance / 300.0, 0.1, 1.0);
  const double frontality = std::max(0.05, std::cos(quality.yaw_deg / degrees) * std::cos(quality.pitch_deg / degrees));
  const double score = std::clamp(quality.score, 0.1, 1.0);
  return size * std::sqrt(sharpness) * frontality * score;
}

}  // namespace hadir
