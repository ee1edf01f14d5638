#include "realtime/socket_client.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

class Client : public testing::Test {
 protected:
  SocketClient::Meaning receive(const std::string& text) {
    auto meaning = client_.received({.data = text});
    EXPECT_TRUE(meaning) << text << ": " << (meaning ? "" : meaning.error().message);
    return meaning ? *meaning : SocketClient::Meaning{};
  }
  void enter(const std::string& name_space) {
    receive("0" + name_space + ",");
    EXPECT_TRUE(client_.accept(name_space, "s"));
  }
  bool refuses(const std::string& text) { return !client_.received({.data = text}); }

  MonotonicTime start_{Millis{1'000'000}};
  SocketClient client_{{.name_spaces = {"/", "/custom"}, .connect_timeout = Millis{1000}}, start_};
};

TEST_F(Client, IsLetIntoANamespace) {
  const auto meaning = receive(R"(0/custom,{"token":"abc"})");
  ASSERT_EQ(meaning.entries.size(), 1U);
  EXPECT_EQ(meaning.entries[0].name_space, "/custom");
  EXPECT_EQ(meaning.entries[0].auth.dump(), R"({"token":"abc"})");
  EXPECT_FALSE(client_.is_in("/custom"));
  const auto answer = client_.accept("/custom", "sid1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->front().data, R"(40/custom,{"sid":"sid1"})");
  EXPECT_TRUE(client_.is_in("/custom"));
  EXPECT_FALSE(client_.is_in("/"));
  EXPECT_EQ(receive("0").entries[0].auth.dump(), "{}");
}

TEST_F(Client, IsKeptOutOfANamespace) {
  receive("0");
  const auto answer = client_.refuse("/", "sign in first", {{"code", "unauthenticated"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->front().data, R"(44{"message":"sign in first","data":{"code":"unauthenticated"}})");
  EXPECT_FALSE(client_.is_in("/"));
  EXPECT_EQ(receive("0").entries.size(), 1U);  // and may try again
}

TEST_F(Client, LearnsThatANamespaceDoesNotExist) {
  const auto meaning = receive("0/random");
  ASSERT_EQ(meaning.replies.size(), 1U);
  EXPECT_EQ(meaning.replies[0].front().data, R"(44/random,{"message":"Invalid namespace"})");
}

TEST_F(Client, SendsEventsAndAcknowledgements) {
  enter("/");
  const auto event = receive(R"(2456["message",1,"2"])");
  ASSERT_EQ(event.events.size(), 1U);
  EXPECT_EQ(event.events[0].name, "message");
  EXPECT_EQ(event.events[0].arguments.dump(), R"([1,"2"])");
  EXPECT_EQ(event.events[0].id, 456U);
  const auto acknowledgement = receive(R"(37["ok"])");
  ASSERT_EQ(acknowledgement.acknowledgements.size(), 1U);
  EXPECT_EQ(acknowledgement.acknowledgements[0].id, 7U);
}

TEST_F(Client, MustBeInANamespaceToUseIt) {
  EXPECT_TRUE(refuses(R"(2["message"])"));
  EXPECT_TRUE(refuses("1"));
  receive("0");
  EXPECT_TRUE(refuses(R"(2["message"])"));  // not let in yet
  client_.accept("/", "s");
  EXPECT_TRUE(refuses(R"(2/custom,["message"])"));
  EXPECT_TRUE(refuses("0"));  // twice
}

TEST_F(Client, LeavesOneNamespaceAndStaysInTheOther) {
  enter("/");
  enter("/custom");
  EXPECT_EQ(receive("1/custom").leaves.size(), 1U);
  EXPECT_EQ(receive(R"(2/custom,["late"])").events.size(), 0U);
  EXPECT_EQ(receive(R"(2["message"])").events.size(), 1U);
  const auto put_out = client_.put_out("/", start_);
  ASSERT_TRUE(put_out);
  EXPECT_EQ(put_out->front().data, "41");
  EXPECT_EQ(receive(R"(2["under way"])").events.size(), 0U);
  EXPECT_FALSE(client_.put_out("/", start_));
}

TEST_F(Client, MustNotStayOutsideForLong) {
  EXPECT_FALSE(client_.timed_out(start_ + Millis{999}));
  EXPECT_TRUE(client_.timed_out(start_ + Millis{1000}));
  enter("/");
  EXPECT_FALSE(client_.timed_out(start_ + Millis{5000}));
  receive("1");
  EXPECT_FALSE(client_.timed_out(start_ + Millis{6000}));
  EXPECT_FALSE(client_.timed_out(start_ + Millis{6999}));
  EXPECT_TRUE(client_.timed_out(start_ + Millis{7000}));
}

}  // namespace
}  // namespace hadir
