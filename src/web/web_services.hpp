#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/access/access_control.hpp"
#include "app/cameras/camera_desk.hpp"
#include "app/facts/fact_feed.hpp"
#include "app/facts/fact_rules.hpp"
#include "app/people/face_desk.hpp"
#include "app/queries/attendance_list.hpp"
#include "app/schedule/schedule_desk.hpp"
#include "app/system/uptime.hpp"
#include "core/ports/backup_shelf.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace hadir {

/// A figure for /metrics that no part of LiveView has.
struct Measure {
  std::string name;  ///< "hadir_facts_recorded_total"
  std::string help;
  bool grows = false;  ///< a counter; otherwise a gauge
  double value = 0;
};

/// What the routes stand on; all of it safe from any thread and alive as long as the WebServer.
struct WebServices {
  Database& database;
  AccessControl& access;
  const LiveView& live;
  PictureStore& pictures;
  const JpegEncoder& jpeg;
  const Annotator& annotator;
  const Clock& clock;
  SiteDay site_day;
  FactRules rules{};          ///< what the settings say of attendance
  FaceDesk* faces = nullptr;  ///< nullptr: nobody is looked for here
  SiteSettings site;
  CameraDesk& cameras;
  ScheduleDesk& schedule;
  const Uptime& uptime;
  FactFeed& feed;                    ///< what was recorded, for live channels
  std::filesystem::path config_dir;  ///< holds config/parameter_config.json
  std::function<void()> shut_down;   ///< asks the program to end; returns at once
  std::function<std::vector<Measure>()> measures;
  std::function<std::vector<HealthItem>()> health;  ///< every part, well or not
  std::string models;                               ///< one line: the pack and what it runs on
  std::string version;
  BackupShelf* backups = nullptr;  ///< nullptr: none are kept
  /// Judges these days of everybody anew, as an exception of theirs changed, and tells what came of it.
  std::function<Status(const std::vector<LocalDay>&)> judge_again{};
};

}  // namespace hadir
