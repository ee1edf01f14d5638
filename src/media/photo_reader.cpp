#include "media/photo_reader.hpp"

#include <format>
#include <fstream>
#include <system_error>

#include "media/photo_decoders.hpp"

namespace hadir {
namespace {

constexpr std::uintmax_t max_file_bytes = 100'000'000;

bool begins_with(std::span<const std::uint8_t> bytes, std::string_view magic, std::size_t at = 0) {
  if (bytes.size() < at + magic.size()) return false;
  return std::ranges::equal(bytes.subspan(at, magic.size()), magic,
                            [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
}

class Photos final : public PhotoReader {
 public:
  Result<Frame> read(const std::filesystem::path& file) const override {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) return fail(ErrorKind::not_found, file.string() + ": there is no such file");
    if (!std::filesystem::is_regular_file(status))
      return fail(ErrorKind::invalid_input, file.string() + ": is not a file");
    const auto size = std::filesystem::file_size(file, error);
    if (error || size > max_file_bytes)
      return fail(ErrorKind::invalid_input,
                  std::format("{}: is larger than {} MB", file.string(), max_file_bytes / 1'000'000));
    Bytes bytes(size);
    std::ifstream in(file, std::ios::binary);
    if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
      return fail(ErrorKind::unavailable, file.string() + ": cannot be read");
    auto frame = decode(bytes);
    if (!frame) frame.error().message = file.string() + ": " + frame.error().message;
    return frame;
  }

  Result<Frame> decode(std::span<const std::uint8_t> bytes) const override {
    if (begins_with(bytes, "\xFF\xD8\xFF")) return decode_jpeg(bytes);
    if (begins_with(bytes, "\x89PNG\r\n\x1A\n")) return decode_png(bytes);
    if (begins_with(bytes, "RIFF") && begins_with(bytes, "WEBP", 8)) return decode_webp(bytes);
    if (begins_with(bytes, "BM")) return decode_bmp(bytes);
    return fail(ErrorKind::invalid_input, "is not a JPEG, PNG, WebP or BMP picture");
  }
};

}  // namespace

std::unique_ptr<PhotoReader> make_photo_reader() {
  return std::make_unique<Photos>();
}

}  // namespace hadir
