#pragma once
#include <dlib/matrix.h>
#include <dlib/pixel.h>

#include "core/frame.hpp"

namespace hadir {

/// A part of a frame as dlib sees pictures, perhaps scaled.
struct DlibPicture {
  dlib::matrix<dlib::rgb_pixel> pixels;
  Point origin;  ///< the frame's point at the picture's top left corner
  float scale_x = 1;
  float scale_y = 1;  ///< picture pixels a frame pixel

  Point to_frame(const Point& p) const { return {p.x / scale_x + origin.x, p.y / scale_y + origin.y}; }
  Rect from_frame(const Rect& r) const {
    return {(r.x - origin.x) * scale_x, (r.y - origin.y) * scale_y, r.width * scale_x, r.height * scale_y};
  }
  Rect to_frame(const Rect& r) const {
    const Point corner = to_frame(Point{r.x, r.y});
    return {corner.x, corner.y, r.width / scale_x, r.height / scale_y};
  }
};

/// The region (within the frame), scaled down to fit `limit`, never up.
DlibPicture picture_of(const Frame& frame, const Rect& region, Size limit);
/// The region scaled by about that much, up or down. In colour: HOG then finds a little more than on luma alone.
DlibPicture scaled_picture_of(const Frame& frame, const Rect& region, double scale);

/// dlib's rectangles include their last row and column.
Rect rect_of(const dlib::rectangle& r);

}  // namespace hadir
