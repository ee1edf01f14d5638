#include "core/attendance/presence.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

const PersonId ana("p1");
const CameraId door("CAM1");
const Instant start{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};

using Edge = std::pair<char, int>;  // 'E' enter or 'X' exit, second

std::vector<Edge> told(const std::vector<PresenceEdge>& edges) {
  std::vector<Edge> result;
  for (const auto& edge : edges)
    result.emplace_back(edge.kind == EdgeKind::enter ? 'E' : 'X', static_cast<int>((edge.at - start) / 1s));
  return result;
}

Millis minute(Instant) {
  return 60s;
}

struct Story {
  const char* name;
  std::vector<int> seconds;
  int now;
  std::vector<Edge> edges;
};

class PresenceStories : public testing::TestWithParam<Story> {};

TEST_P(PresenceStories, EndAsTold) {
  std::vector<Sighting> sightings;
  for (const int second : GetParam().seconds) {
    Sighting sighting;
    sighting.id = SightingId(std::to_string(sightings.size()));
    sighting.camera = door;
    sighting.person = ana;
    sighting.at = start + std::chrono::seconds(second);
    sightings.push_back(sighting);
  }
  EXPECT_EQ(told(edges_of(ana, sightings, minute, start + std::chrono::seconds(GetParam().now))), GetParam().edges);
}

INSTANTIATE_TEST_SUITE_P(All, PresenceStories,
                         testing::Values(Story{"nobody", {}, 900, {}}, Story{"enters", {0}, 0, {{'E', 0}}},
                                         Story{"stays", {0, 30, 90}, 100, {{'E', 0}}},
                                         Story{"stays_at_the_limit", {0, 60}, 120, {{'E', 0}}},
                                         Story{"leaves", {0, 10}, 71, {{'E', 0}, {'X', 70}}},
                                         Story{"returns", {0, 100}, 110, {{'E', 0}, {'X', 60}, {'E', 100}}},
                                         Story{"repeated", {0, 0, 5, 5}, 6, {{'E', 0}}},
                                         Story{"clock_steps_back", {100}, 20, {{'E', 100}}}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Presence, TheTimeoutIsThatOfTheLastSighting) {
  std::vector<Sighting> sightings(2);
  sightings[0].at = start;
  sightings[1].at = start + 100s;
  const auto timeout = [](Instant at) -> Millis { return at < start + 50s ? 200s : 10s; };
  EXPECT_EQ(told(edges_of(ana, sightings, timeout, start + 111s)), (std::vector<Edge>{{'E', 0}, {'X', 110}}));
}

struct Late {
  const char* name;
  int before;  // -1: none
  int added;
  int after;  // -1: none
  Afterwards afterwards;
  std::vector<Edge> removed;
  std::vector<Edge> edges;
};

class LateSightings : public testing::TestWithParam<Late> {};

TEST_P(LateSightings, ChangeTheEdgesAroundThem) {
  const auto seen = [](int second) -> std::optional<Seen> {
    if (second < 0) return std::nullopt;
    return Seen{.at = start + std::chrono::seconds(second), .camera = door};
  };
  const auto& late = GetParam();
  const auto change =
      edges_changed(ana, seen(late.before), *seen(late.added), seen(late.after), late.afterwards, minute);
  EXPECT_EQ(told(change.removed), late.removed);
  EXPECT_EQ(told(change.added), late.edges);
}

INSTANTIATE_TEST_SUITE_P(
    All, LateSightings,
    testing::Values(Late{"first_of_all", -1, 0, -1, Afterwards::nothing, {}, {{'E', 0}}},
                    Late{"goes_on", 0, 30, -1, Afterwards::nothing, {}, {}},
                    Late{"returns_unannounced", 0, 100, -1, Afterwards::nothing, {}, {{'X', 60}, {'E', 100}}},
                    Late{"returns", 0, 100, -1, Afterwards::exit_was_told, {}, {{'E', 100}}},
                    Late{"never_left", 0, 50, -1, Afterwards::exit_was_told, {{'X', 60}}, {}},
                    Late{"fills_an_absence", 0, 55, 110, Afterwards::more, {{'X', 60}, {'E', 110}}, {}},
                    Late{"left_later", 0, 50, -1, Afterwards::more, {{'X', 60}}, {{'X', 110}}},
                    Late{"came_earlier", -1, 50, 100, Afterwards::more, {{'E', 100}}, {{'E', 50}}},
                    Late{"was_there_between", -1, 500, -1, Afterwards::more, {}, {{'E', 500}, {'X', 560}}},
                    Late{"changes_nothing", 0, 20, 50, Afterwards::more, {}, {}}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Presence, EndsWithTimeAlone) {
  const Presence here{.person = ana,
                      .status = PresenceStatus::available,
                      .last_seen = start + 30s,
                      .camera = CameraId("CAM2"),
                      .changed_at = start};
  EXPECT_FALSE(presence_at(here, start + 90s, 60s));
  const auto left = presence_at(here, start + 5000s, 60s);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->edge.at, start + 90s);
  EXPECT_EQ(left->edge.camera, CameraId("CAM2"));
  EXPECT_EQ(left->presence.status, PresenceStatus::unavailable);
  EXPECT_FALSE(presence_at(left->presence, start + 9000s, 60s));
}

}  // namespace
}  // namespace hadir
