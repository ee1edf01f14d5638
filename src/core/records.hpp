#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/recognition/embedding.hpp"
#include "core/time.hpp"

namespace hadir {

enum class PersonType { employee = 1, visitor, contractor };
enum class PersonStatus { active = 1, inactive, archived };

struct Person {
  PersonId id;
  std::string employee_code;  ///< unique, not empty; also the folder name under attendance_captures/
  std::string name;           ///< shown everywhere; not empty
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string phone;
  std::string department;
  std::string role;
  std::string organisation;
  PersonType type = PersonType::employee;
  PersonStatus status = PersonStatus::active;
  std::string metadata_json = "{}";
  Instant created_at{};
  Instant updated_at{};
  std::string id_number{};  ///< of a document
  std::string id_type{};    ///< which document: "employee_id", "passport"
};

/// What judgements depend on of a person, as it was until it changed. (person, until) is unique.
struct FormerStanding {
  PersonId person;
  Instant until{};  ///< when it ended; it began when the one before it ended
  std::string department;
  PersonType type = PersonType::employee;
  PersonStatus status = PersonStatus::active;
  friend bool operator==(const FormerStanding&, const FormerStanding&) = default;
};

/// One enrolled face of a person by one model. The embedding is encrypted where it is stored.
struct FaceTemplate {
  TemplateId id;
  PersonId person;
  ModelId model;
  Embedding embedding;
  std::string pose;    ///< "front", "left", "right"
  float quality = 0;   ///< 0..1
  std::string source;  ///< "photo", "webcam", "import"
  std::string photo;   ///< path in the PictureStore of the photo it came from, kept so that packs can be switched
  Instant created_at{};
  bool is_primary = false;
};

/// "This face is not that person", said by an operator.
struct Rejection {
  PersonId person;
  ModelId model;
  Embedding embedding;
  Instant created_at{};
};

struct CameraRecord {
  CameraId id;
  std::string name;
  std::string url;         ///< may hold credentials: mask before printing
  std::string detect_url;  ///< optional sub-stream
  std::string location;
  bool enabled = true;
  std::string config_path;
};

enum class PresenceStatus { available = 1, unavailable };

struct Presence {
  PersonId person;
  PresenceStatus status = PresenceStatus::unavailable;
  Instant last_seen{};
  CameraId camera;       ///< of the last sighting
  Instant changed_at{};  ///< when the status last changed
};

enum class EdgeKind { enter = 1, exit };

/// A change of presence.
struct PresenceEdge {
  PersonId person;
  EdgeKind kind;
  Instant at;
  CameraId camera;
};

enum class AttendanceStatus { present = 1, absent, late, left_early, on_leave, holiday, pending_review };
enum class EntryType { automatic = 1, manual, system };

/// One end of a day: when, where, how surely, from which sighting, with which picture.
struct AttendanceMark {
  Instant at{};
  CameraId camera;
  float confidence = 0;
  SightingId sighting;
  std::string picture;
  std::string source = "auto";  ///< "auto", "manual", "detection"
};

/// One person, one working day of the site.
struct AttendanceDay {
  PersonId person;
  LocalDay day{};
  std::optional<AttendanceMark> first_in;
  std::optional<AttendanceMark> last_out;
  AttendanceStatus status = AttendanceStatus::present;
  EntryType entry_type = EntryType::automatic;  ///< a manual one is never changed by the machine
  std::string remarks;
  std::string approved_by{};  ///< user who approved a manual or reviewed entry
  std::optional<Instant> approved_at{};
  Instant created_at{};
  Instant updated_at{};
  /// last_out - first_in in whole minutes, or nothing while either is missing.
  std::optional<std::chrono::minutes> duration() const {
    if (!first_in || !last_out) return std::nullopt;
    return std::chrono::floor<std::chrono::minutes>(last_out->at - first_in->at);
  }
};

/// The words the outside world sees: "AVAILABLE", "PRESENT", "AUTO", "employee", ...
const char* to_text(PersonType);
const char* to_text(PersonStatus);
const char* to_text(PresenceStatus);
const char* to_text(EdgeKind);
const char* to_text(AttendanceStatus);
const char* to_text(EntryType);
/// The reverse; nothing for another word.
std::optional<PersonType> person_type_from(std::string_view text);
std::optional<PersonStatus> person_status_from(std::string_view text);
std::optional<PresenceStatus> presence_status_from(std::string_view text);
std::optional<AttendanceStatus> attendance_status_from(std::string_view text);
std::optional<EntryType> entry_type_from(std::string_view text);

}  // namespace hadir
