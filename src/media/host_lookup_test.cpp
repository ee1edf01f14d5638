#include "media/host_lookup.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

Status look_up(const std::string& url, std::chrono::milliseconds limit = 20s, std::stop_token stop = {}) {
  return look_up_host(url, std::chrono::steady_clock::now() + limit, stop);
}

TEST(HostLookupTest, FindsWhatExists) {
  for (const std::string url : {"rtsp://127.0.0.1:554/a", "http://user:pw@127.0.0.1/a", "rtsp://[::1]:8554/a",
                                "rtsp://localhost/a", "rtsp://user:pw@localhost:8554/a?b=c"}) {
    const auto found = look_up(url);
    EXPECT_TRUE(found) << url << ": " << found.error().message;
  }
}

TEST(HostLookupTest, NamesAnUnknownHostWithoutCredentials) {
  const auto found = look_up("rtsp://user:secret@camera.invalid/a");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::unavailable);
  EXPECT_NE(found.error().message.find("camera.invalid"), std::string::npos);
  EXPECT_EQ(found.error().message.find("secret"), std::string::npos);
}

TEST(HostLookupTest, EndsAtItsDeadlineAndWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(look_up("rtsp://late.invalid/a", 0ms));
  EXPECT_FALSE(look_up("rtsp://stopped.invalid/a", 20s, stop.get_token()));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
}

}  // namespace
}  // namespace hadir
