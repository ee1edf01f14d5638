#pragma once
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/facts/fact_recorder.hpp"
#include "app/queries/person_statistics.hpp"
#include "web/web_services.hpp"

namespace hadir {

using AttendanceJson = nlohmann::ordered_json;

/// What a client wants to hear.
struct AttendanceWish {
  std::optional<PersonId> person;  ///< nothing: everybody they may hear of
  double min_confidence = 0;       ///< of events
  std::string last_event_id;       ///< what they heard last; empty: nothing is to be told again
};

/// The texts of the attendance channel (docs/live.md).
class AttendanceWords {
 public:
  explicit AttendanceWords(const WebServices& services) : services_(services) {}

  AttendanceJson established(const std::string& client_id, const AttendanceWish& wish,
                             const std::string& last_id) const;
  AttendanceJson subscribed(const AttendanceWish& wish, const std::string& last_id) const;
  AttendanceJson initial_status(const PersonId& person, const PersonState& state) const;
  /// "check_in" or "check_out" of a day that has it.
  AttendanceJson event(const std::string& id, const Person& person, const AttendanceDay& day, bool is_check_in) const;
  AttendanceJson status(const std::string& id, const Person& person, const PersonState& state) const;
  AttendanceJson ping() const;
  static AttendanceJson resumed(const std::string& asked, std::size_t told, const std::string& gap);
  static AttendanceJson error(const std::string& message);

 private:
  AttendanceJson now() const;
  AttendanceJson time_or_null(const std::optional<Instant>& at) const;
  void put_state(AttendanceJson& json, const PersonState& state) const;

  const WebServices& services_;
};

std::shared_ptr<const std::string> text_of(const AttendanceJson& json);

}  // namespace hadir
