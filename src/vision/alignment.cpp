#include "vision/alignment.hpp"

#include <cmath>

namespace hadir {
namespace {

struct Mean {
  double x = 0, y = 0;
};

Mean mean_of(const Landmarks& points) {
  Mean mean;
  for (const auto& p : points) {
    mean.x += p.x / double(points.size());
    mean.y += p.y / double(points.size());
  }
  return mean;
}

}  // namespace

Result<Affine> similarity_transform(const Landmarks& from, const Landmarks& to) {
  const Mean p0 = mean_of(from);
  const Mean q0 = mean_of(to);
  double spread = 0, dot = 0, cross = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double px = from[i].x - p0.x, py = from[i].y - p0.y;
    const double qx = to[i].x - q0.x, qy = to[i].y - q0.y;
    spread += px * px + py * py;
    dot += px * qx + py * qy;
    cross += px * qy - py * qx;
  }
  // Below a hundredth of a pixel of spread there is no direction to align by.
  if (!std::isfinite(spread) || spread < 1e-4)
    return fail(ErrorKind::invalid_input, "the landmarks of the face lie on one spot");
  const double a = dot / spread;
  const double b = cross / spread;
  if (a * a + b * b < 1e-12) return fail(ErrorKind::invalid_input, "the landmarks of the face have no direction");
  return Affine{a, -b, q0.x - a * p0.x + b * p0.y, b, a, q0.y - b * p0.x - a * p0.y};
}

}  // namespace hadir
