#include "core/masking.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(Masking, HidesWhatMustNotBeSeen) {
  const std::pair<const char*, const char*> cases[] = {
      {"rtsp://10.0.0.5:554/stream", "rtsp://10.0.0.5:554/stream"},
      {"rtsp://admin:s3cret@10.0.0.5/1", "rtsp://***@10.0.0.5/1"},
      {"rtsp://admin@10.0.0.5/1", "rtsp://***@10.0.0.5/1"},
      {"rtsp://admin:p@ss/w?rd@10.0.0.5/1", "rtsp://***@10.0.0.5/1"},
      {"http://host/v?user=bob&password=x1&q=1", "http://host/v?user=bob&password=***&q=1"},
      {"http://host/v?X-Auth-Token=abc", "http://host/v?X-Auth-Token=***"},
      {"open rtsp://a:b@h/1 failed, then rtsp://c:d@i/2", "open rtsp://***@h/1 failed, then rtsp://***@i/2"},
      {"no address here", "no address here"},
      {"", ""}};
  for (const auto& [text, masked] : cases) EXPECT_EQ(mask_credentials(text), masked);
}

}  // namespace
}  // namespace hadir
