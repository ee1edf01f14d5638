#include "store/key_file.hpp"

#include <sys/stat.h>

#include <format>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::HasSubstr;

class KeyFileTest : public testing::Test {
 protected:
  KeyFileTest() { std::filesystem::remove_all(folder_); }
  ~KeyFileTest() override { std::filesystem::remove_all(folder_); }
  static std::vector<std::uint8_t> bytes(const SecretKey& key) { return {key.bytes().begin(), key.bytes().end()}; }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-key-{}", ::getpid());
  const std::filesystem::path file_ = folder_ / "secrets" / "hadir.key";
};

TEST_F(KeyFileTest, IsMadeOnceForItsOwnerAlone) {
  const auto made = read_or_create_key(file_);
  ASSERT_TRUE(made) << made.error().message;
  struct stat info{};
  ASSERT_EQ(::stat(file_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(info.st_size, 32);
  EXPECT_EQ(bytes(*read_or_create_key(file_)), bytes(*made));
  EXPECT_NE(bytes(*read_or_create_key(folder_ / "other.key")), bytes(*made));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file_.parent_path()), {}), 1) << "nothing left over";
}

TEST_F(KeyFileTest, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(read_or_create_key(file_));
  for (const mode_t mode : {0640U, 0604U, 0660U, 0644U}) {
    ::chmod(file_.c_str(), mode);
    const auto refused = read_or_create_key(file_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(refused.error().message, HasSubstr("chmod 600"));
  }
  ::chmod(file_.c_str(), 0400);
  EXPECT_TRUE(read_or_create_key(file_));
}

TEST_F(KeyFileTest, IsRefusedWhenItIsNotAKey) {
  std::filesystem::create_directories(file_.parent_path());
  for (const std::size_t size : {0U, 31U, 33U}) {
    std::ofstream(file_) << std::string(size, 'x');
    ::chmod(file_.c_str(), 0600);
    const auto refused = read_or_create_key(file_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupted);
    EXPECT_THAT(refused.error().message, HasSubstr(file_.string()));
  }
  EXPECT_EQ(read_or_create_key(file_.parent_path()).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(read_or_create_key("/proc/hadir/hadir.key").error().kind, ErrorKind::unavailable);
}

TEST_F(KeyFileTest, OfTwoProgramsThatStartAtOnceBothGetTheSame) {
  for (int round = 0; round < 20; ++round) {
    std::filesystem::remove_all(folder_);
    std::vector<std::vector<std::uint8_t>> keys(2);
    {
      std::vector<std::jthread> threads;
      for (auto& key : keys)
        threads.emplace_back([&] {
          if (const auto made = read_or_create_key(file_)) key = bytes(*made);
        });
    }
    EXPECT_FALSE(keys[0].empty());
    EXPECT_EQ(keys[0], keys[1]);
  }
}

}  // namespace
}  // namespace hadir
