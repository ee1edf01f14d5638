#include "core/access/permission.hpp"

#include <array>

#include "core/words.hpp"

namespace hadir {
namespace {

constexpr Words<Permission, permission_count> words{{{Permission::persons_read, "persons:read"},
                                                     {Permission::persons_write, "persons:write"},
                                                     {Permission::faces_search, "faces:search"},
                                                     {Permission::attendance_read, "attendance:read"},
                                                     {Permission::attendance_write, "attendance:write"},
                                                     {Permission::attendance_approve, "attendance:approve"},
                                                     {Permission::cameras_read, "cameras:read"},
                                                     {Permission::cameras_write, "cameras:write"},
                                                     {Permission::schedule_write, "schedule:write"},
                                                     {Permission::reports_read, "reports:read"},
                                                     {Permission::notifications_read, "notifications:read"},
                                                     {Permission::audit_read, "audit:read"},
                                                     {Permission::system_admin, "system:admin"},
                                                     {Permission::metrics_read, "metrics:read"},
                                                     {Permission::self_read, "self:read"}}};

}  // namespace

const char* to_text(Permission permission) {
  return word_of(words, permission);
}

std::optional<Permission> parse_permission(std::string_view text) {
  return value_of(words, text);
}

Permissions Permissions::all() {
  Permissions every;
  for (const auto& [permission, word] : words) every.add(permission);
  return every;
}

std::span<const BuiltInRole> built_in_roles() {
  using enum Permission;
  static const std::array<BuiltInRole, 5> roles{
      {{"admin", "may do everything", Permissions::all()},
       {"hr",
        "people and their attendance",
        {persons_read, persons_write, faces_search, attendance_read, attendance_write, attendance_approve, reports_read,
         notifications_read, self_read}},
       {"operator",
        "cameras, the schedule and what happens now",
        {persons_read, faces_search, attendance_read, cameras_read, cameras_write, schedule_write, reports_read,
         metrics_read, notifications_read, self_read}},
       {"viewer",
        "sees what happens and changes nothing",
        {persons_read, attendance_read, cameras_read, reports_read, notifications_read, self_read}},
       {"self", "their own days", {self_read}}}};
  return roles;
}

}  // namespace hadir
