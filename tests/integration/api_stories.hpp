#pragma once
#include "integration/api_fixture.hpp"

namespace hadir {

/// What every database must make of the same requests. Each story brings its own people and can follow any other.
class ApiStories : public ApiTest {
 protected:
  void people_story();
  void refusals_story();
  void search_story();
  void attendance_story();
  void erasure_story();
  void hostile_story();
  void narrowing_story();
  void accounts_story();
  void cameras_story();
  void schedule_story();
  void notifications_story();
  void system_story();
  void reset_story();
  void live_story();
};

}  // namespace hadir
