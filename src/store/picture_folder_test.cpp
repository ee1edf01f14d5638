#include "store/picture_folder.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <format>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::HasSubstr;

Bytes bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

class PictureFolderTest : public testing::Test {
 protected:
  PictureFolderTest() {
    std::filesystem::remove_all(root_);
    reopen();
  }
  ~PictureFolderTest() override { std::filesystem::remove_all(root_); }
  void reopen() {
    pictures_.reset();
    pictures_ = PictureFolder::open(root_).value();
  }
  std::string text_at(const std::string& path) {
    const auto got = pictures_->get(path);
    return got ? std::string(got->begin(), got->end()) : got.error().message;
  }
  std::size_t files_below(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file();
    return count;
  }

  const std::filesystem::path root_ =
      std::filesystem::temp_directory_path() / std::format("hadir-pictures-{}", ::getpid());
  std::unique_ptr<PictureFolder> pictures_;
};

TEST_F(PictureFolderTest, PutsGetsReplacesAndRemoves) {
  ASSERT_TRUE(pictures_->put("a/b/c.jpg", bytes_of("one")));
  EXPECT_EQ(text_at("a/b/c.jpg"), "one");
  ASSERT_TRUE(pictures_->put("a/b/c.jpg", bytes_of("second")));
  EXPECT_EQ(text_at("a/b/c.jpg"), "second");
  ASSERT_TRUE(pictures_->put("plain.jpg", Bytes{}));
  EXPECT_EQ(text_at("plain.jpg"), "");
  ASSERT_TRUE(pictures_->remove("a/b/c.jpg"));
  EXPECT_EQ(pictures_->get("a/b/c.jpg").error().kind, ErrorKind::not_found);
  EXPECT_EQ(pictures_->remove("a/b/c.jpg").error().kind, ErrorKind::not_found);
  EXPECT_EQ(pictures_->get("nowhere/x.jpg").error().kind, ErrorKind::not_found);
  EXPECT_EQ(files_below(root_ / ".tmp"), 0U);
}

TEST_F(PictureFolderTest, RefusesUnsafePaths) {
  std::ofstream(root_.string() + "-outside") << "secret";
  const std::string outside = "../" + root_.filename().string() + "-outside";
  const std::vector<std::string> unsafe{outside,
                                        "a/../../x",
                                        "a/..",
                                        "..",
                                        ".",
                                        "",
                                        "/etc/passwd",
                                        "a//b",
                                        "a/",
                                        "./a",
                                        std::string("a\0b", 3),
                                        "a\nb",
                                        ".tmp/x",
                                        std::string(300, 'x')};
  for (const auto& path : unsafe) {
    EXPECT_EQ(pictures_->put(path, bytes_of("x")).error().kind, ErrorKind::invalid_input) << path;
    EXPECT_EQ(pictures_->get(path).error().kind, ErrorKind::invalid_input) << path;
    EXPECT_EQ(pictures_->remove(path).error().kind, ErrorKind::invalid_input) << path;
  }
  std::filesystem::remove(root_.string() + "-outside");
}

TEST_F(PictureFolderTest, FollowsNoLinks) {
  const std::filesystem::path outside(root_.string() + "-elsewhere");
  std::filesystem::create_directories(outside);
  std::ofstream(outside / "secret.txt") << "secret";
  std::filesystem::create_directory_symlink(outside, root_ / "link");
  std::filesystem::create_symlink(outside / "secret.txt", root_ / "secret.jpg");
  EXPECT_EQ(pictures_->get("link/secret.txt").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(pictures_->put("link/new.jpg", bytes_of("x")).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(pictures_->remove("link/secret.txt").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(pictures_->get("secret.jpg").error().kind, ErrorKind::invalid_input);
  ASSERT_TRUE(pictures_->put("secret.jpg", bytes_of("x"))) << "the link is replaced, not what it points to";
  std::ifstream still(outside / "secret.txt");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(still), {}), "secret");
  EXPECT_FALSE(std::filesystem::exists(outside / "new.jpg"));
  std::filesystem::remove_all(outside);
}

TEST_F(PictureFolderTest, AFileWhereAFolderShouldBe) {
  ASSERT_TRUE(pictures_->put("a", bytes_of("x")));
  EXPECT_FALSE(pictures_->put("a/b.jpg", bytes_of("x")));
  ASSERT_TRUE(pictures_->put("folder/b.jpg", bytes_of("x")));
  EXPECT_FALSE(pictures_->put("folder", bytes_of("x")));
  EXPECT_FALSE(pictures_->get("folder"));
  EXPECT_EQ(files_below(root_ / ".tmp"), 0U);
}

TEST_F(PictureFolderTest, AFullDiskLeavesTheOldPicture) {
  ASSERT_TRUE(pictures_->put("a.jpg", bytes_of("old")));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{5000, limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto failed = pictures_->put("a.jpg", Bytes(100'000, 1));
  const auto failed_new = pictures_->put("b.jpg", Bytes(100'000, 1));
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(failed.error().message, HasSubstr((root_ / "a.jpg").string()));
  EXPECT_FALSE(failed_new);
  EXPECT_EQ(text_at("a.jpg"), "old");
  EXPECT_EQ(files_below(root_), 1U);
}

TEST_F(PictureFolderTest, AFolderThatIsGoneOrNotOurs) {
  std::filesystem::remove_all(root_);
  const auto gone = pictures_->put("a/b.jpg", bytes_of("x"));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::unavailable);
  const auto impossible = PictureFolder::open("/proc/hadir-pictures");
  ASSERT_FALSE(impossible);
  EXPECT_EQ(impossible.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(impossible.error().message, HasSubstr("/proc/hadir-pictures"));
}

TEST_F(PictureFolderTest, LeftOversGoAtTheNextStartButNotThoseInUse) {
  std::ofstream(root_ / ".tmp" / "99999-0") << "half a pict";
  reopen();
  EXPECT_EQ(files_below(root_ / ".tmp"), 0U);
}

TEST_F(PictureFolderTest, ListsWhatIsThereAndRemovesEmptyFoldersAlone) {
  ASSERT_TRUE(pictures_->put("captures/CAM1/b.jpg", bytes_of("four")));
  ASSERT_TRUE(pictures_->put("captures/CAM1/unknown/a.jpg", bytes_of("x")));
  std::filesystem::create_symlink("/etc", root_ / "captures" / "CAM1" / "etc");
  std::ofstream(root_ / "captures" / "CAM1" / ".hidden") << "x";
  const auto names = [&](const std::string& folder) {
    std::string all;
    const auto found = pictures_->entries(folder).value();
    for (const auto& entry : found) all += entry.name + (entry.is_folder ? "/ " : std::format(":{} ", entry.bytes));
    return all;
  };
  EXPECT_EQ(names("captures/CAM1"), "b.jpg:4 unknown/ ");
  EXPECT_EQ(names(""), "captures/ ") << "what the folder keeps for itself is not shown";
  EXPECT_EQ(names("captures/CAM9/unknown"), "");
  EXPECT_GT(pictures_->entries("captures/CAM1")->front().changed_at, Instant{std::chrono::days(365 * 50)});
  EXPECT_EQ(pictures_->entries("captures/CAM1/etc").error().kind, ErrorKind::invalid_input) << "a link";
  EXPECT_EQ(pictures_->entries("captures/CAM1/b.jpg").error().kind, ErrorKind::invalid_input) << "a file";
  for (const char* unsafe : {"..", "/etc", "captures/../..", ".tmp", "a//b"}) {
    EXPECT_EQ(pictures_->entries(unsafe).error().kind, ErrorKind::invalid_input) << unsafe;
    EXPECT_EQ(pictures_->remove_empty_folder(unsafe).error().kind, ErrorKind::invalid_input) << unsafe;
  }
  EXPECT_EQ(pictures_->remove_empty_folder("").error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(pictures_->remove_empty_folder("captures/CAM1/unknown"));
  EXPECT_EQ(names("captures/CAM1"), "b.jpg:4 unknown/ ") << "it was not empty";
  ASSERT_TRUE(pictures_->remove("captures/CAM1/unknown/a.jpg"));
  EXPECT_TRUE(pictures_->remove_empty_folder("captures/CAM1/unknown"));
  EXPECT_TRUE(pictures_->remove_empty_folder("captures/CAM1/unknown")) << "it is gone";
  EXPECT_EQ(names("captures/CAM1"), "b.jpg:4 ");
}

TEST_F(PictureFolderTest, LeftOversAreThoseNobodyHolds) {
  std::ofstream(root_ / ".tmp" / "99999-0") << "half a pict";
  const auto found = pictures_->left_overs(false).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].bytes, 11);
  EXPECT_EQ(files_below(root_ / ".tmp"), 1U) << "only counted";
  EXPECT_EQ(pictures_->left_overs(true)->size(), 1U);
  EXPECT_EQ(files_below(root_ / ".tmp"), 0U);
  EXPECT_TRUE(pictures_->left_overs(true)->empty());
}

TEST_F(PictureFolderTest, NoPictureIsTornByAKill) {
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto pictures = PictureFolder::open(root_);
    for (std::uint8_t value = 1;; ++value)
      if (!pictures || !(*pictures)->put("a/last.jpg", Bytes(20'000 + value * 1000U, value))) ::_exit(1);
  }
  std::size_t read = 0;
  while (read < 200) {
    const auto got = pictures_->get("a/last.jpg");
    if (!got) continue;
    ++read;
    ASSERT_EQ(got->size(), 20'000 + got->front() * 1000U);
    ASSERT_TRUE(std::ranges::all_of(*got, [&](auto value) { return value == got->front(); }));
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto got = pictures_->get("a/last.jpg");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->size(), 20'000 + got->front() * 1000U);
  reopen();
  EXPECT_EQ(files_below(root_), 1U);
}

TEST_F(PictureFolderTest, ManyThreadsWriteTheSamePicture) {
  std::vector<std::jthread> threads;
  std::atomic<int> failures = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      auto own = PictureFolder::open(root_);  // as another program would, while the others write
      for (int i = 0; i < 25; ++i)
        if (!pictures_->put(std::format("{}/same.jpg", i), Bytes(1000, static_cast<std::uint8_t>(t))) ||
            !(*own)->put("same.jpg", Bytes(1000, static_cast<std::uint8_t>(t))))
          ++failures;
    });
  threads.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(files_below(root_), 26U);
}

}  // namespace
}  // namespace hadir
