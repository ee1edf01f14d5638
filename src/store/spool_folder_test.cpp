#include "store/spool_folder.hpp"

#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <format>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/fact_text.hpp"

namespace hadir {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SightingFact fact_of(const std::string& id, std::size_t picture = 10) {
  SightingFact fact;
  fact.sighting.id = SightingId(id);
  fact.sighting.camera = CameraId("CAM1");
  fact.sighting.track = 42;
  fact.sighting.person = PersonId("p1");
  fact.sighting.confidence = 0.1F;
  fact.sighting.similarity = 0.7654321F;
  fact.sighting.at = Instant{Millis{1'767'000'000'123}};
  fact.sighting.pts = Millis{77};
  fact.sighting.box = {1.5F, 2.5F, 3.25F, 4};
  fact.sighting.frame = {1920, 1080};
  fact.sighting.liveness = 0.5F;
  for (std::size_t i = 0; i < picture; ++i) fact.picture.push_back(static_cast<std::uint8_t>(i * 37));
  return fact;
}

class SpoolFolderTest : public testing::Test {
 protected:
  SpoolFolderTest() {
    std::filesystem::remove_all(folder_);
    reopen();
  }
  ~SpoolFolderTest() override { std::filesystem::remove_all(folder_); }
  void reopen() {
    spool_.reset();
    auto opened = SpoolFolder::open(folder_);
    ASSERT_TRUE(opened) << opened.error().message;
    spool_ = std::move(*opened);
  }
  void append(std::initializer_list<const char*> ids) {
    std::vector<SightingFact> facts;
    for (const auto* id : ids) facts.push_back(fact_of(id));
    ASSERT_TRUE(spool_->append(facts));
  }
  std::vector<std::string> oldest(std::size_t most) {
    std::vector<std::string> ids;
    const auto facts = spool_->oldest(most);
    EXPECT_TRUE(facts) << facts.error().message;
    for (const auto& fact : *facts) ids.push_back(fact.sighting.id.str());
    return ids;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-spool-{}", ::getpid());
  std::unique_ptr<SpoolFolder> spool_;
};

TEST(FactText, KeepsEverything) {
  const auto fact = fact_of("s1", 1000);
  const auto text = text_of(fact);
  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  const auto back = fact_from(text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->picture, fact.picture);
  EXPECT_EQ(back->sighting.id, fact.sighting.id);
  EXPECT_EQ(back->sighting.camera, fact.sighting.camera);
  EXPECT_EQ(back->sighting.track, fact.sighting.track);
  EXPECT_EQ(back->sighting.person, fact.sighting.person);
  EXPECT_EQ(back->sighting.confidence, fact.sighting.confidence);
  EXPECT_EQ(back->sighting.similarity, fact.sighting.similarity);
  EXPECT_EQ(back->sighting.at, fact.sighting.at);
  EXPECT_EQ(back->sighting.pts, fact.sighting.pts);
  EXPECT_EQ(back->sighting.box.width, fact.sighting.box.width);
  EXPECT_EQ(back->sighting.frame, fact.sighting.frame);
  EXPECT_EQ(back->sighting.liveness, fact.sighting.liveness);
  auto nobody = fact_of("s2", 0);
  nobody.sighting.person.reset();
  nobody.sighting.liveness.reset();
  EXPECT_FALSE(fact_from(text_of(nobody))->sighting.person);
  EXPECT_FALSE(fact_from(text_of(nobody))->sighting.liveness);
  EXPECT_TRUE(fact_from(text_of(nobody))->picture.empty());
}

TEST(FactText, RefusesWhatIsNotAFact) {
  auto text = text_of(fact_of("s1"));
  EXPECT_EQ(fact_from(text.substr(0, text.size() / 2)).error().kind, ErrorKind::corrupted);
  EXPECT_FALSE(fact_from(""));
  EXPECT_FALSE(fact_from("[]"));
  EXPECT_FALSE(fact_from(R"({"id": 5})"));
  text.insert(text.find("\"picture\":\"") + 11, "!!");
  EXPECT_FALSE(fact_from(text));
}

TEST_F(SpoolFolderTest, GivesBackInOrderAlsoAfterARestart) {
  append({"a", "b"});
  append({"c"});
  EXPECT_EQ(spool_->size(), 3U);
  EXPECT_THAT(oldest(2), ElementsAre("a", "b"));
  EXPECT_THAT(oldest(9), ElementsAre("a", "b", "c"));
  reopen();
  EXPECT_EQ(spool_->size(), 3U);
  append({"d"});
  EXPECT_THAT(oldest(9), ElementsAre("a", "b", "c", "d"));
  ASSERT_TRUE(spool_->remove_oldest(3));
  EXPECT_THAT(oldest(9), ElementsAre("d"));
  ASSERT_TRUE(spool_->remove_oldest(1));
  EXPECT_EQ(spool_->size(), 0U);
  EXPECT_THAT(oldest(9), IsEmpty());
  reopen();
  EXPECT_EQ(spool_->size(), 0U);
}

TEST_F(SpoolFolderTest, AppendsWhileTheFirstSegmentIsRead) {
  append({"a", "b"});
  EXPECT_THAT(oldest(1), ElementsAre("a"));
  append({"c"});
  ASSERT_TRUE(spool_->remove_oldest(1));
  EXPECT_THAT(oldest(9), ElementsAre("b"));
  append({"d"});
  ASSERT_TRUE(spool_->remove_oldest(1));
  EXPECT_THAT(oldest(9), ElementsAre("c", "d"));
}

TEST_F(SpoolFolderTest, PrependsBeforeEverything) {
  append({"c", "d"});
  const std::vector facts{fact_of("a"), fact_of("b")};
  ASSERT_TRUE(spool_->prepend(facts));
  EXPECT_EQ(spool_->size(), 4U);
  EXPECT_THAT(oldest(9), ElementsAre("a", "b"));
  reopen();
  EXPECT_THAT(oldest(9), ElementsAre("a", "b"));
  ASSERT_TRUE(spool_->remove_oldest(2));
  EXPECT_THAT(oldest(1), ElementsAre("c"));
  ASSERT_TRUE(spool_->remove_oldest(1));
  ASSERT_TRUE(spool_->prepend(std::vector{fact_of("z")}));
  EXPECT_THAT(oldest(9), ElementsAre("z"));
  ASSERT_TRUE(spool_->remove_oldest(1));
  EXPECT_THAT(oldest(9), ElementsAre("c", "d")) << "a segment begun is read again, not lost";
}

TEST_F(SpoolFolderTest, ManySegments) {
  std::vector<SightingFact> facts;
  for (int i = 0; i < 60; ++i) facts.push_back(fact_of(std::format("{:03}", i), 300'000));
  for (const auto& fact : facts) ASSERT_TRUE(spool_->append(std::span(&fact, 1)));
  reopen();
  EXPECT_EQ(spool_->size(), 60U);
  for (int i = 0; i < 60; ++i) {
    const auto front = spool_->oldest(1);
    ASSERT_EQ(front->at(0).sighting.id.str(), std::format("{:03}", i));
    ASSERT_EQ(front->at(0).picture.size(), 300'000U);
    ASSERT_TRUE(spool_->remove_oldest(1));
  }
  EXPECT_EQ(spool_->size(), 0U);
}

TEST_F(SpoolFolderTest, ALineCutShortIsCutOff) {
  append({"a", "b"});
  spool_.reset();
  const auto segment = folder_ / "500000000000.jsonl";
  const auto whole = std::filesystem::file_size(segment);
  std::ofstream(segment, std::ios::app) << text_of(fact_of("c")).substr(0, 50);
  reopen();
  EXPECT_EQ(std::filesystem::file_size(segment), whole);
  append({"d"});
  EXPECT_THAT(oldest(9), ElementsAre("a", "b", "d"));
}

TEST_F(SpoolFolderTest, ALineThatCannotBeReadIsSetAside) {
  append({"a"});
  spool_.reset();
  std::ofstream(folder_ / "500000000000.jsonl", std::ios::app) << "garbage\n" << text_of(fact_of("b"));
  reopen();
  EXPECT_THAT(oldest(9), ElementsAre("a", "b"));
  EXPECT_EQ(spool_->size(), 2U);
  std::ifstream aside(folder_ / "set-aside.jsonl");
  std::string line;
  std::getline(aside, line);
  EXPECT_EQ(line, "garbage");
}

TEST_F(SpoolFolderTest, ASecondProgramIsRefused) {
  const auto second = SpoolFolder::open(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
}

TEST_F(SpoolFolderTest, AFullDiskLeavesNothingByHalves) {
  append({"a"});
  const auto before = std::filesystem::file_size(folder_ / "500000000000.jsonl");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{before + 1000, limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto failed = spool_->append(std::vector{fact_of("b", 100'000)});
  const auto failed_front = spool_->prepend(std::vector{fact_of("b", 100'000)});
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ASSERT_FALSE(failed);
  ASSERT_FALSE(failed_front);
  EXPECT_EQ(failed.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(std::filesystem::file_size(folder_ / "500000000000.jsonl"), before);
  append({"c"});
  EXPECT_THAT(oldest(9), ElementsAre("a", "c"));
}

TEST_F(SpoolFolderTest, WhatWasAcknowledgedSurvivesAKill) {
  spool_.reset();
  std::size_t acknowledged = 0;
  for (int round = 0; round < 10; ++round) {
    int told[2];
    ASSERT_EQ(::pipe(told), 0);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(told[0]);
      auto spool = SpoolFolder::open(folder_);
      for (std::size_t i = 0; spool; ++i) {
        if (!(*spool)->append(std::vector{fact_of(std::format("{:02}-{:06}", round, i), 3000)})) break;
        if (::write(told[1], "x", 1) != 1) break;
      }
      ::_exit(1);
    }
    ::close(told[1]);
    char byte = 0;
    for (int i = 0; i < 5 + round * 3; ++i) {
      ASSERT_EQ(::read(told[0], &byte, 1), 1);
      ++acknowledged;
    }
    ::kill(child, SIGKILL);
    while (::read(told[0], &byte, 1) == 1) ++acknowledged;
    ::close(told[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
  }
  reopen();
  EXPECT_GE(spool_->size(), acknowledged);
  EXPECT_LE(spool_->size(), acknowledged + 10) << "at most one a round was kept without being told";
  std::size_t read = 0;
  std::string last;
  while (spool_->size() > 0) {
    const auto facts = spool_->oldest(64);
    ASSERT_TRUE(facts);
    for (const auto& fact : *facts) {
      EXPECT_EQ(fact.picture.size(), 3000U);
      EXPECT_LT(last, fact.sighting.id.str());
      last = fact.sighting.id.str();
    }
    read += facts->size();
    ASSERT_TRUE(spool_->remove_oldest(facts->size()));
  }
  EXPECT_GE(read, acknowledged);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "set-aside.jsonl"));
}

}  // namespace
}  // namespace hadir
