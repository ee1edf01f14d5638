#pragma once
#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <vector>

#include "core/frame.hpp"
#include "vision/normalisation.hpp"

namespace hadir {

/// An affine map of the plane: x' = a x + b y + c, y' = d x + e y + f. Pixel centres lie on whole numbers.
struct Affine {
  double a = 1, b = 0, c = 0;
  double d = 0, e = 1, f = 0;
};

/// R = y + rv V, G = y + gu U + gv V, B = y + bu U, with y = y_scale (Y - y_offset) and U, V around 128; 0..255 after
/// clamping. Source: ITU-R BT.601-7 and BT.709-6.
struct YuvToRgb {
  float y_scale, y_offset, rv, gu, gv, bu;
};
YuvToRgb conversion_of(const Frame& frame);

/// The frame's planes as matrices that share its pixels.
std::array<cv::Mat, 3> planes_of(const Frame& frame);

/// Warps the frame by a bilinear sampling of its planes, so that the point p of the frame lands on frame_to_crop(p),
/// and only then converts: the cost follows the crop, not the frame. Packed BGR, 8 bits.
enum class Outside { black = 1, nearest };
std::vector<std::uint8_t> warp_to_bgr(const Frame& frame, const Affine& frame_to_crop, Size crop, Outside outside);

/// Packed BGR bytes as one NCHW image at `to` (3 * width * height floats).
void pack_nchw(const std::uint8_t* bgr, Size size, const Normalisation& normalisation, float* to);

/// A part of a frame scaled to fit a network's input: at the top left, black to the right and below.
struct NetworkInput {
  std::vector<float> values;  ///< 1 x 3 x height x width
  Size size;                  ///< of the network's input
  float scale_x = 1;          ///< input pixels a frame pixel
  float scale_y = 1;
  Point offset;  ///< the frame's point that lies at the input's origin
};

/// Fills network inputs and keeps its buffers between calls. Belongs to one thread at a time.
class InputScaler {
 public:
  explicit InputScaler(Normalisation normalisation) : normalisation_(normalisation) {}
  /// `region` (within the frame; widened to whole chroma samples) is scaled down to fit `limit`, aspect kept, never up.
  /// The input is that size rounded up to `multiple`, or exactly `fixed` where the network takes only one size.
  /// The result lives until the next call.
  const NetworkInput& fill(const Frame& frame, const Rect& region, Size limit, int multiple, Size fixed = {});

 private:
  void convert_rows(const YuvToRgb& conversion, Size scaled);
  Normalisation normalisation_;
  NetworkInput input_;
  std::array<cv::Mat, 3> scaled_;
};

}  // namespace hadir
