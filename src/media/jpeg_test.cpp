#include "media/jpeg.hpp"

#include <gtest/gtest.h>

#include "media/photo_reader.hpp"
#include "media/test_clips.hpp"

namespace hadir {
namespace {

struct Rgb {
  double r, g, b;
};

/// ITU-R BT.601/BT.709 in floating point: what the pixel is meant to look like.
Rgb colour_of(const Frame& frame, int x, int y) {
  const bool hd = frame.matrix == ColourMatrix::bt709;
  const double kr = hd ? 0.2126 : 0.299;
  const double kb = hd ? 0.0722 : 0.114;
  const double luma = frame.full_range ? sample(frame, 0, x, y) / 255.0 : (sample(frame, 0, x, y) - 16) / 219.0;
  const double chroma = frame.full_range ? 255.0 : 224.0;
  const double u = (sample(frame, 1, x / 2, y / 2) - 128) / chroma;
  const double v = (sample(frame, 2, x / 2, y / 2) - 128) / chroma;
  const double r = luma + 2 * (1 - kr) * v;
  const double b = luma + 2 * (1 - kb) * u;
  const double g = (luma - kr * r - kb * b) / (1 - kr - kb);
  const auto shown = [](double value) { return std::clamp(255 * value, 0.0, 255.0); };
  return {shown(r), shown(g), shown(b)};
}

void expect_near(Rgb a, Rgb b, double tolerance) {
  EXPECT_NEAR(a.r, b.r, tolerance);
  EXPECT_NEAR(a.g, b.g, tolerance);
  EXPECT_NEAR(a.b, b.b, tolerance);
}

Frame decoded(const Bytes& jpeg) {
  const auto frame = make_photo_reader()->decode(jpeg);
  EXPECT_TRUE(frame) << frame.error().message;
  return frame.value_or(Frame{});
}

TEST(JpegTest, KeepsColoursOfEveryMatrixAndRange) {
  const auto encoder = make_jpeg_encoder();
  for (const auto matrix : {ColourMatrix::bt601, ColourMatrix::bt709}) {
    for (const bool full_range : {false, true}) {
      for (const Size size : {Size{64, 48}, Size{63, 47}}) {
        // An orange, far from grey, so that a wrong matrix or range shows.
        Frame frame = plain_frame(size, 140, 90, 180, matrix);
        frame.full_range = full_range;
        const auto jpeg = encoder->encode(frame, {.crop = {}, .max_width = 0, .quality = 95});
        ASSERT_TRUE(jpeg) << jpeg.error().message;
        const Frame back = decoded(*jpeg);
        ASSERT_EQ(back.size(), size);
        EXPECT_TRUE(back.full_range);
        EXPECT_EQ(back.matrix, ColourMatrix::bt601);
        expect_near(colour_of(back, 10, 10), colour_of(frame, 10, 10), 3);
        expect_near(colour_of(back, size.width - 1, size.height - 1), colour_of(frame, 10, 10), 3);
      }
    }
  }
}

TEST(JpegTest, ColoursSurviveVideoAndJpeg) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {320, 240}, 3);
  auto source = open_video(folder.file("a.mp4"));
  ASSERT_TRUE(source);
  const auto frames = all_frames(**source);
  ASSERT_EQ(frames.size(), 3U);
  const auto jpeg = make_jpeg_encoder()->encode(frames[2], {.crop = {}, .max_width = 0, .quality = 90});
  ASSERT_TRUE(jpeg);
  expect_near(colour_of(decoded(*jpeg), 100, 100), colour_of(plain_frame({2, 2}, luma_of(2), 110, 150), 0, 0), 4);
}

/// Left half dark, right half bright.
Frame two_halves(Size size) {
  Frame frame = plain_frame(size, 40, 128, 128);
  auto* luma = const_cast<std::uint8_t*>(frame.planes[0].data);
  for (int y = 0; y < size.height; ++y)
    for (int x = size.width / 2; x < size.width; ++x) luma[y * frame.planes[0].stride + x] = 200;
  return frame;
}

TEST(JpegTest, CropsAndScalesDown) {
  const auto encoder = make_jpeg_encoder();
  const Frame frame = two_halves({400, 200});
  const auto right = encoder->encode(frame, {.crop = Rect{200, 50, 101, 99}, .max_width = 0, .quality = 90});
  ASSERT_TRUE(right) << right.error().message;
  const Frame right_half = decoded(*right);
  EXPECT_EQ(right_half.size(), (Size{101, 99}));
  EXPECT_GT(sample(right_half, 0, 3, 3), 200);

  const auto small = encoder->encode(frame, {.crop = {}, .max_width = 100, .quality = 90});
  ASSERT_TRUE(small);
  const Frame scaled = decoded(*small);
  EXPECT_EQ(scaled.size(), (Size{100, 50}));
  EXPECT_LT(sample(scaled, 0, 10, 25), 45);
  EXPECT_GT(sample(scaled, 0, 90, 25), 200);

  const auto never_up = encoder->encode(frame, {.crop = Rect{-20, -20, 70, 60}, .max_width = 720, .quality = 90});
  ASSERT_TRUE(never_up);
  EXPECT_EQ(decoded(*never_up).size(), (Size{50, 40}));
}

TEST(JpegTest, TinyCropsWork) {
  const auto encoder = make_jpeg_encoder();
  const Frame frame = two_halves({400, 200});
  for (int width = 1; width < 12; ++width) {
    const auto jpeg =
        encoder->encode(frame, {.crop = Rect{399.F - static_cast<float>(width), 190, static_cast<float>(width), 1},
                                .max_width = 5,
                                .quality = 50});
    ASSERT_TRUE(jpeg) << width << ": " << jpeg.error().message;
    EXPECT_FALSE(decoded(*jpeg).empty());
  }
}

TEST(JpegTest, BetterQualityIsLarger) {
  auto source = open_video(shared_asset("media/short_hamilton_clip.mp4").string());
  ASSERT_TRUE(source);
  const auto frame = (*source)->next({});
  ASSERT_TRUE(frame && *frame);
  const auto encoder = make_jpeg_encoder();
  const auto low = encoder->encode(**frame, {.crop = {}, .max_width = 0, .quality = 30});
  const auto high = encoder->encode(**frame, {.crop = {}, .max_width = 0, .quality = 95});
  ASSERT_TRUE(low && high);
  EXPECT_LT(low->size() * 2, high->size());
}

TEST(JpegTest, RefusesBadInput) {
  const auto encoder = make_jpeg_encoder();
  const Frame frame = two_halves({40, 20});
  EXPECT_EQ(encoder->encode(Frame{}, {}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(encoder->encode(frame, {.crop = {}, .max_width = 0, .quality = 0}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(encoder->encode(frame, {.crop = {}, .max_width = 0, .quality = 101}).error().kind,
            ErrorKind::invalid_input);
  EXPECT_EQ(encoder->encode(frame, {.crop = Rect{100, 100, 5, 5}, .max_width = 0, .quality = 80}).error().kind,
            ErrorKind::invalid_input);
  EXPECT_EQ(encoder->encode(frame, {.crop = Rect{0, 0, NAN, 5}, .max_width = 0, .quality = 80}).error().kind,
            ErrorKind::invalid_input);
}

}  // namespace
}  // namespace hadir
