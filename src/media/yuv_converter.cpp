#include "media/yuv_converter.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <format>
#include <utility>

namespace hadir {
namespace {

/// The deprecated "yuvj" formats are yuv with full range; swscale wants to hear it as two facts.
AVPixelFormat without_range(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P:
      return AV_PIX_FMT_YUV411P;
    default:
      return format;
  }
}

bool is_rgb(AVPixelFormat format) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(format);
  return d != nullptr && (d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

bool shareable(const AVFrame& frame, AVPixelFormat format) {
  return format == AV_PIX_FMT_YUV420P && frame.buf[0] != nullptr && frame.linesize[0] > 0 && frame.linesize[1] > 0 &&
         frame.linesize[2] > 0;
}

}  // namespace

Result<Frame> YuvConverter::convert(AVFrame& decoded) {
  const auto given = static_cast<AVPixelFormat>(decoded.format);
  const AVPixelFormat format = without_range(given);
  if (decoded.width <= 0 || decoded.height <= 0 || decoded.data[0] == nullptr)
    return fail(ErrorKind::invalid_input, "a decoded picture is empty");
  const ColourMatrix matrix = libav::matrix_of(decoded.colorspace, decoded.height);
  const bool rgb = is_rgb(format);
  const bool full_range = !rgb && (given != format || decoded.color_range == AVCOL_RANGE_JPEG);

  if (shareable(decoded, format)) {
    libav::FramePtr pixels(av_frame_alloc());
    if (!pixels) return fail(ErrorKind::unavailable, "out of memory for a picture");
    av_frame_move_ref(pixels.get(), &decoded);
    return libav::share(std::move(pixels), matrix, full_range);
  }
  scaler_.reset(sws_getCachedContext(scaler_.release(), decoded.width, decoded.height, format, decoded.width,
                                     decoded.height, AV_PIX_FMT_YUV420P, SWS_BILINEAR | SWS_ACCURATE_RND, nullptr,
                                     nullptr, nullptr));
  if (!scaler_) {
    const char* name = av_get_pix_fmt_name(given);
    return fail(ErrorKind::invalid_input,
                std::format("pictures of pixel format {} cannot be read", name != nullptr ? name : "unknown"));
  }
  const int* coefficients = libav::coefficients_of(matrix);
  sws_setColorspaceDetails(scaler_.get(), coefficients, rgb || full_range ? 1 : 0, coefficients, full_range ? 1 : 0, 0,
                           1 << 16, 1 << 16);
  libav::FramePtr out = libav::allocate_yuv420(decoded.width, decoded.height);
  if (!out) return fail(ErrorKind::unavailable, "out of memory for a picture");
  if (sws_scale(scaler_.get(), decoded.data, decoded.linesize, 0, decoded.height, out->data, out->linesize) <= 0)
    return fail(ErrorKind::invalid_input, "a decoded picture could not be converted");
  return libav::share(std::move(out), matrix, full_range);
}

}  // namespace hadir
