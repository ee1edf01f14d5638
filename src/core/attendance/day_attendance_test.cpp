#include "core/attendance/day_attendance.hpp"

#include <format>
#include <random>

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

const PersonId ana("p1");
const LocalDay monday{std::chrono::year{2026} / 1 / 5};
const Instant morning = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + 8h;

Sighting seen(std::string id, int second, float confidence = 0.9F) {
  Sighting sighting;
  sighting.id = SightingId(std::move(id));
  sighting.camera = CameraId("CAM1");
  sighting.person = ana;
  sighting.confidence = confidence;
  sighting.at = morning + std::chrono::seconds(second);
  return sighting;
}

/// Adds one after the other as a recorder does, with the journal kept beside.
struct Recording {
  DayRules rules;
  std::optional<AttendanceDay> day;
  std::vector<Sighting> journal;

  DayVerdict add(const Sighting& sighting) {
    for (const auto& known : journal)
      if (known.id == sighting.id) return DayVerdict::unchanged;
    journal.push_back(sighting);
    auto step = add_sighting(day, monday, sighting, rules);
    if (step.verdict == DayVerdict::changed) day = step.day;
    if (step.verdict == DayVerdict::recount) day = attendance_of(ana, monday, journal, rules);
    return step.verdict;
  }
};

std::string text_of(const std::optional<AttendanceDay>& day) {
  if (!day) return "nothing";
  const auto mark = [](const std::optional<AttendanceMark>& m) {
    return m ? std::format("{}@{} {:.2f}", m->sighting.str(), (m->at - morning) / 1s, m->confidence) : std::string("-");
  };
  return mark(day->first_in) + " / " + mark(day->last_out);
}

struct Case {
  const char* name;
  DayRules rules;
  std::vector<Sighting> sightings;
  std::string expected;
};

class DayCases : public testing::TestWithParam<Case> {};

TEST_P(DayCases, WholeDayAndOneByOneAgree) {
  const auto& [name, rules, sightings, expected] = GetParam();
  EXPECT_EQ(text_of(attendance_of(ana, monday, sightings, rules)), expected);
  Recording recording{rules, {}, {}};
  for (const auto& sighting : sightings) recording.add(sighting);
  EXPECT_EQ(text_of(recording.day), expected);
}

const DayRules plain{};
const DayRules overwrite{.first_in_overwrite = true};
const DayRules banded{.bands = {}};

INSTANTIATE_TEST_SUITE_P(
    All, DayCases,
    testing::Values(
        Case{"nobody", plain, {}, "nothing"},
        Case{"one_sighting_is_no_last_out", plain, {seen("a", 0)}, "a@0 0.90 / -"},
        Case{"two", plain, {seen("a", 0), seen("b", 5)}, "a@0 0.90 / b@5 0.90"},
        Case{"the_latest", plain, {seen("a", 0), seen("b", 5), seen("c", 30000)}, "a@0 0.90 / c@30000 0.90"},
        Case{"an_earlier_one_comes_late", plain, {seen("b", 100), seen("a", 0)}, "a@0 0.90 / b@100 0.90"},
        Case{
            "one_between_changes_nothing", plain, {seen("a", 0), seen("c", 90), seen("b", 50)}, "a@0 0.90 / c@90 0.90"},
        Case{"the_same_twice", plain, {seen("a", 0), seen("a", 0)}, "a@0 0.90 / -"},
        Case{"two_cameras_at_the_same_moment", plain, {seen("b", 0), seen("a", 0)}, "a@0 0.90 / -"},
        Case{"a_surer_one_does_not_overwrite", plain, {seen("a", 0, 0.6F), seen("b", 5, 0.99F)}, "a@0 0.60 / b@5 0.99"},
        Case{"a_surer_one_overwrites_but_not_the_time",
             overwrite,
             {seen("a", 0, 0.6F), seen("b", 5, 0.99F), seen("c", 9, 0.8F)},
             "b@0 0.99 / c@9 0.80"},
        Case{"overwriting_has_an_end", overwrite, {seen("a", 0, 0.6F), seen("b", 61, 0.99F)}, "a@0 0.60 / b@61 0.99"},
        Case{"overwriting_moves_with_an_earlier_one",
             overwrite,
             {seen("b", 50, 0.7F), seen("c", 100, 0.9F), seen("a", 0, 0.6F)},
             "b@0 0.70 / c@100 0.90"},
        Case{"below_the_review_band_nothing_counts", banded, {seen("a", 0, 0.59F)}, "nothing"},
        Case{"the_review_band_counts_where_nothing_is_sure",
             banded,
             {seen("a", 0, 0.6F), seen("b", 9, 0.69F)},
             "a@0 0.60 / b@9 0.69"},
        Case{"sure_ones_go_first",
             banded,
             {seen("a", 0, 0.65F), seen("b", 9, 0.7F), seen("c", 30, 0.8F), seen("d", 60, 0.65F)},
             "b@9 0.70 / c@30 0.80"},
        Case{"a_sure_one_comes_late",
             banded,
             {seen("a", 0, 0.65F), seen("c", 30, 0.65F), seen("b", 9, 0.9F)},
             "b@9 0.90 / c@30 0.65"},
        Case{"a_last_out_to_review", banded, {seen("a", 0), seen("b", 9, 0.65F)}, "a@0 0.90 / b@9 0.65"},
        Case{"in_and_out_have_thresholds_of_their_own",
             DayRules{.bands = {.auto_check_in = 0.9, .auto_check_out = 0.5, .manual_review = 0.6}},
             {seen("a", 0, 0.55F), seen("b", 9, 0.95F), seen("c", 30, 0.5F)},
             "b@9 0.95 / c@30 0.50"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(DayAttendance, AnyOrderAndAnyRepetitionGiveTheSame) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    DayRules rules{
        .first_in_overwrite = round % 2 == 0,
        .bands = {.auto_check_in = 0.25 * (round % 3), .auto_check_out = 0.25 * (round % 5), .manual_review = 0.25}};
    if (round % 7 == 0)
      rules.bands_at = [](Instant at) {
        return ConfidenceBands{
            .auto_check_in = at < morning + 100s ? 0.5 : 0.75, .auto_check_out = 0.5, .manual_review = 0.25};
      };
    std::vector<Sighting> sightings;
    const auto count = 1 + random() % 12;
    for (std::size_t i = 0; i < count; ++i)
      sightings.push_back(
          seen(std::format("s{:02}", i), static_cast<int>(random() % 200), static_cast<float>(random() % 4) / 4));
    const auto whole = attendance_of(ana, monday, sightings, rules);
    auto shuffled = sightings;
    shuffled.insert(shuffled.end(), sightings.begin(), sightings.end());
    std::ranges::shuffle(shuffled, random);
    Recording recording{rules, {}, {}};
    for (const auto& sighting : shuffled) recording.add(sighting);
    ASSERT_EQ(text_of(recording.day), text_of(whole)) << "round " << round;
  }
}

TEST(DayAttendance, NobodyElsesSightingsCount) {
  auto other = seen("a", 0);
  other.person = PersonId("p2");
  auto stranger = seen("b", 5);
  stranger.person.reset();
  const std::vector sightings{other, stranger, seen("c", 9)};
  EXPECT_EQ(text_of(attendance_of(ana, monday, sightings, plain)), "c@9 0.90 / -");
}

TEST(DayAttendance, ManualIsNeverChanged) {
  AttendanceDay manual{.person = ana,
                       .day = monday,
                       .first_in = AttendanceMark{.at = morning + 1h, .camera = {}, .sighting = {}, .picture = {}},
                       .last_out = std::nullopt,
                       .entry_type = EntryType::manual,
                       .remarks = "forgot the badge"};
  for (const int second : {0, 3600, 9000}) {
    const auto step = add_sighting(manual, monday, seen("a", second), plain);
    EXPECT_EQ(step.verdict, DayVerdict::unchanged);
    EXPECT_EQ(step.day.first_in->at, morning + 1h);
    EXPECT_FALSE(step.day.last_out);
  }
}

TEST(DayAttendance, AnAbsenceNotedByAJobEndsWithASighting) {
  const AttendanceDay absent{.person = ana,
                             .day = monday,
                             .first_in = std::nullopt,
                             .last_out = std::nullopt,
                             .status = AttendanceStatus::absent,
                             .entry_type = EntryType::system,
                             .remarks = {}};
  const auto step = add_sighting(absent, monday, seen("a", 0), plain);
  EXPECT_EQ(step.verdict, DayVerdict::changed);
  EXPECT_EQ(step.day.status, AttendanceStatus::present);
  EXPECT_EQ(step.day.entry_type, EntryType::automatic);
}

}  // namespace
}  // namespace hadir
