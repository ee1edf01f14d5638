#include "server/housekeeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <format>
#include <thread>

#include "app/memory_pictures.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// Where the test turns the hands.
class TurnedClock final : public Clock {
 public:
  explicit TurnedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_.load(); }
  void set(Instant at) { at_ = at; }

 private:
  std::atomic<Instant> at_;
};

class HousekeeperTest : public testing::Test {
 protected:
  HousekeeperTest() {
    std::filesystem::create_directories(folder_);
    database_ = open_sqlite(file_.string(), SecretKey::random()).value();
    Person person;
    person.id = PersonId("p1");
    person.employee_code = "E1";
    person.name = "Ana";
    EXPECT_TRUE(database_->persons().add(person));
    rules_.calendar = {.zone = std::chrono::locate_zone("Asia/Jakarta"), .day_starts_at = 4h};
  }
  ~HousekeeperTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Housekeeper> start() {
    return std::make_unique<Housekeeper>(Housekeeper::Parts{.database = *database_,
                                                            .pictures = pictures_,
                                                            .archive = pictures_,
                                                            .upkeep = sqlite_upkeep(file_),
                                                            .facts_waiting = [] { return false; },
                                                            .tell =
                                                                [this](bool, const std::string& line) {
                                                                  const std::scoped_lock lock(mutex_);
                                                                  told_ += line + "\n";
                                                                }},
                                         rules_, clock_, 1ms);
  }
  static bool comes_to(const Housekeeper& keeper, int rounds) {
    for (int i = 0; i < 2000 && keeper.rounds() < rounds; ++i) std::this_thread::sleep_for(5ms);
    return keeper.rounds() == rounds;
  }
  void add_edge(Instant at) {
    ASSERT_TRUE(database_->attendance().add_edge(
        {.person = PersonId("p1"), .kind = EdgeKind::enter, .at = at, .camera = CameraId("CAM1")}));
  }
  std::size_t edges() { return database_->attendance().edges(begin_ - 99h, begin_ + 99h)->size(); }
  std::string told() {
    const std::scoped_lock lock(mutex_);
    return told_;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-housekeeper-{}", ::getpid());
  const std::filesystem::path file_ = folder_ / "hadir.db";
  /// Monday, 04:00 in Jakarta: the site's day begins.
  const Instant begin_ = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} - 3h;
  TurnedClock clock_{begin_ + 8h};
  HousekeepingRules rules_;
  std::unique_ptr<Database> database_;
  MemoryPictures pictures_;
  std::mutex mutex_;
  std::string told_;
};

TEST_F(HousekeeperTest, KeepsHouseAtTheStartAndWhenADayBegins) {
  add_edge(begin_ - 1h);
  add_edge(begin_ + 1h);
  const auto keeper = start();
  ASSERT_TRUE(comes_to(*keeper, 1));
  EXPECT_EQ(edges(), 1U);
  EXPECT_THAT(told(), HasSubstr("housekeeping: 1 events removed"));
  EXPECT_TRUE(keeper->health().ok);

  clock_.set(begin_ + 24h - 1ms);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(keeper->rounds(), 1) << "it is still Monday, by the cut-off";
  clock_.set(begin_ + 24h);
  ASSERT_TRUE(comes_to(*keeper, 2));
  EXPECT_EQ(edges(), 0U);
  clock_.set(begin_ + 20h);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(keeper->rounds(), 2) << "a clock that steps back begins no day";
  clock_.set(begin_ + 30h);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(keeper->rounds(), 2) << "nor does it begin the same one twice";
}

TEST_F(HousekeeperTest, ContradictionsAreToldAndShowInHealth) {
  AttendanceDay wrong{.person = PersonId("p1"),
                      .day = LocalDay{std::chrono::year{2026} / 1 / 5},
                      .first_in = AttendanceMark{.at = begin_ + 2h, .camera = {}, .sighting = {}, .picture = {}},
                      .last_out = AttendanceMark{.at = begin_ + 1h, .camera = {}, .sighting = {}, .picture = {}},
                      .remarks = {}};
  ASSERT_TRUE(database_->attendance().put_day(wrong));
  const auto keeper = start();
  ASSERT_TRUE(comes_to(*keeper, 1));
  EXPECT_TRUE(keeper->health().ok) << "a start is not held up by checks";
  clock_.set(begin_ + 24h);
  ASSERT_TRUE(comes_to(*keeper, 2));
  EXPECT_FALSE(keeper->health().ok);
  EXPECT_THAT(keeper->health().reason, HasSubstr("leaves before coming"));
  EXPECT_THAT(told(), HasSubstr("leaves before coming"));
}

}  // namespace
}  // namespace hadir
