#include "notify/http_download.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace hadir {
namespace {

namespace fs = std::filesystem;

/// An HTTP server on loopback that answers each path with a fixed response, one connection after the other.
class LoopbackServer {
 public:
  explicit LoopbackServer(std::map<std::string, std::string> responses) : responses_(std::move(responses)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~LoopbackServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string at(const std::string& path) const { return std::format("http://127.0.0.1:{}{}", port_, path); }

 private:
  void serve() {
    for (int client; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ::close(client)) {
      std::string request;
      char buffer[1024];
      for (ssize_t count; request.find("\r\n\r\n") == std::string::npos;
           request.append(buffer, static_cast<std::size_t>(count)))
        if ((count = ::read(client, buffer, sizeof buffer)) <= 0) break;
      const auto begin = request.find(' ') + 1;
      const auto found = responses_.find(request.substr(begin, request.find(' ', begin) - begin));
      const std::string response =
          found != responses_.end() ? found->second : "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone";
      EXPECT_EQ(::send(client, response.data(), response.size(), MSG_NOSIGNAL), static_cast<ssize_t>(response.size()));
    }
  }
  std::map<std::string, std::string> responses_;
  int listener_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

std::string ok(const std::string& body) {
  return std::format("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
}
std::string redirect(const std::string& to) {
  return std::format("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", to);
}

class HttpDownloadTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / std::format("hadir-download-{}-{}", ::getpid(),
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string content() const {
    std::ifstream stream(folder_ / "file");
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}));
  }
  fs::path folder_;
  HttpDownloader downloader_;
};

TEST_F(HttpDownloadTest, WritesTheBodyAndFollowsRedirects) {
  const LoopbackServer server({{"/a", redirect("/b")}, {"/b", ok("weights")}});
  const auto fetched = downloader_.fetch(server.at("/a"), folder_ / "file", 100);
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(content(), "weights");
  EXPECT_EQ(files(), 1U);
}

TEST_F(HttpDownloadTest, AnErrorPageIsNotAFile) {
  const LoopbackServer server({});
  const auto fetched = downloader_.fetch(server.at("/missing"), folder_ / "file", 100);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
  EXPECT_NE(fetched.error().message.find("404"), std::string::npos) << fetched.error().message;
  EXPECT_EQ(files(), 0U);
}

TEST_F(HttpDownloadTest, ABodyThatIsTooLongLeavesTheOldFile) {
  std::ofstream(folder_ / "file") << "old";
  const LoopbackServer server({{"/big", ok(std::string(1000, 'x'))}});
  const auto fetched = downloader_.fetch(server.at("/big"), folder_ / "file", 999);
  ASSERT_FALSE(fetched);
  EXPECT_NE(fetched.error().message.find("999 bytes"), std::string::npos) << fetched.error().message;
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(HttpDownloadTest, ABodyThatBreaksOffIsNotAFile) {
  const LoopbackServer server({{"/half", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhalf"}});
  EXPECT_FALSE(downloader_.fetch(server.at("/half"), folder_ / "file", 1000));
  EXPECT_EQ(files(), 0U);
}

TEST_F(HttpDownloadTest, OtherSchemesAreRefusedAlsoAfterARedirect) {
  std::ofstream(folder_ / "secret") << "secret";
  const std::string local = "file://" + (folder_ / "secret").string();
  const auto direct = downloader_.fetch(local, folder_ / "file", 100);
  ASSERT_FALSE(direct);
  EXPECT_EQ(direct.error().kind, ErrorKind::invalid_input);
  const LoopbackServer server({{"/trap", redirect(local)}});
  EXPECT_FALSE(downloader_.fetch(server.at("/trap"), folder_ / "file", 100));
  EXPECT_FALSE(fs::exists(folder_ / "file"));
}

TEST_F(HttpDownloadTest, NobodyListeningIsUnavailableAndPasswordsStayHidden) {
  const auto fetched = downloader_.fetch("http://user:hunter2@127.0.0.1:1/x", folder_ / "file", 100);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(fetched.error().message.find("hunter2"), std::string::npos) << fetched.error().message;
}

/// A host that is walled off costs its time-out once; one that answers, be it with an error, is asked again.
TEST_F(HttpDownloadTest, AHostThatCannotBeReachedIsNotAskedAgain) {
  std::string dead;
  {
    const LoopbackServer server({{"/a", ok("x")}});
    dead = server.at("/a");
    EXPECT_FALSE(downloader_.fetch(server.at("/missing"), folder_ / "file", 100));
    EXPECT_TRUE(downloader_.fetch(dead, folder_ / "file", 100));
  }
  const auto first = downloader_.fetch(dead, folder_ / "file", 100);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().message.find("before"), std::string::npos) << first.error().message;
  const auto second = downloader_.fetch(dead, folder_ / "file", 100);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("did not answer before"), std::string::npos) << second.error().message;
  const LoopbackServer trap({{"/b", redirect(dead)}});
  HttpDownloader other;
  EXPECT_FALSE(other.fetch(trap.at("/b"), folder_ / "file", 100));
  const auto again = other.fetch(trap.at("/b"), folder_ / "file", 100);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().message.find("did not answer before"), std::string::npos) << "the redirect itself answers";
}

TEST_F(HttpDownloadTest, AFolderThatDoesNotExistIsReported) {
  const LoopbackServer server({{"/a", ok("x")}});
  EXPECT_FALSE(downloader_.fetch(server.at("/a"), folder_ / "no" / "file", 100));
}

}  // namespace
}  // namespace hadir
