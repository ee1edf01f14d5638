#include "core/attendance/presence.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

const PersonId ana("p1");
const CameraId door("CAM1");
const Instant start{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};

/// A step of a story: somebody is seen at, or the clock stands at, so many seconds.
struct Event {
  char kind;  // 's' sighting, 't' tick
  int second;
};

struct Story {
  const char* name;
  std::vector<Event> events;
  std::vector<std::pair<char, int>> edges;  // 'E' enter or 'X' exit, second
  char status;                              // 'A' or 'U'
  int changed_at;
};

class PresenceStories : public testing::TestWithParam<Story> {};

TEST_P(PresenceStories, EndAsTold) {
  std::optional<Presence> presence;
  std::vector<std::pair<char, int>> edges;
  for (const auto& [kind, second] : GetParam().events) {
    const Instant at = start + std::chrono::seconds(second);
    std::optional<PresenceStep> step;
    if (kind == 's')
      step = presence_after_sighting(presence, ana, door, at, 60s);
    else if (presence)
      step = presence_at(*presence, at, 60s);
    if (!step) continue;
    if (!step->changed) {
      EXPECT_TRUE(step->edges.empty());
    }
    presence = step->presence;
    for (const auto& edge : step->edges) {
      EXPECT_EQ(edge.person, ana);
      edges.emplace_back(edge.kind == EdgeKind::enter ? 'E' : 'X', static_cast<int>((edge.at - start) / 1s));
    }
  }
  ASSERT_TRUE(presence);
  EXPECT_EQ(edges, GetParam().edges);
  EXPECT_EQ(presence->status == PresenceStatus::available ? 'A' : 'U', GetParam().status);
  EXPECT_EQ((presence->changed_at - start) / 1s, GetParam().changed_at);
}

INSTANTIATE_TEST_SUITE_P(
    All, PresenceStories,
    testing::Values(
        Story{"enters", {{'s', 0}}, {{'E', 0}}, 'A', 0},
        Story{"stays", {{'s', 0}, {'s', 30}, {'s', 90}}, {{'E', 0}}, 'A', 0},
        Story{"stays_at_the_limit", {{'s', 0}, {'t', 60}, {'s', 60}}, {{'E', 0}}, 'A', 0},
        Story{"leaves", {{'s', 0}, {'s', 10}, {'t', 71}}, {{'E', 0}, {'X', 70}}, 'U', 70},
        Story{"exit_time_does_not_depend_on_the_tick", {{'s', 0}, {'t', 5000}}, {{'E', 0}, {'X', 60}}, 'U', 60},
        Story{"leaves_once", {{'s', 0}, {'t', 61}, {'t', 62}, {'t', 900}}, {{'E', 0}, {'X', 60}}, 'U', 60},
        Story{"returns", {{'s', 0}, {'t', 61}, {'s', 100}}, {{'E', 0}, {'X', 60}, {'E', 100}}, 'A', 100},
        Story{"returns_before_any_tick", {{'s', 0}, {'s', 100}}, {{'E', 0}, {'X', 60}, {'E', 100}}, 'A', 100},
        Story{"repeated", {{'s', 0}, {'s', 0}, {'s', 5}, {'s', 5}}, {{'E', 0}}, 'A', 0},
        Story{"out_of_order", {{'s', 0}, {'s', 20}, {'s', 10}, {'t', 81}}, {{'E', 0}, {'X', 80}}, 'U', 80},
        Story{"old_after_exit", {{'s', 50}, {'t', 111}, {'s', 40}}, {{'E', 50}, {'X', 110}}, 'U', 110},
        Story{"late_after_exit",
              {{'s', 0}, {'t', 61}, {'s', 30}, {'t', 91}},
              {{'E', 0}, {'X', 60}, {'E', 60}, {'X', 90}},
              'U',
              90},
        Story{"clock_steps_back", {{'s', 100}, {'t', 20}, {'s', 50}, {'t', 161}}, {{'E', 100}, {'X', 160}}, 'U', 160}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Presence, FollowsTheCamera) {
  auto step = presence_after_sighting(std::nullopt, ana, door, start, 60s);
  step = presence_after_sighting(step.presence, ana, CameraId("CAM2"), start + 5s, 60s);
  EXPECT_EQ(step.presence.camera, CameraId("CAM2"));
  const auto left = presence_at(step.presence, start + 100s, 60s);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->edges.at(0).camera, CameraId("CAM2"));
}

}  // namespace
}  // namespace hadir
