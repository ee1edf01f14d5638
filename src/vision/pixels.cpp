#include "vision/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace hadir {
namespace {

std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.F, 255.F) + 0.5F);
}

int round_up(int value, int multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Shrinking by a whole number averages exactly and fast; so does a large factor, where two taps would alias. In
/// between, two taps a direction see nearly every pixel and cost a fraction.
int interpolation_for(double factor) {
  if (factor >= 3 || std::abs(factor - std::round(factor)) < 1e-3) return cv::INTER_AREA;
  return cv::INTER_LINEAR;
}

void scale_plane(const cv::Mat& from, Size to, cv::Mat& result) {
  const cv::Size size(to.width, to.height);
  if (from.size() == size) {
    result = from;
    return;
  }
  // A matrix that shares a frame's pixels must not be written to.
  if (result.u == nullptr) result.release();
  const bool grows = size.width > from.cols || size.height > from.rows;
  const double factor = std::min(double(from.cols) / size.width, double(from.rows) / size.height);
  cv::resize(from, result, size, 0, 0, grows ? cv::INTER_LINEAR : interpolation_for(factor));
}

/// Blackens what the map takes from outside the frame. Chroma is continued there: blended with grey like luma with
/// black, the frame's last pixels would lose their colour.
void blacken_outside(std::vector<std::uint8_t>& bgr, const Frame& frame, const Affine& m, Size crop) {
  const double determinant = m.a * m.e - m.b * m.d;
  if (determinant == 0) return;
  const double ia = m.e / determinant, ib = -m.b / determinant, id = -m.d / determinant, ie = m.a / determinant;
  const auto is_inside = [&](int u, int v) {
    const double x = ia * (u - m.c) + ib * (v - m.f);
    const double y = id * (u - m.c) + ie * (v - m.f);
    return x > -1 && y > -1 && x < frame.width && y < frame.height;
  };
  const int right = crop.width - 1, bottom = crop.height - 1;
  if (is_inside(0, 0) && is_inside(right, 0) && is_inside(0, bottom) && is_inside(right, bottom)) return;
  for (int v = 0; v < crop.height; ++v)
    for (int u = 0; u < crop.width; ++u)
      if (!is_inside(u, v)) std::fill_n(&bgr[3UL * (static_cast<std::size_t>(v) * crop.width + u)], 3, std::uint8_t{0});
}

/// The pointers a row is converted between. They never overlap, which the compiler must know to convert several at
/// once.
struct Row {
  const std::uint8_t* y;
  const std::uint8_t* u;
  const std::uint8_t* v;
  float* blue;
  float* green;
  float* red;
  int width;
};

/// (value - mean) * scale of blue, green and red.
struct RowScaling {
  float blue_mean, blue_scale, green_mean, green_scale, red_mean, red_scale;
};

[[gnu::always_inline]] inline float put(float value, float mean, float scale) {
  value = value > 0.F ? value : 0.F;
  value = value < 255.F ? value : 255.F;
  return (value - mean) * scale;
}

[[gnu::always_inline]] inline void convert_row(const YuvToRgb k, const RowScaling n, const std::uint8_t* __restrict y,
                                               const std::uint8_t* __restrict u, const std::uint8_t* __restrict v,
                                               float* __restrict b, float* __restrict g, float* __restrict r,
                                               const int width) {
  for (int x = 0; x < width; ++x) {
    const float luma = k.y_scale * (static_cast<float>(y[x]) - k.y_offset);
    const float cu = static_cast<float>(u[x]) - 128.F;
    const float cv = static_cast<float>(v[x]) - 128.F;
    b[x] = put(luma + k.bu * cu, n.blue_mean, n.blue_scale);
    g[x] = put(luma + k.gu * cu + k.gv * cv, n.green_mean, n.green_scale);
    r[x] = put(luma + k.rv * cv, n.red_mean, n.red_scale);
  }
}

using RowConverter = void (*)(const YuvToRgb&, const RowScaling&, const Row&);

void convert_row_anywhere(const YuvToRgb& k, const RowScaling& n, const Row& row) {
  convert_row(k, n, row.y, row.u, row.v, row.blue, row.green, row.red, row.width);
}

#if defined(__x86_64__)
/// The same eight values at a time. Without FMA, so that every machine computes the same bits.
[[gnu::target("avx2")]] void convert_row_avx2(const YuvToRgb& k, const RowScaling& n, const Row& row) {
  convert_row(k, n, row.y, row.u, row.v, row.blue, row.green, row.red, row.width);
}
#endif

RowConverter row_converter() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return convert_row_avx2;
#endif
  return convert_row_anywhere;
}

}  // namespace

YuvToRgb conversion_of(const Frame& frame) {
  const bool bt709 = frame.matrix == ColourMatrix::bt709;
  if (frame.full_range)
    return bt709 ? YuvToRgb{1.F, 0.F, 1.5748F, -0.187324F, -0.468124F, 1.8556F}
                 : YuvToRgb{1.F, 0.F, 1.402F, -0.344136F, -0.714136F, 1.772F};
  return bt709 ? YuvToRgb{1.164384F, 16.F, 1.792741F, -0.213249F, -0.532909F, 2.112402F}
               : YuvToRgb{1.164384F, 16.F, 1.596027F, -0.391762F, -0.812968F, 2.017232F};
}

std::array<cv::Mat, 3> planes_of(const Frame& frame) {
  const auto plane = [](const Plane& p, int width, int height) {
    // cv::Mat has no constant view; the result is only read.
    return cv::Mat(height, width, CV_8UC1, const_cast<std::uint8_t*>(p.data), static_cast<std::size_t>(p.stride));
  };
  return {plane(frame.planes[0], frame.width, frame.height),
          plane(frame.planes[1], frame.chroma_width(), frame.chroma_height()),
          plane(frame.planes[2], frame.chroma_width(), frame.chroma_height())};
}

std::vector<std::uint8_t> warp_to_bgr(const Frame& frame, const Affine& m, Size crop, Outside outside) {
  const auto planes = planes_of(frame);
  const cv::Size size(crop.width, crop.height);
  // A chroma sample stands for two by two pixels and lies at their centre: x = 2 xc + 0.5.
  const cv::Matx23d luma_map(m.a, m.b, m.c, m.d, m.e, m.f);
  const cv::Matx23d chroma_map(2 * m.a, 2 * m.b, m.c + 0.5 * (m.a + m.b), 2 * m.d, 2 * m.e, m.f + 0.5 * (m.d + m.e));
  std::array<cv::Mat, 3> warped;
  for (int i = 0; i < 3; ++i) {
    const bool to_black = i == 0 && outside == Outside::black;
    cv::warpAffine(planes[i], warped[i], i == 0 ? luma_map : chroma_map, size, cv::INTER_LINEAR,
                   to_black ? cv::BORDER_CONSTANT : cv::BORDER_REPLICATE, cv::Scalar(frame.full_range ? 0 : 16));
  }
  const auto k = conversion_of(frame);
  std::vector<std::uint8_t> bgr(3UL * crop.width * crop.height);
  std::uint8_t* out = bgr.data();
  for (int row = 0; row < crop.height; ++row) {
    const auto* y = warped[0].ptr(row);
    const auto* u = warped[1].ptr(row);
    const auto* v = warped[2].ptr(row);
    for (int x = 0; x < crop.width; ++x, out += 3) {
      const float luma = k.y_scale * (static_cast<float>(y[x]) - k.y_offset);
      const float cu = static_cast<float>(u[x]) - 128.F;
      const float cv = static_cast<float>(v[x]) - 128.F;
      out[0] = to_byte(luma + k.bu * cu);
      out[1] = to_byte(luma + k.gu * cu + k.gv * cv);
      out[2] = to_byte(luma + k.rv * cv);
    }
  }
  if (outside == Outside::black) blacken_outside(bgr, frame, m, crop);
  return bgr;
}

void pack_nchw(const std::uint8_t* bgr, Size size, const Normalisation& n, float* to) {
  const std::size_t area = static_cast<std::size_t>(size.width) * size.height;
  for (int channel = 0; channel < 3; ++channel) {
    const std::uint8_t* from = bgr + (n.colour == ColourOrder::bgr ? channel : 2 - channel);
    float* plane = to + channel * area;
    for (std::size_t i = 0; i < area; ++i)
      plane[i] = (static_cast<float>(from[3 * i]) - n.mean[channel]) * n.scale[channel];
  }
}

const NetworkInput& InputScaler::fill(const Frame& frame, const Rect& region, Size limit, int multiple, Size fixed) {
  const int x0 = static_cast<int>(region.x) / 2 * 2;
  const int y0 = static_cast<int>(region.y) / 2 * 2;
  const int x1 = std::min(frame.width, round_up(static_cast<int>(std::ceil(region.right())), 2));
  const int y1 = std::min(frame.height, round_up(static_cast<int>(std::ceil(region.bottom())), 2));
  const Size part{x1 - x0, y1 - y0};
  if (fixed.width > 0) limit = fixed;
  const double scale = std::min({1.0, double(limit.width) / part.width, double(limit.height) / part.height});
  const Size scaled{std::max(1, static_cast<int>(std::lround(part.width * scale))),
                    std::max(1, static_cast<int>(std::lround(part.height * scale)))};

  const auto planes = planes_of(frame);
  scale_plane(planes[0](cv::Rect(x0, y0, part.width, part.height)), scaled, scaled_[0]);
  const cv::Rect chroma(x0 / 2, y0 / 2, (part.width + 1) / 2, (part.height + 1) / 2);
  for (int i = 1; i < 3; ++i) scale_plane(planes[i](chroma), scaled, scaled_[i]);

  const Size size = fixed.width > 0 ? fixed : Size{round_up(scaled.width, multiple), round_up(scaled.height, multiple)};
  const std::size_t area = static_cast<std::size_t>(size.width) * size.height;
  input_.size = size;
  input_.values.resize(3 * area);
  input_.scale_x = static_cast<float>(scaled.width) / static_cast<float>(part.width);
  input_.scale_y = static_cast<float>(scaled.height) / static_cast<float>(part.height);
  input_.offset = {static_cast<float>(x0), static_cast<float>(y0)};
  convert_rows(conversion_of(frame), scaled);
  for (auto& plane : scaled_)
    if (plane.u == nullptr) plane.release();  // It shares the frame's pixels, which may go with the frame.
  return input_;
}

void InputScaler::convert_rows(const YuvToRgb& k, Size scaled) {
  static const auto convert = row_converter();
  const auto& n = normalisation_;
  const std::size_t blue = n.colour == ColourOrder::bgr ? 0 : 2;
  const std::size_t red = 2 - blue;
  const RowScaling scaling{n.mean[blue], n.scale[blue], n.mean[1], n.scale[1], n.mean[red], n.scale[red]};
  const std::size_t stride = static_cast<std::size_t>(input_.size.width);
  const std::size_t area = stride * input_.size.height;
  const auto out = [&](std::size_t channel, int row) { return input_.values.data() + channel * area + row * stride; };
  for (int row = 0; row < input_.size.height; ++row) {
    const int filled = row < scaled.height ? scaled.width : 0;
    if (filled > 0)
      convert(k, scaling,
              {scaled_[0].ptr(row), scaled_[1].ptr(row), scaled_[2].ptr(row), out(blue, row), out(1, row),
               out(red, row), filled});
    for (std::size_t channel = 0; channel < 3; ++channel)
      std::fill(out(channel, row) + filled, out(channel, row) + stride, -n.mean[channel] * n.scale[channel]);
  }
}

}  // namespace hadir
