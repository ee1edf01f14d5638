#include "media/jpeg.hpp"

#include <turbojpeg.h>

#include <cmath>
#include <format>
#include <limits>

#include "media/libav.hpp"

namespace hadir {
namespace {

struct TurboDeleter {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using TurboPtr = std::unique_ptr<void, TurboDeleter>;

struct Window {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

Result<Window> window_of(const Frame& frame, const std::optional<Rect>& crop) {
  if (!crop) return Window{0, 0, frame.width, frame.height};
  if (!std::isfinite(crop->x + crop->y + crop->width + crop->height))
    return fail(ErrorKind::invalid_input, "the crop is not a rectangle");
  const Rect inside = clamp_to(*crop, frame.size());
  if (inside.width <= 0 || inside.height <= 0)
    return fail(ErrorKind::invalid_input, "the crop lies outside the picture");
  // Even, so that the crop begins on a whole chroma sample.
  const int x = static_cast<int>(inside.x) & ~1;
  const int y = static_cast<int>(inside.y) & ~1;
  const int right = std::min(frame.width, static_cast<int>(std::ceil(inside.right())));
  const int bottom = std::min(frame.height, static_cast<int>(std::ceil(inside.bottom())));
  return Window{x, y, right - x, bottom - y};
}

Size scaled(const Window& window, int max_width) {
  if (max_width <= 0 || window.width <= max_width) return {window.width, window.height};
  const double factor = static_cast<double>(max_width) / window.width;
  return {max_width, std::max(1, static_cast<int>(std::lround(window.height * factor)))};
}

/// Packed BGRX rows of the window in the wanted size, or an empty vector when swscale refuses.
std::vector<std::uint8_t> to_bgrx(const Frame& frame, const Window& window, Size size) {
  const int flags =
      (size == Size{window.width, window.height} ? SWS_BILINEAR : SWS_AREA) | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;
  const libav::SwsPtr scaler(sws_getContext(window.width, window.height, AV_PIX_FMT_YUV420P, size.width, size.height,
                                            AV_PIX_FMT_BGR0, flags, nullptr, nullptr, nullptr));
  if (!scaler) return {};
  const int* coefficients = libav::coefficients_of(frame.matrix);
  sws_setColorspaceDetails(scaler.get(), coefficients, frame.full_range ? 1 : 0, coefficients, 1, 0, 1 << 16, 1 << 16);
  std::array<const std::uint8_t*, 4> planes{};
  std::array<int, 4> strides{};
  for (std::size_t i = 0; i < 3; ++i) {
    const Plane& plane = frame.planes[i];
    const int shift = i == 0 ? 0 : 1;
    planes[i] = plane.data + (window.y >> shift) * plane.stride + (window.x >> shift);
    strides[i] = static_cast<int>(plane.stride);
  }
  // swscale writes whole vectors at the end of a row.
  const int stride = (size.width * 4 + 63) / 64 * 64;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(stride) * static_cast<std::size_t>(size.height) + 64);
  std::array<std::uint8_t*, 4> out{pixels.data()};
  std::array<int, 4> out_strides{stride};
  if (sws_scale(scaler.get(), planes.data(), strides.data(), 0, window.height, out.data(), out_strides.data()) <= 0)
    return {};
  return pixels;
}

class TurboJpegEncoder final : public JpegEncoder {
 public:
  Result<Bytes> encode(const Frame& frame, const Options& options) const override {
    if (frame.empty() || frame.planes[0].data == nullptr) return fail(ErrorKind::invalid_input, "the picture is empty");
    if (options.quality < 1 || options.quality > 100)
      return fail(ErrorKind::invalid_input, std::format("jpeg_quality {} is not in 1..100", options.quality));
    const auto window = window_of(frame, options.crop);
    if (!window) return std::unexpected(window.error());
    const Size size = scaled(*window, options.max_width);
    const TurboPtr handle(tjInitCompress());
    if (!handle) return fail(ErrorKind::unavailable, "libjpeg-turbo could not start");

    Bytes out(tjBufSize(size.width, size.height, TJSAMP_420));
    unsigned long length = out.size();
    unsigned char* data = out.data();
    int result = 0;
    const bool as_it_is = frame.matrix == ColourMatrix::bt601 && frame.full_range && size == frame.size() &&
                          frame.width % 2 == 0 && frame.height % 2 == 0;
    if (as_it_is) {
      std::array<const unsigned char*, 3> planes = {frame.planes[0].data, frame.planes[1].data, frame.planes[2].data};
      std::array<int, 3> strides{};
      for (std::size_t i = 0; i < 3; ++i) strides[i] = static_cast<int>(frame.planes[i].stride);
      result = tjCompressFromYUVPlanes(handle.get(), planes.data(), size.width, strides.data(), size.height, TJSAMP_420,
                                       &data, &length, options.quality, TJFLAG_NOREALLOC);
    } else {
      const auto pixels = to_bgrx(frame, *window, size);
      if (pixels.empty())
        return fail(ErrorKind::invalid_input, std::format("a picture of {}x{} cannot be scaled to {}x{}", window->width,
                                                          window->height, size.width, size.height));
      result = tjCompress2(handle.get(), pixels.data(), size.width, (size.width * 4 + 63) / 64 * 64, size.height,
                           TJPF_BGRX, &data, &length, TJSAMP_420, options.quality, TJFLAG_NOREALLOC);
    }
    if (result != 0)
      return fail(ErrorKind::internal, std::format("a JPEG could not be written: {}", tjGetErrorStr2(handle.get())));
    out.resize(length);
    out.shrink_to_fit();
    return out;
  }
};

}  // namespace

std::unique_ptr<JpegEncoder> make_jpeg_encoder() {
  return std::make_unique<TurboJpegEncoder>();
}

}  // namespace hadir
