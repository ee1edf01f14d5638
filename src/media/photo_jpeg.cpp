#include <libexif/exif-data.h>
#include <turbojpeg.h>

#include <cstring>
#include <format>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "media/libav.hpp"
#include "media/orientation.hpp"
#include "media/photo_decoders.hpp"

namespace hadir {
namespace {

struct TurboDeleter {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct ExifDeleter {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};

ExifOrientation orientation_of(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<ExifData, ExifDeleter> exif(
      exif_data_new_from_data(bytes.data(), static_cast<unsigned>(bytes.size())));
  if (!exif) return 1;
  const ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) return 1;
  return exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
}

/// Decodes by `decode`; some of libjpeg's warnings mean that pixels are missing or wrong, which is an error here.
template <class Decode>
Status checked(void* handle, Decode decode) {
  if (decode() == 0) return {};
  const std::string_view message = tjGetErrorStr2(handle);
  if (tjGetErrorCode(handle) == TJERR_WARNING) {
    if (message.find("remature end") != std::string_view::npos)
      return fail(ErrorKind::invalid_input, "the JPEG is truncated");
    const bool harmless =
        message.find("Huffman") == std::string_view::npos && message.find("found marker") == std::string_view::npos;
    if (harmless) return {};
  }
  return fail(ErrorKind::invalid_input, std::format("the JPEG is damaged: {}", message));
}

/// The JPEG's own planes when it is 4:2:0 or grey.
Result<Frame> decode_planes(void* handle, std::span<const std::uint8_t> bytes, Size size, bool grey) {
  // libjpeg-turbo writes luma planes of even width and height.
  libav::FramePtr planes = libav::allocate_yuv420((size.width + 1) & ~1, (size.height + 1) & ~1);
  if (!planes) return fail(ErrorKind::unavailable, "out of memory for a picture");
  const Status decoded = checked(handle, [&] {
    return tjDecompressToYUVPlanes(handle, bytes.data(), bytes.size(), planes->data, size.width, planes->linesize,
                                   size.height, TJFLAG_LIMITSCANS);
  });
  if (!decoded) return std::unexpected(decoded.error());
  if (grey)
    for (const int i : {1, 2})
      std::memset(planes->data[i], 128, static_cast<std::size_t>(planes->linesize[i]) * ((planes->height + 1) / 2));
  planes->width = size.width;
  planes->height = size.height;
  return libav::share(std::move(planes), ColourMatrix::bt601, true);
}

/// Adobe's CMYK is stored inverted: 255 is no ink.
void cmyk_to_rgba(std::vector<std::uint8_t>& pixels) {
  for (std::size_t i = 0; i + 3 < pixels.size(); i += 4) {
    const unsigned black = pixels[i + 3];
    for (std::size_t k = 0; k < 3; ++k) pixels[i + k] = static_cast<std::uint8_t>((pixels[i + k] * black + 127) / 255);
    pixels[i + 3] = 255;
  }
}

Result<Frame> decode_packed(void* handle, std::span<const std::uint8_t> bytes, Size size, bool cmyk) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
  const Status decoded = checked(handle, [&] {
    return tjDecompress2(handle, bytes.data(), bytes.size(), pixels.data(), size.width, size.width * 4, size.height,
                         cmyk ? TJPF_CMYK : TJPF_RGBA, TJFLAG_LIMITSCANS);
  });
  if (!decoded) return std::unexpected(decoded.error());
  if (cmyk) cmyk_to_rgba(pixels);
  return frame_from_rgba(pixels.data(), size.width * 4, size.width, size.height);
}

}  // namespace

Result<Frame> decode_jpeg(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<void, TurboDeleter> handle(tjInitDecompress());
  if (!handle) return fail(ErrorKind::unavailable, "libjpeg-turbo could not start");
  Size size;
  int sampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(handle.get(), bytes.data(), bytes.size(), &size.width, &size.height, &sampling, &colours) !=
      0)
    return fail(ErrorKind::invalid_input, std::format("the JPEG is damaged: {}", tjGetErrorStr2(handle.get())));
  if (auto fits = check_photo_size(size.width, size.height); !fits) return std::unexpected(fits.error());
  const bool grey = colours == TJCS_GRAY;
  const bool cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
  const bool as_planes = grey || (colours == TJCS_YCbCr && sampling == TJSAMP_420);
  auto frame =
      as_planes ? decode_planes(handle.get(), bytes, size, grey) : decode_packed(handle.get(), bytes, size, cmyk);
  if (!frame) return frame;
  Frame turned = upright(*frame, orientation_of(bytes));
  if (turned.empty()) return fail(ErrorKind::unavailable, "out of memory for a picture");
  return turned;
}

}  // namespace hadir
