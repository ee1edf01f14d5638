#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/access/access_control.hpp"
#include "app/facts/fact_rules.hpp"
#include "app/people/face_desk.hpp"
#include "app/queries/attendance_list.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace hadir {

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
  std::vector<CameraSettings> cameras;              ///< all configured ones, disabled ones too
  std::function<std::vector<HealthItem>()> health;  ///< every part, well or not
  std::string models;                               ///< one line: the pack and what it runs on
  std::string version;
};

}  // namespace hadir
