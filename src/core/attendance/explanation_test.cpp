#include "core/attendance/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/attendance/rules_test.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;

const LocalDay monday{std::chrono::year{2026} / 1 / 5};

std::vector<Sighting> seen(std::initializer_list<std::pair<const char*, float>> moments) {
  std::vector<Sighting> sightings;
  for (const auto& [at, confidence] : moments) {
    Sighting sighting;
    sighting.id = SightingId(std::string("s") + std::to_string(sightings.size() + 1));
    sighting.camera = CameraId("CAM1");
    sighting.person = PersonId("p1");
    sighting.at = local(at);
    sighting.confidence = confidence;
    sightings.push_back(sighting);
  }
  return sightings;
}

const ExplainedFigure& figure(const DayExplanation& explanation, const std::string& name) {
  for (const auto& one : explanation.figures)
    if (one.figure == name) return one;
  throw std::runtime_error("no figure " + name);
}

TEST(Explanation, NamesTheChainOfEachFigure) {
  const auto rules = Rulebook::from(office()).value();
  const auto sightings = seen({{"2026-01-05 07:50", 0.55F},
                               {"2026-01-05 08:20", 0.9F},
                               {"2026-01-05 09:30", 0.9F},
                               {"2026-01-05 17:01", 0.8F}});
  const auto now = local("2026-01-06 00:00");
  auto kept = judged_day(rules, ana(), monday, counted_day(rules, ana(), monday, sightings), now);
  const auto made = explain_day(rules, ana(), monday, sightings, kept, now);
  EXPECT_EQ(figure(made, "hours").value, "08:00-17:00");
  EXPECT_THAT(figure(made, "hours").because.text, HasSubstr("schedule since 2025-11-30T17:00:00.000Z"));
  EXPECT_EQ(figure(made, "first in").sightings, std::vector{SightingId("s2")});
  EXPECT_EQ(figure(made, "last out").sightings, std::vector{SightingId("s4")});
  EXPECT_EQ(figure(made, "duration").value, "521 min");
  EXPECT_EQ(figure(made, "status").value, "LATE");
  EXPECT_THAT(figure(made, "status").because.text, HasSubstr("first in at 08:20, after 08:15"));
  EXPECT_EQ(figure(made, "violation").value, "2026-01-05T08:01:00.000+07:00 to 2026-01-05T08:20:00.000+07:00");
  EXPECT_THAT(figure(made, "violation").because.text, HasSubstr("hours 08:00-17:00, lunch 12:00-13:00, mode AUTO"));
  EXPECT_EQ(figure(made, "recorded").value, "LATE AUTO");
  EXPECT_EQ(figure(made, "recorded").because.code, "as_judged");
  EXPECT_FALSE(made.differs);
  ASSERT_EQ(made.sightings.size(), 4U);
  EXPECT_EQ(made.sightings[0].decision.action, AutoAction::ignored);
  EXPECT_EQ(made.sightings[1].decision.action, AutoAction::check_in);
  EXPECT_EQ(made.sightings[3].decision.action, AutoAction::check_out);

  const auto text = text_of(made, "Ana", *std::chrono::locate_zone("Asia/Jakarta"));
  EXPECT_THAT(text, HasSubstr("Ana, 2026-01-05\n"));
  EXPECT_THAT(
      text, HasSubstr("2026-01-05T08:20:00.000+07:00  CAM1     0.90  check_in  s2  confidence 0.90; 08:20 is before"));
}

TEST(Explanation, ReasonsTellTheirValuesToPrograms) {
  const auto rules = Rulebook::from(office()).value();
  const auto sightings = seen({{"2026-01-05 08:20", 0.9F}, {"2026-01-05 17:01", 0.8F}});
  const auto made = explain_day(rules, ana(), monday, sightings, std::nullopt, local("2026-01-06 00:00"));
  const auto& late = figure(made, "status").because;
  EXPECT_EQ(late.code, "late");
  using Values = std::vector<std::pair<std::string, ReasonValue>>;
  EXPECT_EQ(late.values, (Values{{"time", "08:20"},
                                 {"limit", "08:15"},
                                 {"hour", "08:00"},
                                 {"grace_minutes", std::int64_t{15}},
                                 {"source", "schedule"},
                                 {"source_name", ""},
                                 {"source_since", "2025-11-30T17:00:00.000Z"}}));
  const auto& first = figure(made, "first in").because;
  EXPECT_EQ(first.code, "earliest_sighting");
  EXPECT_EQ(first.values, (Values{{"time", "2026-01-05T08:20:00.000+07:00"}, {"camera", "CAM1"}, {"confidence", 0.9}}));
  EXPECT_EQ(figure(made, "duration").because.values, (Values{{"minutes", std::int64_t{521}}}));
  EXPECT_EQ(figure(made, "recorded").because.code, "missing");
}

TEST(Explanation, SaysWhenTheRecordIsAnother) {
  const auto rules = Rulebook::from(office()).value();
  const auto sightings = seen({{"2026-01-05 08:00", 0.9F}, {"2026-01-05 17:01", 0.9F}});
  const auto now = local("2026-01-06 00:00");
  auto kept = judged_day(rules, ana(), monday, counted_day(rules, ana(), monday, sightings), now);
  kept->status = AttendanceStatus::late;
  EXPECT_TRUE(explain_day(rules, ana(), monday, sightings, kept, now).differs);
  kept->entry_type = EntryType::manual;
  kept->approved_by = "boss";
  const auto made = explain_day(rules, ana(), monday, sightings, kept, now);
  EXPECT_FALSE(made.differs);
  EXPECT_THAT(figure(made, "recorded").because.text, HasSubstr("approved by boss"));
  EXPECT_TRUE(explain_day(rules, ana(), monday, sightings, std::nullopt, now).differs);
}

TEST(Explanation, TellsOfADayWithoutAnybody) {
  const auto rules = Rulebook::from(office()).value();
  const auto made = explain_day(rules, ana(), monday, {}, std::nullopt, local("2026-01-05 10:00"));
  EXPECT_EQ(figure(made, "first in").value, "none");
  EXPECT_EQ(figure(made, "status").value, "none");
  EXPECT_FALSE(made.differs);
  const auto closed = explain_day(rules, ana(), monday, {}, std::nullopt, local("2026-01-06 10:00"));
  EXPECT_EQ(figure(closed, "status").value, "ABSENT");
}

}  // namespace
}  // namespace hadir
