#include "media/file_source.hpp"

#include <gtest/gtest.h>

#include "media/test_clips.hpp"

namespace hadir {
namespace {

struct ClipFacts {
  std::string file;
  Size size;
  std::string codec;
  double fps;
  std::uint64_t frames;
  ColourMatrix matrix;
};

class SharedClipTest : public testing::TestWithParam<ClipFacts> {};

TEST_P(SharedClipTest, EveryFrameIsReadAndTimesGrow) {
  const ClipFacts& facts = GetParam();
  auto source = open_video(shared_asset("media/" + facts.file).string());
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->description().size, facts.size);
  EXPECT_EQ((*source)->description().codec, facts.codec);
  EXPECT_NEAR((*source)->description().fps, facts.fps, 0.01);
  std::uint64_t count = 0;
  Millis last{-1};
  while (true) {
    auto frame = (*source)->next({});
    ASSERT_TRUE(frame) << frame.error().message;
    if (!*frame) break;
    if (count == 0) {
      EXPECT_EQ((*frame)->pts, Millis(0));
      EXPECT_EQ((*frame)->matrix, facts.matrix);
      EXPECT_FALSE((*frame)->full_range);
    }
    EXPECT_EQ((*frame)->size(), facts.size);
    EXPECT_GT((*frame)->pts, last);
    EXPECT_EQ((*frame)->sequence, count);
    last = (*frame)->pts;
    ++count;
  }
  EXPECT_EQ(count, facts.frames);
  EXPECT_NEAR(static_cast<double>(last.count()), 1000.0 * static_cast<double>(facts.frames - 1) / facts.fps,
              0.01 * static_cast<double>(last.count()));
  EXPECT_EQ((*source)->counts().broken, 0U);
  EXPECT_EQ((*source)->counts().skipped_packets, 0U);
}

TEST_P(SharedClipTest, WantedRateIsKeptAndRepeatable) {
  const ClipFacts& facts = GetParam();
  for (const double wanted : {8.0}) {
    std::vector<std::vector<Millis>> runs;
    for (int run = 0; run < 2; ++run) {
      StreamOptions options;
      options.wanted_fps = wanted;
      auto source = open_video(shared_asset("media/" + facts.file).string(), options);
      ASSERT_TRUE(source) << source.error().message;
      auto& pts = runs.emplace_back();
      for (const Frame& frame : all_frames(**source)) pts.push_back(frame.pts);
      EXPECT_EQ((*source)->counts().broken, 0U);
      EXPECT_EQ((*source)->counts().decoded + (*source)->counts().skipped_packets, facts.frames);
    }
    EXPECT_EQ(runs[0], runs[1]);
    const double expected = static_cast<double>(facts.frames) / facts.fps * std::min(wanted, facts.fps);
    EXPECT_NEAR(static_cast<double>(runs[0].size()), expected, 2.0) << wanted;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Clips, SharedClipTest,
    testing::Values(ClipFacts{"retail_cctv_1080p_hevc.mp4", {1920, 1080}, "hevc", 30, 603, ColourMatrix::bt709},
                    ClipFacts{"street_walking_720p.mp4", {1280, 720}, "h264", 29.97, 314, ColourMatrix::bt709},
                    ClipFacts{"short_hamilton_clip.mp4", {640, 360}, "h264", 29.97, 275, ColourMatrix::bt709},
                    ClipFacts{"one-by-one-person-detection.mp4", {768, 432}, "h264", 10, 1394, ColourMatrix::bt601}),
    [](const auto& param) { return "clip" + std::to_string(param.param.size.height); });

TEST(FileSourceTest, SkipsPicturesThatNothingNeeds) {
  StreamOptions options;
  options.wanted_fps = 8;
  auto source = open_video(shared_asset("media/street_walking_720p.mp4").string(), options);
  ASSERT_TRUE(source);
  all_frames(**source);
  EXPECT_GT((*source)->counts().skipped_packets, 100U);
}

TEST(FileSourceTest, CapturedAtBeginsAtTheGivenInstant) {
  StreamOptions options;
  options.start = *parse_iso8601("2026-01-05T07:55:00Z");
  auto source = open_video(shared_asset("media/short_hamilton_clip.mp4").string(), options);
  ASSERT_TRUE(source);
  const auto frames = all_frames(**source);
  ASSERT_GT(frames.size(), 30U);
  EXPECT_EQ(frames[0].captured_at, options.start);
  EXPECT_EQ(frames[30].captured_at, options.start + frames[30].pts);
}

TEST(FileSourceTest, FramesOutliveTheirSource) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 10);
  std::vector<Frame> frames;
  {
    auto source = open_video(folder.file("a.mp4"));
    ASSERT_TRUE(source);
    frames = all_frames(**source);
  }
  ASSERT_EQ(frames.size(), 10U);
  for (int i = 0; i < 10; ++i) EXPECT_NEAR(sample(frames[static_cast<std::size_t>(i)], 0, 20, 20), luma_of(i), 2);
}

struct FormatCase {
  std::string pixel_format;
  std::string codec;
  Size size;
};

class PixelFormatTest : public testing::TestWithParam<FormatCase> {};

TEST_P(PixelFormatTest, BecomesYuv420WithTheSameColours) {
  const auto& [pixel_format, codec, size] = GetParam();
  ScratchFolder folder;
  VideoWriter::Options options;
  options.pixel_format = pixel_format;
  options.codec = codec;
  options.crf = 10;
  make_clip(folder.file("a.mkv"), size, 8, options);
  auto source = open_video(folder.file("a.mkv"));
  ASSERT_TRUE(source) << source.error().message;
  const auto frames = all_frames(**source);
  ASSERT_EQ(frames.size(), 8U);
  const bool grey = pixel_format.starts_with("gray");
  const bool jpeg = codec == "mjpeg";
  for (int i = 0; i < 8; ++i) {
    const Frame& frame = frames[static_cast<std::size_t>(i)];
    ASSERT_EQ(frame.size(), size);
    EXPECT_EQ(frame.full_range, jpeg);
    if (jpeg) continue;  // another matrix and range: see JpegTest for its colours
    for (const int x : {0, size.width / 2, size.width - 1}) {
      EXPECT_NEAR(sample(frame, 0, x, size.height - 1), luma_of(i), 3) << i;
      EXPECT_NEAR(sample(frame, 1, x / 2, frame.chroma_height() - 1), grey ? 128 : 110, 3) << i;
      EXPECT_NEAR(sample(frame, 2, x / 2, frame.chroma_height() - 1), grey ? 128 : 150, 3) << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Formats, PixelFormatTest,
    testing::Values(FormatCase{"yuv420p", "h264", {320, 240}}, FormatCase{"yuv420p", "mpeg4", {322, 242}},
                    FormatCase{"nv12", "h264", {320, 240}}, FormatCase{"yuv420p10le", "h264", {320, 240}},
                    FormatCase{"yuv422p", "h264", {320, 240}}, FormatCase{"yuv444p", "h264", {321, 241}},
                    FormatCase{"yuv444p", "h264", {33, 17}}, FormatCase{"gray", "h264", {320, 240}},
                    FormatCase{"yuv420p10le", "hevc", {320, 240}}, FormatCase{"yuvj422p", "mjpeg", {322, 242}},
                    FormatCase{"yuvj420p", "mjpeg", {321, 241}}),
    [](const auto& param) {
      return param.param.codec + "_" + param.param.pixel_format + "_" + std::to_string(param.param.size.width);
    });

TEST(FileSourceTest, FollowsASizeThatChangesInTheStream) {
  ScratchFolder folder;
  make_clip(folder.file("a.h264"), {320, 240}, 10);
  make_clip(folder.file("b.h264"), {176, 144}, 10);
  write_bytes(folder.file("c.h264"), bytes_of(folder.file("a.h264")) + bytes_of(folder.file("b.h264")));
  auto source = open_video(folder.file("c.h264"));
  ASSERT_TRUE(source) << source.error().message;
  const auto frames = all_frames(**source);
  ASSERT_EQ(frames.size(), 20U);
  EXPECT_EQ(frames[9].size(), (Size{320, 240}));
  EXPECT_EQ(frames[10].size(), (Size{176, 144}));
  EXPECT_NEAR(sample(frames[19], 0, 100, 100), luma_of(9), 3);
  for (std::size_t i = 1; i < frames.size(); ++i) EXPECT_GT(frames[i].pts, frames[i - 1].pts);
}

TEST(FileSourceTest, SurvivesBrokenBytesAndCountsThem) {
  ScratchFolder folder;
  std::string bytes = bytes_of(shared_asset("media/short_hamilton_clip.mp4").string());
  ASSERT_GT(bytes.size(), 400'000U);
  for (std::size_t at = 200'000; at < 210'000; ++at) bytes[at] = static_cast<char>(at * 31);
  write_bytes(folder.file("broken.mp4"), bytes);
  auto source = open_video(folder.file("broken.mp4"));
  ASSERT_TRUE(source) << source.error().message;
  const auto frames = all_frames(**source);
  EXPECT_GT(frames.size(), 200U);
  EXPECT_LT(frames.size(), 275U);
  EXPECT_GT((*source)->counts().broken, 0U);
}

TEST(FileSourceTest, StandsUprightAsATelephoneAsksFor) {
  ScratchFolder folder;
  make_clip(folder.file("a.mp4"), {64, 48}, 3);
  std::string bytes = bytes_of(folder.file("a.mp4"));
  // The matrix in the track's header: from identity to a quarter turn right (ISO 14496-12, 8.3.2).
  const std::string one("\0\1\0\0", 4), zero(4, '\0'), minus("\xFF\xFF\0\0", 4);
  const auto at = bytes.find(one + zero + zero + zero + one, bytes.find("tkhd"));
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 20, zero + one + zero + minus + zero);
  write_bytes(folder.file("turned.mp4"), bytes);
  auto source = open_video(folder.file("turned.mp4"));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->description().size, (Size{48, 64}));
  const auto frames = all_frames(**source);
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames[1].size(), (Size{48, 64}));
  EXPECT_EQ(frames[2].sequence, 2U);
  EXPECT_NEAR(sample(frames[0], 0, 40, 60), luma_of(0), 2);
}

TEST(FileSourceTest, IgnoresAudio) {
  ScratchFolder folder;
  VideoWriter::Options options;
  options.silent_audio = true;
  make_clip(folder.file("a.mkv"), {64, 48}, 12, options);
  auto source = open_video(folder.file("a.mkv"));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(all_frames(**source).size(), 12U);
}

TEST(FileSourceTest, EveryPictureOfMotionJpegCanBeSkipped) {
  ScratchFolder folder;
  VideoWriter::Options writing;
  writing.codec = "mjpeg";
  writing.pixel_format = "yuvj420p";
  make_clip(folder.file("a.avi"), {64, 48}, 100, writing);
  StreamOptions options;
  options.wanted_fps = 5;
  auto source = open_video(folder.file("a.avi"), options);
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_NEAR(static_cast<double>(all_frames(**source).size()), 20, 1);
  EXPECT_LE((*source)->counts().decoded, 22U);
}

TEST(FileSourceTest, SaysWhyAFileCannotBeRead) {
  ScratchFolder folder;
  write_bytes(folder.file("text.txt"), "This is no video.\nNot at all.\n");
  write_bytes(folder.file("text.mp4"), std::string(5000, 'x'));
  write_bytes(folder.file("empty.mp4"), "");
  write_bytes(folder.file("list.m3u8"), "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n");
  write_bytes(folder.file("list.ffconcat"), "ffconcat version 1.0\nfile '/etc/passwd'\n");
  const std::string whole = bytes_of(shared_asset("media/short_hamilton_clip.mp4").string());
  struct Case {
    std::string address;
    ErrorKind kind;
  };
  const std::vector<Case> cases = {
      {folder.file("text.txt"), ErrorKind::invalid_input},
      {folder.file("text.mp4"), ErrorKind::invalid_input},
      {folder.file("empty.mp4"), ErrorKind::invalid_input},
      {folder.file("list.m3u8"), ErrorKind::invalid_input},
      {folder.file("list.ffconcat"), ErrorKind::invalid_input},
      {folder.file("none.mp4"), ErrorKind::not_found},
      {folder.file(""), ErrorKind::invalid_input},
      {"/dev/video97", ErrorKind::not_found},
      {"concat:a.mp4|b.mp4", ErrorKind::invalid_input},
      {HADIR_SOURCE_DIR "/README.md", ErrorKind::invalid_input},
  };
  for (const auto& [address, kind] : cases) {
    const auto source = open_video(address);
    ASSERT_FALSE(source) << address;
    EXPECT_EQ(source.error().kind, kind) << address << ": " << source.error().message;
    EXPECT_EQ(source.error().message.find('\n'), std::string::npos);
    EXPECT_LT(source.error().message.size(), 300U);
  }
}

TEST(FileSourceTest, EndsWhenStopped) {
  auto source = open_video(shared_asset("media/short_hamilton_clip.mp4").string());
  ASSERT_TRUE(source);
  std::stop_source stop;
  ASSERT_TRUE((*source)->next(stop.get_token()));
  stop.request_stop();
  const auto frame = (*source)->next(stop.get_token());
  ASSERT_TRUE(frame);
  EXPECT_FALSE(*frame);
}

}  // namespace
}  // namespace hadir
