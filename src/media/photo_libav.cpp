#include <cstring>
#include <format>
#include <string_view>
#include <utility>
#include <vector>

#include "media/libav.hpp"
#include "media/photo_decoders.hpp"

namespace hadir {
namespace {

/// The one picture in `bytes`, in whatever pixel format it is.
Result<libav::FramePtr> decode_picture(AVCodecID codec_id, std::span<const std::uint8_t> bytes, std::string_view name) {
  libav::silence();
  const auto damaged = [&] {
    return fail(ErrorKind::invalid_input, std::format("the {} is damaged or truncated", name));
  };
  const AVCodec* decoder = avcodec_find_decoder(codec_id);
  if (decoder == nullptr) return fail(ErrorKind::unavailable, std::format("this libav cannot read {}", name));
  const libav::CodecPtr codec(avcodec_alloc_context3(decoder));
  const libav::PacketPtr packet(av_packet_alloc());
  libav::FramePtr frame(av_frame_alloc());
  if (!codec || !packet || !frame || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
    return fail(ErrorKind::unavailable, "out of memory for a picture");
  std::memcpy(packet->data, bytes.data(), bytes.size());
  codec->thread_count = 1;
  codec->max_pixels = max_photo_pixels;
  codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return damaged();
  if (avcodec_send_packet(codec.get(), packet.get()) < 0) return damaged();
  avcodec_send_packet(codec.get(), nullptr);
  if (avcodec_receive_frame(codec.get(), frame.get()) < 0) return damaged();
  if ((frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame->decode_error_flags != 0) return damaged();
  return frame;
}

void blend_over_white(std::vector<std::uint8_t>& rgba) {
  for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
    const unsigned alpha = rgba[i + 3];
    if (alpha == 255) continue;
    for (std::size_t k = 0; k < 3; ++k)
      rgba[i + k] = static_cast<std::uint8_t>((rgba[i + k] * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}

Result<Frame> to_frame(const AVFrame& picture) {
  if (auto fits = check_photo_size(picture.width, picture.height); !fits) return std::unexpected(fits.error());
  const libav::SwsPtr scaler(sws_getContext(
      picture.width, picture.height, static_cast<AVPixelFormat>(picture.format), picture.width, picture.height,
      AV_PIX_FMT_RGBA, SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
  if (!scaler) return fail(ErrorKind::invalid_input, "the picture's pixel format cannot be read");
  const int* coefficients = libav::coefficients_of(ColourMatrix::bt601);
  sws_setColorspaceDetails(scaler.get(), coefficients, picture.color_range == AVCOL_RANGE_JPEG ? 1 : 0, coefficients, 1,
                           0, 1 << 16, 1 << 16);
  const int stride = (picture.width * 4 + 63) / 64 * 64;
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(stride) * static_cast<std::size_t>(picture.height) + 64);
  std::array<std::uint8_t*, 4> out{rgba.data()};
  std::array<int, 4> strides{stride};
  if (sws_scale(scaler.get(), picture.data, picture.linesize, 0, picture.height, out.data(), strides.data()) <= 0)
    return fail(ErrorKind::invalid_input, "the picture could not be converted");
  blend_over_white(rgba);
  return frame_from_rgba(rgba.data(), stride, picture.width, picture.height);
}

Result<Frame> decode_by_libav(AVCodecID codec, std::span<const std::uint8_t> bytes, std::string_view name) {
  auto picture = decode_picture(codec, bytes, name);
  if (!picture) return std::unexpected(std::move(picture.error()));
  return to_frame(**picture);
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
         bytes[at + 3];
}

std::uint32_t little_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at + 3]} << 24 | std::uint32_t{bytes[at + 2]} << 16 | std::uint32_t{bytes[at + 1]} << 8 |
         bytes[at];
}

std::unexpected<Error> truncated(std::string_view name) {
  return fail(ErrorKind::invalid_input, std::format("the {} is truncated", name));
}

}  // namespace

Status check_photo_size(std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0) return fail(ErrorKind::invalid_input, "the picture has no pixels");
  if (width > max_photo_pixels / height)
    return fail(ErrorKind::invalid_input, std::format("the picture has {}x{} pixels, more than {} million", width,
                                                      height, max_photo_pixels / 1'000'000));
  return {};
}

Result<Frame> frame_from_rgba(const std::uint8_t* pixels, int stride, int width, int height) {
  libav::FramePtr out = libav::allocate_yuv420(width, height);
  const libav::SwsPtr scaler(sws_getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_YUV420P,
                                            SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP, nullptr, nullptr,
                                            nullptr));
  if (!out || !scaler) return fail(ErrorKind::unavailable, "out of memory for a picture");
  const int* coefficients = libav::coefficients_of(ColourMatrix::bt601);
  sws_setColorspaceDetails(scaler.get(), coefficients, 1, coefficients, 1, 0, 1 << 16, 1 << 16);
  if (sws_scale(scaler.get(), &pixels, &stride, 0, height, out->data, out->linesize) <= 0)
    return fail(ErrorKind::invalid_input, "the picture could not be converted");
  return libav::share(std::move(out), ColourMatrix::bt601, true);
}

Result<Frame> decode_png(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t size_at = 16;  // width and height in IHDR
  constexpr std::string_view last_chunk = "IEND";
  if (bytes.size() < size_at + 8) return truncated("PNG");
  if (auto fits = check_photo_size(big_endian(bytes, size_at), big_endian(bytes, size_at + 4)); !fits)
    return std::unexpected(fits.error());
  if (std::ranges::search(bytes, last_chunk).empty()) return truncated("PNG");
  return decode_by_libav(AV_CODEC_ID_PNG, bytes, "PNG");
}

Result<Frame> decode_webp(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 12 || little_endian(bytes, 4) > bytes.size() - 8) return truncated("WebP");
  return decode_by_libav(AV_CODEC_ID_WEBP, bytes, "WebP");
}

Result<Frame> decode_bmp(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 26) return truncated("BMP");
  return decode_by_libav(AV_CODEC_ID_BMP, bytes, "BMP");
}

}  // namespace hadir
