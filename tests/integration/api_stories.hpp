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
  void corrections_story();
  void reviews_story();
  void exceptions_story();
  void figures_story();
  void import_story();
  void backups_story();

 private:
  void explanation_story(const std::string& dina);
  /// Midnight of a day from which on the office works 08:00 to 17:00, Monday to Friday.
  void begin_office_day(const std::string& day);
  /// As if the camera at the entrance had seen somebody.
  void see(const std::string& person, const std::string& time, float confidence, TrackId track);
  void pass_to(const std::string& time);
  void add_user(const std::string& name, UserChange given);
  /// A role that enters days and does not approve them.
  void add_clerk();
};

}  // namespace hadir
