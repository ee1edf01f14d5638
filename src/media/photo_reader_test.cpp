#include "media/photo_reader.hpp"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include "media/jpeg.hpp"
#include "media/libav.hpp"
#include "media/test_clips.hpp"

namespace hadir {
namespace {

/// 48×32: the top left quarter is red, the rest is white.
constexpr int width = 48;
constexpr int height = 32;

std::vector<std::uint8_t> marked_picture(int samples, bool inverted_cmyk = false) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height * samples), 255);
  for (int y = 0; y < height / 2; ++y)
    for (int x = 0; x < width / 2; ++x) {
      std::uint8_t* p = &pixels[static_cast<std::size_t>((y * width + x) * samples)];
      if (samples == 1) p[0] = 0;
      if (samples > 1) p[1] = p[2] = 0;
      if (inverted_cmyk) p[0] = p[3] = 255;
    }
  return pixels;
}

Bytes encoded(const std::vector<std::uint8_t>& pixels, int format, int sampling) {
  void* handle = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(handle, pixels.data(), width, 0, height, format, &data, &size, sampling, 95, 0), 0)
      << tjGetErrorStr2(handle);
  Bytes out(data, data + size);
  tjFree(data);
  tjDestroy(handle);
  return out;
}

/// Puts an APP1 EXIF segment with only an orientation behind the start of image.
Bytes with_orientation(const Bytes& jpeg, std::uint8_t orientation, bool little_endian = true) {
  const Bytes ii = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0};
  const Bytes mm = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0};
  const Bytes& tiff = little_endian ? ii : mm;
  Bytes out = {0xFF, 0xD8, 0xFF, 0xE1, 0, static_cast<std::uint8_t>(2 + 6 + tiff.size()), 'E', 'x', 'i', 'f', 0, 0};
  out.insert(out.end(), tiff.begin(), tiff.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

/// Luma: red is about 76, white 255.
bool is_marked(const Frame& frame, bool right, bool bottom) {
  const int x = right ? frame.width * 3 / 4 : frame.width / 4;
  const int y = bottom ? frame.height * 3 / 4 : frame.height / 4;
  return sample(frame, 0, x, y) < 150;
}

TEST(PhotoReaderTest, ReadsEveryKindOfJpegWithItsColours) {
  const auto reader = make_photo_reader();
  for (const int sampling : {TJSAMP_420, TJSAMP_422, TJSAMP_444, TJSAMP_440, TJSAMP_411}) {
    const auto frame = reader->decode(encoded(marked_picture(3), TJPF_RGB, sampling));
    ASSERT_TRUE(frame) << frame.error().message;
    EXPECT_EQ(frame->size(), (Size{width, height}));
    EXPECT_TRUE(frame->full_range);
    EXPECT_EQ(frame->matrix, ColourMatrix::bt601);
    EXPECT_NEAR(sample(*frame, 0, 10, 6), 76, 3) << sampling;
    EXPECT_NEAR(sample(*frame, 1, 5, 3), 85, 3) << sampling;
    EXPECT_NEAR(sample(*frame, 2, 5, 3), 255, 3) << sampling;
    EXPECT_NEAR(sample(*frame, 0, 40, 25), 255, 3) << sampling;
  }
}

TEST(PhotoReaderTest, ReadsGreyAndCmyk) {
  const auto reader = make_photo_reader();
  const auto grey = reader->decode(encoded(marked_picture(1), TJPF_GRAY, TJSAMP_GRAY));
  ASSERT_TRUE(grey) << grey.error().message;
  EXPECT_NEAR(sample(*grey, 0, 10, 6), 0, 2);
  EXPECT_NEAR(sample(*grey, 0, 40, 25), 255, 2);
  EXPECT_EQ(sample(*grey, 1, 5, 3), 128);
  EXPECT_EQ(sample(*grey, 2, 5, 3), 128);

  const auto cmyk = reader->decode(encoded(marked_picture(4, true), TJPF_CMYK, TJSAMP_444));
  ASSERT_TRUE(cmyk) << cmyk.error().message;
  EXPECT_NEAR(sample(*cmyk, 0, 10, 6), 76, 4);
  EXPECT_NEAR(sample(*cmyk, 2, 5, 3), 255, 4);
  EXPECT_NEAR(sample(*cmyk, 0, 40, 25), 255, 4);
}

TEST(PhotoReaderTest, StandsUprightByExif) {
  const auto reader = make_photo_reader();
  const Bytes jpeg = encoded(marked_picture(3), TJPF_RGB, TJSAMP_420);
  // Where the stored top left corner comes to lie: {right, bottom}.
  const std::vector<std::pair<bool, bool>> corners = {{false, false}, {true, false}, {true, true}, {false, true},
                                                      {false, false}, {true, false}, {true, true}, {false, true}};
  for (std::uint8_t orientation = 1; orientation <= 8; ++orientation) {
    for (const bool little_endian : {true, false}) {
      const auto frame = reader->decode(with_orientation(jpeg, orientation, little_endian));
      ASSERT_TRUE(frame) << frame.error().message;
      EXPECT_EQ(frame->size(), orientation >= 5 ? (Size{height, width}) : (Size{width, height}));
      for (const bool right : {false, true})
        for (const bool bottom : {false, true})
          EXPECT_EQ(is_marked(*frame, right, bottom), corners[orientation - 1U] == std::pair(right, bottom))
              << "orientation " << int{orientation};
    }
  }
  const auto nonsense = reader->decode(with_orientation(jpeg, 77));
  ASSERT_TRUE(nonsense);
  EXPECT_TRUE(is_marked(*nonsense, false, false));
}

TEST(PhotoReaderTest, OddSizesKeepTheirLastColumnAndRow) {
  const auto reader = make_photo_reader();
  Frame odd = plain_frame({31, 17}, 100, 128, 128, ColourMatrix::bt601);
  odd.full_range = true;
  const auto jpeg = make_jpeg_encoder()->encode(odd, {.crop = {}, .max_width = 0, .quality = 95});
  ASSERT_TRUE(jpeg);
  const auto frame = reader->decode(with_orientation(*jpeg, 6));
  ASSERT_TRUE(frame) << frame.error().message;
  ASSERT_EQ(frame->size(), (Size{17, 31}));
  EXPECT_NEAR(sample(*frame, 0, 16, 30), 100, 2);
  EXPECT_NEAR(sample(*frame, 1, 8, 15), 128, 2);
}

/// The marked picture by one of libav's picture encoders; `alpha` of the marked quarter.
Bytes encoded_by_libav(const char* encoder, AVPixelFormat format, std::uint8_t alpha) {
  libav::silence();
  auto rgba = marked_picture(4);
  for (std::size_t i = 0; i < rgba.size(); i += 4)
    if (rgba[i + 1] == 0) rgba[i + 3] = alpha;
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder);
  if (codec == nullptr) {
    ADD_FAILURE() << encoder << " is missing";
    return {};
  }
  const libav::CodecPtr context(avcodec_alloc_context3(codec));
  context->width = width;
  context->height = height;
  context->pix_fmt = format;
  context->time_base = {1, 1};
  context->global_quality = 95 * FF_QP2LAMBDA;
  context->thread_count = 1;
  const libav::FramePtr frame(av_frame_alloc());
  frame->format = format;
  frame->width = width;
  frame->height = height;
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  const libav::SwsPtr scaler(sws_getContext(width, height, AV_PIX_FMT_RGBA, width, height, format,
                                            SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  const std::uint8_t* data = rgba.data();
  const int stride = width * 4;
  sws_scale(scaler.get(), &data, &stride, 0, height, frame->data, frame->linesize);
  const libav::PacketPtr packet(av_packet_alloc());
  EXPECT_EQ(avcodec_open2(context.get(), codec, nullptr), 0) << encoder;
  EXPECT_EQ(avcodec_send_frame(context.get(), frame.get()), 0);
  avcodec_send_frame(context.get(), nullptr);
  EXPECT_EQ(avcodec_receive_packet(context.get(), packet.get()), 0);
  return {packet->data, packet->data + packet->size};
}

TEST(PhotoReaderTest, ReadsPngWebpAndBmpWithTransparencyOverWhite) {
  struct Case {
    const char* encoder;
    AVPixelFormat format;
    std::uint8_t alpha;
    int luma;
    int red;
  };
  const std::vector<Case> cases = {
      {"png", AV_PIX_FMT_RGB24, 255, 76, 255},       {"png", AV_PIX_FMT_RGBA, 255, 76, 255},
      {"png", AV_PIX_FMT_RGBA, 128, 165, 191},       {"png", AV_PIX_FMT_RGBA, 0, 255, 128},
      {"png", AV_PIX_FMT_RGBA64BE, 0, 255, 128},     {"bmp", AV_PIX_FMT_BGR24, 255, 76, 255},
      {"libwebp", AV_PIX_FMT_YUV420P, 255, 76, 255}, {"libwebp", AV_PIX_FMT_YUVA420P, 0, 255, 128},
  };
  const auto reader = make_photo_reader();
  for (const auto& [encoder, format, alpha, luma, red] : cases) {
    const auto bytes = encoded_by_libav(encoder, format, alpha);
    const auto frame = reader->decode(bytes);
    ASSERT_TRUE(frame) << encoder << ": " << frame.error().message;
    EXPECT_EQ(frame->size(), (Size{width, height}));
    EXPECT_TRUE(frame->full_range);
    EXPECT_NEAR(sample(*frame, 0, 10, 6), luma, 4) << encoder << format;
    EXPECT_NEAR(sample(*frame, 2, 5, 3), red, 5) << encoder << format;
    EXPECT_NEAR(sample(*frame, 0, 40, 25), 255, 3) << encoder << format;
    for (const std::size_t length : {std::size_t{13}, bytes.size() / 2, bytes.size() - 4})
      EXPECT_FALSE(reader->decode(std::span(bytes).first(length))) << encoder << " cut at " << length;
  }
}

TEST(PhotoReaderTest, ReadsSharedPhotos) {
  const auto reader = make_photo_reader();
  for (const auto& name :
       {"obama.jpg", "biden.jpg", "lin-manuel-miranda.png", "alex-lacamoire.png", "two_people.jpg"}) {
    const auto frame = reader->read(shared_asset(std::string("faces/people/") + name).string());
    ASSERT_TRUE(frame) << frame.error().message;
    EXPECT_GT(frame->width, 100) << name;
    EXPECT_GT(frame->height, 100) << name;
  }
}

TEST(PhotoReaderTest, RefusesWhatIsNoPicture) {
  ScratchFolder folder;
  const auto reader = make_photo_reader();
  EXPECT_EQ(reader->read(folder.file("none.jpg")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(reader->read(folder.file("")).error().kind, ErrorKind::invalid_input);
  write_bytes(folder.file("text.jpg"), "no picture");
  const auto text = reader->read(folder.file("text.jpg"));
  EXPECT_EQ(text.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(text.error().message.find("text.jpg"), std::string::npos);
  EXPECT_EQ(reader->decode({}).error().kind, ErrorKind::invalid_input);
}

TEST(PhotoReaderTest, RefusesTruncatedPictures) {
  const auto reader = make_photo_reader();
  for (const auto& name : {"faces/people/obama.jpg", "faces/people/lin-manuel-miranda.png"}) {
    const std::string whole = bytes_of(shared_asset(name).string());
    for (const double share : {0.02, 0.3, 0.7, 0.99}) {
      const auto length = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
      const auto frame = reader->decode(std::span(reinterpret_cast<const std::uint8_t*>(whole.data()), length));
      ASSERT_FALSE(frame) << name << " cut at " << share;
      EXPECT_EQ(frame.error().kind, ErrorKind::invalid_input);
    }
  }
}

TEST(PhotoReaderTest, RefusesTooManyPixelsBeforeDecoding) {
  const auto reader = make_photo_reader();
  Bytes jpeg = encoded(marked_picture(3), TJPF_RGB, TJSAMP_420);
  for (std::size_t i = 0; i + 9 < jpeg.size(); ++i)
    if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) jpeg[i + 5] = jpeg[i + 6] = jpeg[i + 7] = jpeg[i + 8] = 0xEA;
  const auto big_jpeg = reader->decode(jpeg);
  ASSERT_FALSE(big_jpeg);
  EXPECT_EQ(big_jpeg.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(big_jpeg.error().message.find("million"), std::string::npos) << big_jpeg.error().message;

  std::string png = bytes_of(shared_asset("faces/people/lin-manuel-miranda.png").string());
  ASSERT_GT(png.size(), 100U);
  for (const std::size_t at : {17U, 21U}) png[at] = 1;  // IHDR: 65 536 and more on both sides
  const auto big_png = reader->decode(std::span(reinterpret_cast<const std::uint8_t*>(png.data()), png.size()));
  ASSERT_FALSE(big_png);
  EXPECT_NE(big_png.error().message.find("million"), std::string::npos) << big_png.error().message;
}

}  // namespace
}  // namespace hadir
