#include "web/live_streams.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "web/test_server.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A viewer of /api/cameras/CAM1/stream.mjpg.
class Viewer {
 public:
  Viewer(std::uint16_t port, const std::string& cookie) : client(port) {
    client.send("GET /api/cameras/CAM1/stream.mjpg HTTP/1.1\r\nhost: localhost\r\ncookie: hadir_session=" + cookie +
                "\r\n\r\n");
  }
  /// The next picture, empty when there is none for five seconds.
  std::string picture() {
    const std::string head = client.read_until("\r\n\r\n");
    const auto at = head.find("content-length: ");
    if (at == std::string::npos) return {};
    std::string jpeg = client.read(static_cast<std::size_t>(std::atol(head.c_str() + at + 16)));
    client.read_until("--hadir-frame\r\n");
    return jpeg;
  }
  std::string head() {
    std::string text = client.read_until("\r\n\r\n");
    return text += client.read_until("--hadir-frame\r\n");
  }
  WireClient client;
};

class LiveStreamsTest : public WebServerTest {
 protected:
  /// Waits until the annotator has drawn that often.
  bool drawn(std::size_t times) {
    for (int i = 0; i < 200 && annotator_.draws < times; ++i) std::this_thread::sleep_for(10ms);
    return annotator_.draws == times;
  }
};

TEST_F(LiveStreamsTest, AViewerGetsEachNewFrameAsJpeg) {
  start();
  Viewer viewer(port_, cookie_);
  EXPECT_THAT(viewer.head(), testing::AllOf(HasSubstr("HTTP/1.1 200 OK"),
                                            HasSubstr("multipart/x-mixed-replace; boundary=hadir-frame")));
  std::string before;
  for (std::uint64_t number = 1; number <= 5; ++number) {
    live_.show("CAM1", number);
    const std::string jpeg = viewer.picture();
    ASSERT_EQ(jpeg.substr(0, 3), "\xff\xd8\xff") << number;
    EXPECT_EQ(jpeg.substr(jpeg.size() - 2), "\xff\xd9");
    EXPECT_NE(jpeg, before);
    before = jpeg;
  }
}

TEST_F(LiveStreamsTest, AFrameIsEncodedOnceForAllViewersAndNotAtAllForNobody) {
  start();
  live_.show("CAM1", 2);
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(annotator_.draws, 0U);
  std::vector<std::unique_ptr<Viewer>> viewers;
  for (int i = 0; i < 6; ++i) {
    viewers.push_back(std::make_unique<Viewer>(port_, cookie_));
    viewers.back()->head();
    EXPECT_FALSE(viewers.back()->picture().empty()) << i;
  }
  EXPECT_EQ(annotator_.draws, 1U) << "the frame that stands is shared by those who come later";
  live_.show("CAM1", 3);
  for (auto& viewer : viewers) EXPECT_FALSE(viewer->picture().empty());
  EXPECT_EQ(annotator_.draws, 2U);
}

TEST_F(LiveStreamsTest, AViewerThatTakesNothingHoldsNobodyUp) {
  start();
  Viewer slow(port_, cookie_);
  const int small = 2048;
  ::setsockopt(slow.client.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  Viewer fast(port_, cookie_);
  fast.head();
  for (std::uint64_t number = 2; number < 200; ++number) {
    live_.show("CAM1", number);
    const auto before = std::chrono::steady_clock::now();
    ASSERT_FALSE(fast.picture().empty()) << number;
    EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  }
}

TEST_F(LiveStreamsTest, OtherRequestsAreAnsweredWhileStreamsRun) {
  start();
  Viewer viewer(port_, cookie_);
  viewer.head();
  EXPECT_FALSE(viewer.picture().empty());
  EXPECT_EQ(get("/api/cameras").status, 200);
}

TEST_F(LiveStreamsTest, AStreamOutlivesTheIdleTimeOfItsConnection) {
  options_.idle_timeout = 2s;
  start();
  Viewer viewer(port_, cookie_);
  viewer.head();
  EXPECT_FALSE(viewer.picture().empty());
  std::this_thread::sleep_for(5s);
  live_.show("CAM1", 2);
  EXPECT_FALSE(viewer.picture().empty());
}

TEST_F(LiveStreamsTest, ViewersBeyondTheCapAreRefusedUntilOneLeaves) {
  options_.max_viewers = 2;
  start();
  auto first = std::make_unique<Viewer>(port_, cookie_);
  Viewer second(port_, cookie_);
  first->head();
  second.head();
  const WireReply refused = get("/api/cameras/CAM1/stream.mjpg");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.json()["error"]["code"], "unavailable");
  first.reset();
  std::string head;
  for (int i = 0; i < 50 && head.empty(); ++i) {
    std::this_thread::sleep_for(20ms);
    Viewer third(port_, cookie_);
    if (const std::string reply = third.client.read_until("\r\n"); reply.contains("200")) head = reply;
  }
  EXPECT_THAT(head, HasSubstr("200 OK"));
}

TEST_F(LiveStreamsTest, UnknownAndDisabledCamerasAreJsonErrors) {
  start();
  EXPECT_EQ(get("/api/cameras/CAM9/stream.mjpg").status, 404);
  EXPECT_EQ(get("/api/cameras/CAM2/stream.mjpg").status, 503);
}

TEST_F(LiveStreamsTest, StoppingTheServerEndsStreamsAtOnce) {
  start();
  Viewer viewer(port_, cookie_);
  viewer.head();
  viewer.picture();
  const auto before = std::chrono::steady_clock::now();
  server_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  EXPECT_TRUE(viewer.client.at_end());
}

TEST_F(LiveStreamsTest, BoxesAreRenewedOnEveryNthFrame) {
  cameras_[0].analysis.annotation_stride = 3;
  Overlay box;
  box.kind = OverlayKind::unknown;
  live_.show("CAM1", 1, {});
  start();
  Viewer viewer(port_, cookie_);
  viewer.head();
  viewer.picture();
  live_.show("CAM1", 2, {box});
  viewer.picture();
  EXPECT_EQ(annotator_.boxes, 0U) << "frame 2 keeps the boxes of frame 1";
  live_.show("CAM1", 3, {box});
  viewer.picture();
  EXPECT_EQ(annotator_.boxes, 1U);
  EXPECT_TRUE(drawn(3));
}

}  // namespace
}  // namespace hadir
