#include "app/facts/camera_watch.hpp"

#include <gmock/gmock.h>

#include "app/facts/facts_fixture_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

/// One camera, in the state it is put into.
class OneCamera final : public LiveView {
 public:
  void set(CameraState state, Instant since) {
    const std::scoped_lock lock(mutex_);
    status_.state = state;
    status_.since = since;
  }
  std::vector<CameraId> cameras() const override { return {CameraId("CAM1")}; }
  std::optional<CameraStatus> status(const CameraId&) const override {
    const std::scoped_lock lock(mutex_);
    return status_;
  }
  std::shared_ptr<const LiveFrame> latest(const CameraId&) const override { return nullptr; }
  std::vector<StageCounters> counters() const override { return {}; }

 private:
  mutable std::mutex mutex_;
  CameraStatus status_;
};

/// A clock that may be set while another thread reads it.
class SettableClock final : public Clock {
 public:
  explicit SettableClock(Instant at) : at_(at) {}
  Instant now() const override { return at_.load(); }
  void set(Instant at) { at_ = at; }

 private:
  std::atomic<Instant> at_;
};

class CameraWatchTest : public FactsFixture {
 protected:
  /// The outages once there are so many and the last has an end or not as wanted; else after ten seconds whatever is.
  std::vector<CameraOutage> outages(std::size_t count, bool ended) {
    for (int i = 0; i < 200; ++i) {
      auto all = database_->rules().outages({}, {}).value();
      if (all.size() == count && (count == 0 || all.back().until.has_value() == ended)) return all;
      std::this_thread::sleep_for(50ms);
    }
    return database_->rules().outages({}, {}).value();
  }
};

TEST_F(CameraWatchTest, TellsWhenACameraGoesDarkAndComesBack) {
  FactRecorder recorder(*database_, pictures_, rules());
  OneCamera camera;
  SettableClock clock(morning + 9s);
  camera.set(CameraState::offline, morning);
  const CameraWatch watch(recorder, camera, clock);
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(database_->rules().outages({}, {})->empty()) << "it may only be connecting again";
  clock.set(morning + 11s);
  auto all = outages(1, false);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].from, morning);
  EXPECT_FALSE(all[0].until);
  camera.set(CameraState::online, morning + 60s);
  clock.set(morning + 61s);
  all = outages(1, true);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].until, morning + 60s);
  const auto notifications = database_->alerts().notifications(false, {}).value().rows;
  ASSERT_EQ(notifications.size(), 2U);
}

TEST_F(CameraWatchTest, AnOutageOfAnEarlierRunEnds) {
  ASSERT_TRUE(
      database_->rules().put(CameraOutage{.camera = CameraId("CAM1"), .from = morning - 1h, .until = std::nullopt}));
  FactRecorder recorder(*database_, pictures_, rules());
  OneCamera camera;
  const SettableClock clock(morning + 1s);
  camera.set(CameraState::online, morning);
  const CameraWatch watch(recorder, camera, clock);
  const auto all = outages(1, true);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].until, morning);
}

}  // namespace
}  // namespace hadir
