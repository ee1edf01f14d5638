#include "core/records.hpp"
#include "core/words.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace hadir {
namespace {

constexpr Words<PersonType, 3> person_types{
    {{PersonType::employee, "employee"}, {PersonType::visitor, "visitor"}, {PersonType::contractor, "contractor"}}};
constexpr Words<PersonStatus, 3> person_statuses{
    {{PersonStatus::active, "active"}, {PersonStatus::inactive, "inactive"}, {PersonStatus::archived, "archived"}}};
constexpr Words<PresenceStatus, 2> presence_statuses{
    {{PresenceStatus::available, "AVAILABLE"}, {PresenceStatus::unavailable, "UNAVAILABLE"}}};
constexpr Words<EdgeKind, 2> edge_kinds{{{EdgeKind::enter, "ENTER"}, {EdgeKind::exit, "EXIT"}}};
constexpr Words<AttendanceStatus, 7> attendance_statuses{{{AttendanceStatus::present, "PRESENT"},
                                                          {AttendanceStatus::absent, "ABSENT"},
                                                          {AttendanceStatus::late, "LATE"},
                                                          {AttendanceStatus::left_early, "LEFT_EARLY"},
                                                          {AttendanceStatus::on_leave, "ON_LEAVE"},
                                                          {AttendanceStatus::holiday, "HOLIDAY"},
                                                          {AttendanceStatus::pending_review, "PENDING_REVIEW"}}};
constexpr Words<EntryType, 3> entry_types{
    {{EntryType::automatic, "AUTO"}, {EntryType::manual, "MANUAL"}, {EntryType::system, "SYSTEM"}}};

}  // namespace

const char* to_text(PersonType value) {
  return word_of(person_types, value);
}
const char* to_text(PersonStatus value) {
  return word_of(person_statuses, value);
}
const char* to_text(PresenceStatus value) {
  return word_of(presence_statuses, value);
}
const char* to_text(EdgeKind value) {
  return word_of(edge_kinds, value);
}
const char* to_text(AttendanceStatus value) {
  return word_of(attendance_statuses, value);
}
const char* to_text(EntryType value) {
  return word_of(entry_types, value);
}

std::optional<PersonType> person_type_from(std::string_view text) {
  return value_of(person_types, text);
}
std::optional<PersonStatus> person_status_from(std::string_view text) {
  return value_of(person_statuses, text);
}
std::optional<PresenceStatus> presence_status_from(std::string_view text) {
  return value_of(presence_statuses, text);
}
std::optional<AttendanceStatus> attendance_status_from(std::string_view text) {
  return value_of(attendance_statuses, text);
}
std::optional<EntryType> entry_type_from(std::string_view text) {
  return value_of(entry_types, text);
}

}  // namespace hadir
