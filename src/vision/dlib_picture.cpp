#include "vision/dlib_picture.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

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

DlibLuma luma_of(const Frame& frame, const Rect& region, double scale) {
  const int x0 = static_cast<int>(region.x), y0 = static_cast<int>(region.y);
  const int x1 = std::min(frame.width, static_cast<int>(std::ceil(region.right())));
  const int y1 = std::min(frame.height, static_cast<int>(std::ceil(region.bottom())));
  cv::Mat luma = planes_of(frame)[0](cv::Rect(x0, y0, x1 - x0, y1 - y0));
  const cv::Size size(std::max(1, static_cast<int>(std::lround(luma.cols * scale))),
                      std::max(1, static_cast<int>(std::lround(luma.rows * scale))));
  cv::Mat scaled;
  if (size == luma.size())
    scaled = luma;
  else
    cv::resize(luma, scaled, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  DlibLuma picture;
  picture.origin = {static_cast<float>(x0), static_cast<float>(y0)};
  picture.scale_x = static_cast<float>(size.width) / static_cast<float>(luma.cols);
  picture.scale_y = static_cast<float>(size.height) / static_cast<float>(luma.rows);
  picture.pixels.set_size(size.height, size.width);
  for (int row = 0; row < size.height; ++row) std::copy_n(scaled.ptr(row), size.width, &picture.pixels[row][0]);
  return picture;
}

Rect rect_of(const dlib::rectangle& r) {
  return {static_cast<float>(r.left()), static_cast<float>(r.top()), static_cast<float>(r.width()),
          static_cast<float>(r.height())};
}

}  // namespace hadir
