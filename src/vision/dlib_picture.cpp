#include "vision/dlib_picture.hpp"

#include <dlib/image_transforms.h>

#include <algorithm>
#include <cmath>

#include "vision/pixels.hpp"

namespace hadir {

DlibPicture picture_of(const Frame& frame, const Rect& region, Size limit) {
  InputScaler scaler({{0, 0, 0}, {1, 1, 1}, ColourOrder::rgb});
  const auto& input = scaler.fill(frame, region, limit, 1);
  DlibPicture picture{{}, input.offset, input.scale_x, input.scale_y};
  picture.pixels.set_size(input.size.height, input.size.width);
  const std::size_t area = static_cast<std::size_t>(input.size.width) * input.size.height;
  const float* values = input.values.data();
  dlib::rgb_pixel* out = picture.pixels.begin();
  const auto byte = [](float value) { return static_cast<unsigned char>(value + 0.5F); };
  for (std::size_t i = 0; i < area; ++i) out[i] = {byte(values[i]), byte(values[area + i]), byte(values[2 * area + i])};
  return picture;
}

DlibPicture scaled_picture_of(const Frame& frame, const Rect& region, double scale) {
  const auto fitting = [&](float side) { return static_cast<int>(std::lround(side * std::min(1.0, scale))) + 2; };
  auto picture = picture_of(frame, region, {fitting(region.width), fitting(region.height)});
  if (scale <= 1) return picture;
  dlib::matrix<dlib::rgb_pixel> enlarged(std::lround(double(picture.pixels.nr()) * scale),
                                         std::lround(double(picture.pixels.nc()) * scale));
  dlib::resize_image(picture.pixels, enlarged);
  picture.scale_x *= static_cast<float>(enlarged.nc()) / static_cast<float>(picture.pixels.nc());
  picture.scale_y *= static_cast<float>(enlarged.nr()) / static_cast<float>(picture.pixels.nr());
  picture.pixels.swap(enlarged);
  return picture;
}

Rect rect_of(const dlib::rectangle& r) {
  return {static_cast<float>(r.left()), static_cast<float>(r.top()), static_cast<float>(r.width()),
          static_cast<float>(r.height())};
}

}  // namespace hadir
