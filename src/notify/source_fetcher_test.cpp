// Packages come from an index that the tests make: a folder that pip is pointed at by its own variables.
#include "notify/source_fetcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>

#include "notify/archive.hpp"
#include "notify/program.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string sha256_hex(const std::string& text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::string hex;
  for (const auto byte : digest) hex += std::format("{:02x}", byte);
  return hex;
}

/// An environment variable for the length of a test.
class Variable {
 public:
  Variable(std::string name, const std::string& value) : name_(std::move(name)) {
    if (const char* before = ::getenv(name_.c_str())) before_ = before;
    ::setenv(name_.c_str(), value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() {
    if (before_)
      ::setenv(name_.c_str(), before_->c_str(), 1);
    else
      ::unsetenv(name_.c_str());
  }

 private:
  std::string name_;
  std::optional<std::string> before_;
};

class SourceFetcherTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / std::format("hadir-sources-{}-{}", ::getpid(),
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "models");
    fs::create_directories(folder_ / "index");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(std::vector<std::string> arguments) const {
    ProgramCall call;
    call.arguments = std::move(arguments);
    call.folder = folder_;
    const auto end = run_program(call);
    ASSERT_TRUE(end) << end.error().message;
    ASSERT_EQ(end->exit, 0) << end->output;
  }

  /// A source package on the stand-in of the index, as real ones are, with a build script that betrays being run.
  PackageMember publish() {
    const fs::path source = folder_ / "source/weights_of_ours-1.2";
    fs::create_directories(source / "data");
    std::ofstream(source / "PKG-INFO")
        << "Metadata-Version: 1.1\nName: weights_of_ours\nVersion: 1.2\n\nText\nName: x\n";
    std::ofstream(source / "setup.py")
        << "open(r'" << marker().string() << "', 'w').write('ran')\n"
        << "from setuptools import setup\nsetup(name='weights_of_ours', version='1.2')\n";
    std::ofstream(source / "data/net.dat") << "weights";
    std::ofstream(source / "data/other.dat") << "others";
    fs::create_symlink("net.dat", source / "data/link.dat");
    const auto archive = folder_ / "index/weights_of_ours-1.2.tar.gz";
    run({"tar", "czf", archive.string(), "-C", (folder_ / "source").string(), "weights_of_ours-1.2"});
    const auto bytes = read_text(archive);
    return {{"weights_of_ours", "1.2", sha256_hex(bytes), bytes.size()}, "weights_of_ours-1.2/data/net.dat"};
  }

  fs::path marker() const { return folder_ / "the-build-script-ran"; }
  fs::path target() const { return folder_ / "models/net.dat"; }
  std::size_t files_in_models() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / "models"), fs::directory_iterator{}));
  }

  fs::path folder_;
  Variable no_index_{"PIP_NO_INDEX", "1"};
  Variable find_links_{"PIP_FIND_LINKS", (fs::temp_directory_path() /
                                          std::format("hadir-sources-{}-{}/index", ::getpid(),
                                                      testing::UnitTest::GetInstance()->current_test_info()->name()))
                                             .string()};
  Variable no_configuration_{"PIP_CONFIG_FILE", "/dev/null"};
};

TEST_F(SourceFetcherTest, TakesMembersOfAPackageWithoutRunningAnythingOfIt) {
  auto member = publish();
  std::vector<std::string> told;
  {
    SourceFetcher fetcher({.web = {}, .tell = [&](const std::string& line) { told.push_back(line); }});
    const auto fetched = fetcher.fetch(member, target(), 7);
    ASSERT_TRUE(fetched) << fetched.error().message;
    EXPECT_EQ(read_text(target()), "weights");
    // The second file comes out of the same archive: the index may be gone by now.
    fs::remove_all(folder_ / "index");
    member.path = "weights_of_ours-1.2/data/other.dat";
    const auto second = fetcher.fetch(member, folder_ / "models/other.dat", 6);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(read_text(folder_ / "models/other.dat"), "others");
  }
  EXPECT_FALSE(fs::exists(marker())) << "pip ran the package's build script";
  EXPECT_EQ(files_in_models(), 2U) << "the archive was left behind";
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], HasSubstr("weights_of_ours 1.2"));
}

/// The test above means something: the same package, given to pip without our precautions, does run its build script.
TEST_F(SourceFetcherTest, TheBuildScriptOfTheTestPackageWouldBetrayItself) {
  publish();
  ProgramCall call;
  call.arguments = {"python3", (folder_ / "source/weights_of_ours-1.2/setup.py").string(), "--version"};
  call.folder = folder_;
  const auto end = run_program(call);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_TRUE(fs::exists(marker()));
}

TEST_F(SourceFetcherTest, AnotherContentThanThePinnedOneIsRefusedBeforeAnythingIsRead) {
  auto member = publish();
  member.package.sha256 = std::string(64, 'a');
  SourceFetcher fetcher;
  const auto fetched = fetcher.fetch(member, target(), 7);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(fetched.error().message, HasSubstr("another content"));
  EXPECT_EQ(fetched.error().message.find('\n'), std::string::npos);
  EXPECT_FALSE(fs::exists(target()));
  EXPECT_FALSE(fs::exists(marker()));
}

TEST_F(SourceFetcherTest, OnlyTheVeryMemberIsTakenAndOnlyUpToItsSize) {
  auto member = publish();
  SourceFetcher fetcher;
  for (const char* path : {"weights_of_ours-1.2/data/missing.dat", "weights_of_ours-1.2/data", "data/net.dat",
                           "weights_of_ours-1.2/data/link.dat", "/etc/passwd", ""}) {
    member.path = path;
    const auto fetched = fetcher.fetch(member, target(), 7);
    ASSERT_FALSE(fetched) << path;
    EXPECT_THAT(fetched.error().message, HasSubstr("holds no file")) << path;
    EXPECT_FALSE(fs::exists(target())) << path;
  }
  member.path = "weights_of_ours-1.2/data/net.dat";
  const auto too_large = fetcher.fetch(member, target(), 6);
  ASSERT_FALSE(too_large);
  EXPECT_THAT(too_large.error().message, HasSubstr("more than 6 bytes"));
  EXPECT_FALSE(fs::exists(target()));
}

TEST_F(SourceFetcherTest, WithoutPythonOrPipTheMessageSaysWhatToInstall) {
  const auto member = publish();
  SourceFetcher no_python({.web = {}, .python = (folder_ / "no-python").string(), .tell = {}});
  const auto first = no_python.fetch(member, target(), 7);
  ASSERT_FALSE(first);
  EXPECT_THAT(first.error().message, HasSubstr("python3-pip"));

  const auto bare = folder_ / "bare-python";
  std::ofstream(bare) << "#!/bin/sh\necho \"$0: No module named pip\" >&2\nexit 1\n";
  fs::permissions(bare, fs::perms::owner_all);
  SourceFetcher no_pip({.web = {}, .python = bare.string(), .tell = {}});
  const auto second = no_pip.fetch(member, target(), 7);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("python3-pip"));
}

TEST_F(SourceFetcherTest, AnIndexThatDoesNotAnswerIsSaidInOneLineAndAskedOnce) {
  const auto member = publish();
  ::unsetenv("PIP_NO_INDEX");
  const Variable nowhere("PIP_INDEX_URL", "http://user:hunter2@127.0.0.1:1/simple");
  const Variable no_links("PIP_FIND_LINKS", "");
  int begun = 0;
  SourceFetcher fetcher({.web = {}, .tell = [&](const std::string&) { ++begun; }});
  for (int turn = 0; turn < 2; ++turn) {
    const auto fetched = fetcher.fetch(member, target(), 7);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(fetched.error().message, HasSubstr("does not answer"));
    EXPECT_EQ(fetched.error().message.find("hunter2"), std::string::npos) << fetched.error().message;
  }
  EXPECT_EQ(begun, 1);
}

TEST_F(SourceFetcherTest, APackageThatIsNotThereIsSaidInPipsWords) {
  publish();
  SourceFetcher fetcher;
  const auto fetched =
      fetcher.fetch(PackageMember{{"nothing_of_that_name", "9.9", std::string(64, 'b'), 0}, "x"}, target(), 7);
  ASSERT_FALSE(fetched);
  EXPECT_THAT(fetched.error().message, HasSubstr("nothing_of_that_name==9.9"));
}

TEST_F(SourceFetcherTest, WhatAKilledFetchLeftIsRemovedAndWhatALivingOneUsesIsNot) {
  const auto member = publish();
  fs::create_directories(folder_ / "models/.fetch-killed/1");
  SourceFetcher living;
  ASSERT_TRUE(living.fetch(member, target(), 7));
  EXPECT_FALSE(fs::exists(folder_ / "models/.fetch-killed"));
  SourceFetcher other;
  ASSERT_TRUE(other.fetch(member, target(), 7));
  EXPECT_TRUE(living.fetch(member, target(), 7));
}

TEST_F(SourceFetcherTest, Bzip2IsExpandedWithinItsLimit) {
  std::ofstream(folder_ / "plain") << std::string(100'000, 'x');
  run({"python3", "-c", "import bz2; open('plain.bz2', 'wb').write(bz2.compress(open('plain', 'rb').read()))"});
  ASSERT_TRUE(expand_bzip2(folder_ / "plain.bz2", target(), 100'000));
  EXPECT_EQ(read_text(target()), std::string(100'000, 'x'));
  fs::remove(target());
  EXPECT_FALSE(expand_bzip2(folder_ / "plain.bz2", target(), 99'999));
  EXPECT_FALSE(fs::exists(target()));
  const auto not_compressed = expand_bzip2(folder_ / "plain", target(), 100'000);
  ASSERT_FALSE(not_compressed);
  EXPECT_EQ(not_compressed.error().kind, ErrorKind::corrupted);
  const auto whole = read_text(folder_ / "plain.bz2");
  std::ofstream(folder_ / "half.bz2", std::ios::binary) << whole.substr(0, whole.size() / 2);
  EXPECT_FALSE(expand_bzip2(folder_ / "half.bz2", target(), 100'000));
  EXPECT_FALSE(fs::exists(target()));
}

TEST_F(SourceFetcherTest, AProgramThatTakesTooLongIsEnded) {
  ProgramCall call;
  call.arguments = {"sh", "-c", "echo begun; exec sleep 60"};
  call.limit = std::chrono::seconds{0};
  const auto end = run_program(call);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_TRUE(end->ended);
  EXPECT_EQ(end->exit, -1);
}

}  // namespace
}  // namespace hadir
