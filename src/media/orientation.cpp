#include "media/orientation.hpp"

#include <utility>

namespace hadir {

void copy_upright(const Plane& from, int width, int height, ExifOrientation orientation, std::uint8_t* to,
                  std::ptrdiff_t to_stride) {
  const bool swapped = orientation >= 5;
  const int out_width = swapped ? height : width;
  const int out_height = swapped ? width : height;
  // Walking a row of the result walks the stored plane by `step` from a corner, and rows follow each other by `line`.
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const std::ptrdiff_t across = from_right ? -1 : 1;
  const std::ptrdiff_t down = from_bottom ? -from.stride : from.stride;
  const std::uint8_t* corner =
      from.data + (from_right ? width - 1 : 0) + (from_bottom ? (height - 1) * from.stride : std::ptrdiff_t{0});
  const std::ptrdiff_t step = swapped ? down : across;
  const std::ptrdiff_t line = swapped ? across : down;
  for (int y = 0; y < out_height; ++y)
    for (int x = 0; x < out_width; ++x) to[y * to_stride + x] = corner[y * line + x * step];
}

Frame upright(const Frame& frame, ExifOrientation orientation) {
  if (orientation <= 1 || orientation > 8 || frame.empty()) return frame;
  const bool swapped = orientation >= 5;
  libav::FramePtr out =
      swapped ? libav::allocate_yuv420(frame.height, frame.width) : libav::allocate_yuv420(frame.width, frame.height);
  if (!out) return {};
  copy_upright(frame.planes[0], frame.width, frame.height, orientation, out->data[0], out->linesize[0]);
  for (const int i : {1, 2})
    copy_upright(frame.planes[static_cast<std::size_t>(i)], frame.chroma_width(), frame.chroma_height(), orientation,
                 out->data[i], out->linesize[i]);
  Frame turned = libav::share(std::move(out), frame.matrix, frame.full_range);
  turned.pts = frame.pts;
  turned.captured_at = frame.captured_at;
  turned.sequence = frame.sequence;
  return turned;
}

}  // namespace hadir
