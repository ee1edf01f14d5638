#include "app/facts/fact_writer.hpp"

#include <format>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/facts/facts_fixture_test.hpp"
#include "store/spool_folder.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::HasSubstr;

/// A real database behind a switch: while it is off, transactions answer `unavailable`, or block until it is on.
class SwitchedDatabase final : public Database {
 public:
  explicit SwitchedDatabase(Database& real) : real_(real) {}
  void fail_with(std::string reason) {
    const std::scoped_lock lock(mutex_);
    reason_ = std::move(reason);
  }
  void mend() { fail_with({}); }
  void block(bool blocked) {
    const std::scoped_lock lock(mutex_);
    blocked_ = blocked;
    changed_.notify_all();
  }

  PersonRepository& persons() override { return real_.persons(); }
  TemplateRepository& templates() override { return real_.templates(); }
  CameraRepository& cameras() override { return real_.cameras(); }
  SightingRepository& sightings() override { return real_.sightings(); }
  AttendanceRepository& attendance() override { return real_.attendance(); }
  RuleRepository& rules() override { return real_.rules(); }
  AlertRepository& alerts() override { return real_.alerts(); }
  AccountRepository& accounts() override { return real_.accounts(); }
  PersonImageRepository& images() override { return real_.images(); }
  Outbox& outbox() override { return real_.outbox(); }
  AuditLog& audit() override { return real_.audit(); }
  Retention& retention() override { return real_.retention(); }
  Status in_transaction(const std::function<Status()>& work) override {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !blocked_; });
      if (!reason_.empty()) return fail(ErrorKind::unavailable, reason_);
    }
    return real_.in_transaction(work);
  }
  Status check() override { return real_.check(); }
  std::string describe() const override { return real_.describe(); }

 private:
  Database& real_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool blocked_ = false;
  std::string reason_;
};

/// A spool whose size is out of date when it is told: what can happen between looking and acting, made likely.
class LateSpool final : public FactSpool {
 public:
  explicit LateSpool(FactSpool& real) : real_(real) {}
  Status append(std::span<const SightingFact> facts) override { return real_.append(facts); }
  Status prepend(std::span<const SightingFact> facts) override { return real_.prepend(facts); }
  Result<std::vector<SightingFact>> oldest(std::size_t most) override { return real_.oldest(most); }
  Status remove_oldest(std::size_t count) override { return real_.remove_oldest(count); }
  Status set_aside(const SightingFact& fact, const std::string& reason) override {
    return real_.set_aside(fact, reason);
  }
  std::size_t size() const override {
    const auto size = real_.size();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return size;
  }

 private:
  FactSpool& real_;
};

class MovingClock final : public Clock {
 public:
  explicit MovingClock(Instant at) : at_(at.time_since_epoch().count()) {}
  Instant now() const override { return Instant{Millis{at_.load()}}; }
  void set(Instant at) { at_ = at.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> at_;
};

template <class Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + 60s;  // of a machine with much else to do
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

class FactWriterTest : public FactsFixture {
 protected:
  FactWriterTest() {
    std::filesystem::remove_all(folder_);
    spool_ = SpoolFolder::open(folder_).value();
    add_person("p1", "E0001", "Ana");
    limits_.first_retry = 5ms;
    limits_.longest_retry = 20ms;
  }
  ~FactWriterTest() override { std::filesystem::remove_all(folder_); }

  SightingFact numbered(int number) {
    return known(std::format("s{:06}", number), Millis{number * 10}, "p1", std::format("picture {}", number));
  }
  std::vector<std::string> recorded_ids() {
    std::vector<std::string> ids;
    const auto recorded = database_->sightings().between(morning - 1h, morning + 100h, std::nullopt);
    for (const auto& sighting : *recorded) ids.push_back(sighting.id.str());
    return ids;
  }
  std::vector<std::string> expected_ids(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(std::format("s{:06}", i));
    return ids;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-spool-test-{}", ::getpid());
  std::unique_ptr<SpoolFolder> spool_;
  SwitchedDatabase switched_{*database_};
  FactRecorder recorder_{switched_, pictures_, rules()};
  MovingClock clock_{morning};
  FactWriterLimits limits_;
  std::mutex told_mutex_;
  std::vector<std::string> told_;  ///< ids in the order in which they were recorded
  FactWriter::Listener listener_ = [this](const RecordedFacts& facts) {
    const std::scoped_lock lock(told_mutex_);
    for (const auto& sighting : facts.sightings) told_.push_back(sighting.id.str());
  };
};

TEST_F(FactWriterTest, WritesWhatItAccepts) {
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 500; ++i) writer.accept(numbered(i));
  writer.stop();
  EXPECT_EQ(recorded_ids(), expected_ids(500));
  EXPECT_EQ(told_, expected_ids(500));
  EXPECT_EQ(writer.counters().recorded, 500U);
  EXPECT_EQ(writer.counters().in_spool, 0U);
  for (const auto& item : writer.health()) EXPECT_TRUE(item.ok) << item.part << ": " << item.reason;
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/last_out.jpg"), "picture 499") << "flushed at the stop";
}

TEST_F(FactWriterTest, SurvivesOutagesInOrder) {
  {
    FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
    for (int i = 0; i < 2000; ++i) {
      if (i % 400 == 100) switched_.fail_with("the database is away");
      if (i % 400 == 300) {
        EXPECT_TRUE(eventually([&] { return writer.counters().in_spool > 0; })) << "the outage is noticed";
        switched_.mend();
      }
      writer.accept(numbered(i));
      if (i % 50 == 0) std::this_thread::sleep_for(3ms);
    }
    EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 2000; }));
    EXPECT_GT(writer.counters().spooled, 0U);
  }
  EXPECT_EQ(recorded_ids(), expected_ids(2000));
  EXPECT_EQ(told_, expected_ids(2000)) << "in order, each once";
  EXPECT_EQ(spool_->size(), 0U);
}

TEST_F(FactWriterTest, SaysThatTheDatabaseIsAwayAndSavesWhatItHas) {
  switched_.fail_with("the database is away");
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 100; ++i) writer.accept(numbered(i));
  EXPECT_TRUE(eventually([&] { return writer.counters().in_spool == 100; })) << "on disk while waiting";
  const auto health = writer.health();
  EXPECT_FALSE(health[0].ok);
  EXPECT_THAT(health[0].reason, HasSubstr("the database is away"));
  EXPECT_THAT(health[1].reason, HasSubstr("100 facts wait in the spool"));
  switched_.mend();
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 100; }));
  EXPECT_TRUE(eventually([&] { return writer.health()[0].ok && writer.health()[1].ok; }));
  EXPECT_EQ(told_, expected_ids(100));
}

TEST_F(FactWriterTest, WhatWasSpooledIsWrittenAtTheNextStart) {
  switched_.fail_with("the database is away");
  {
    FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
    for (int i = 0; i < 150; ++i) writer.accept(numbered(i));
  }
  EXPECT_EQ(spool_->size(), 150U);
  spool_.reset();
  spool_ = SpoolFolder::open(folder_).value();
  EXPECT_EQ(spool_->size(), 150U);
  switched_.mend();
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  writer.accept(numbered(150));
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 151; }));
  EXPECT_EQ(told_, expected_ids(151));
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/first_in.jpg"), "picture 0");
}

TEST_F(FactWriterTest, AFullQueueGoesToTheSpoolWithoutWaiting) {
  limits_.queue_facts = 50;
  switched_.block(true);
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 1000; ++i) writer.accept(numbered(i));  // would never return if it waited
  EXPECT_GE(writer.counters().spooled, 800U);
  switched_.block(false);
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 1000; }));
  EXPECT_EQ(told_, expected_ids(1000));
}

TEST_F(FactWriterTest, NothingOvertakesWhatWasSpilledWhileTheThreadLookedAway) {
  LateSpool late(*spool_);
  limits_.queue_facts = 3;
  FactWriter writer(recorder_, late, clock_, listener_, limits_);
  for (int i = 0; i < 50; ++i) {
    writer.accept(numbered(i));
    std::this_thread::sleep_for(2ms);
  }
  writer.stop();
  FactWriter rest(recorder_, *spool_, clock_, listener_, limits_);
  ASSERT_TRUE(eventually([&] { return recorded_ids().size() == 50; }));
  rest.stop();  // has told everything then
  EXPECT_EQ(told_, expected_ids(50));
}

TEST_F(FactWriterTest, QueuedPicturesAreBoundedByTheirBytes) {
  limits_.queue_bytes = 100'000;
  switched_.block(true);
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 100; ++i) {
    auto fact = numbered(i);
    fact.picture.assign(20'000, 7);
    writer.accept(std::move(fact));
  }
  EXPECT_LE(writer.counters().queued, 5U);
  switched_.block(false);
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 100; }));
}

TEST_F(FactWriterTest, ARefusedFactDoesNotStopTheOthers) {
  switched_.block(true);
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 10; ++i) {
    auto fact = numbered(i);
    if (i == 5) fact.sighting.id = SightingId();
    writer.accept(std::move(fact));
  }
  switched_.block(false);
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 9 && writer.counters().set_aside == 1; }));
  EXPECT_THAT(writer.health()[1].reason, HasSubstr("1 facts were refused"));
  EXPECT_TRUE(std::filesystem::file_size(folder_ / "set-aside.jsonl") > 0);
}

TEST_F(FactWriterTest, ManyThreadsMayAccept) {
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  {
    std::vector<std::jthread> cameras;
    for (int camera = 0; camera < 4; ++camera)
      cameras.emplace_back([&, camera] {
        for (int i = 0; i < 250; ++i) {
          if (i == 100) switched_.fail_with("away");
          if (i == 150) switched_.mend();
          writer.accept(numbered(i * 4 + camera));
          static_cast<void>(writer.health());
        }
      });
  }
  switched_.mend();
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 1000; }));
  EXPECT_EQ(recorded_ids(), expected_ids(1000));
}

TEST_F(FactWriterTest, EndsStaysByTheClock) {
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  writer.accept(numbered(0));
  ASSERT_TRUE(eventually([&] { return writer.counters().recorded == 1; }));
  clock_.set(morning + 61s);
  std::this_thread::sleep_for(400ms);
  EXPECT_EQ(database_->attendance().edges(morning, morning + 1h)->size(), 1U) << "a late sighting may be under way";
  clock_.set(morning + 65s);
  EXPECT_TRUE(eventually([&] { return database_->attendance().edges(morning, morning + 1h)->size() == 2; }));
  EXPECT_EQ(database_->attendance().edges(morning, morning + 1h)->at(1).at, morning + 60s);
}

TEST_F(FactWriterTest, NobodyLeavesWhileTheirSightingsWait) {
  switched_.fail_with("the database is away");
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 100; ++i) {
    auto fact = numbered(i);
    fact.sighting.at = morning + std::chrono::seconds(i * 30);
    writer.accept(std::move(fact));
  }
  clock_.set(morning + 2970s);
  switched_.mend();
  ASSERT_TRUE(eventually([&] { return writer.counters().recorded == 100; }));
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(database_->attendance().edges(morning, morning + 2h)->size(), 1U);
}

TEST_F(FactWriterTest, WithoutDatabaseAndSpoolFactsStayInMemory) {
  switched_.fail_with("the database is away");
  limits_.queue_facts = 10;
  std::filesystem::remove_all(folder_);  // the spool's folder is gone: nothing can be written there
  FactWriter writer(recorder_, *spool_, clock_, listener_, limits_);
  for (int i = 0; i < 100; ++i) writer.accept(numbered(i));
  // While a batch is being tried it is in hand, not in the queue; between two tries all of them are back.
  EXPECT_TRUE(eventually([&] { return writer.counters().queued == 100; }));
  EXPECT_TRUE(eventually([&] { return writer.counters().pictures_given_up > 0; }));
  EXPECT_TRUE(eventually([&] { return !writer.health()[1].ok; }));
  switched_.mend();
  EXPECT_TRUE(eventually([&] { return writer.counters().recorded == 100; }));
  EXPECT_EQ(writer.counters().lost, 0U);
}

}  // namespace
}  // namespace hadir
