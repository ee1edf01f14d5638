#include "media/address.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(VideoAddressTest, KnowsTheKindsThatMayBeOpened) {
  struct Case {
    std::string text;
    VideoKind kind;
    std::string target;
  };
  const std::vector<Case> cases = {
      {"rtsp://host/a", VideoKind::rtsp, "rtsp://host/a"},
      {"RTSPS://host:322/a", VideoKind::rtsp, "RTSPS://host:322/a"},
      {"http://host/a.mjpg", VideoKind::http, "http://host/a.mjpg"},
      {"https://host/a", VideoKind::http, "https://host/a"},
      {"clip.mp4", VideoKind::file, "file:clip.mp4"},
      {"/media/a:b.mp4", VideoKind::file, "file:/media/a:b.mp4"},
      {"file:///media/clip.mp4", VideoKind::file, "file:/media/clip.mp4"},
      {"0", VideoKind::device, "/dev/video0"},
      {"/dev/video12", VideoKind::device, "/dev/video12"},
  };
  for (const auto& [text, kind, target] : cases) {
    const auto address = parse_video_address(text);
    ASSERT_TRUE(address) << text << ": " << address.error().message;
    EXPECT_EQ(address->kind, kind) << text;
    EXPECT_EQ(address->target, target) << text;
  }
}

TEST(VideoAddressTest, RefusesEverythingElse) {
  for (const std::string text :
       {"", "concat:a.mp4|b.mp4", "data:video/mp4;base64,AAAA", "exec:rm", "rtmp://host/a", "ffrtmphttp:x", "pipe:0",
        "subfile,,start,0,end,9,,:/etc/passwd", "tcp://host:1", "lavfi:testsrc", "rtsp://", "http:///x", "rtsp:host",
        "file://", "crypto:x", "unix:/run/x"}) {
    const auto address = parse_video_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().kind, ErrorKind::invalid_input) << text;
    EXPECT_EQ(address.error().message.find('\n'), std::string::npos) << text;
  }
}

TEST(VideoAddressTest, ShowsNoCredentials) {
  const auto address = parse_video_address("rtsp://admin:s3cret@host/a");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->display.find("s3cret"), std::string::npos);
  EXPECT_EQ(address->display.find("admin"), std::string::npos);
  EXPECT_NE(address->display.find("host/a"), std::string::npos);
  EXPECT_EQ(address->target, "rtsp://admin:s3cret@host/a");
  // Words before an address make it the name of a file.
  const auto file = parse_video_address("see rtsp://admin:s3cret@host/a");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->kind, VideoKind::file);
  EXPECT_EQ(file->display.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace hadir
