#pragma once
#include <bitset>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace hadir {

/// What somebody may do. Every address of the API asks for one of these; what is asked for nowhere is allowed to
/// nobody.
enum class Permission {
  persons_read,        ///< see who is enrolled, and where they were seen
  persons_write,       ///< add, change, enrol and erase people
  faces_search,        ///< find people by a picture of their face
  attendance_read,     ///< days, first in and last out, with pictures
  attendance_write,    ///< enter and correct days
  attendance_approve,  ///< approve what others entered, decide what waits for review
  cameras_read,        ///< see cameras and what they show
  cameras_write,       ///< add, change, try and remove cameras
  schedule_write,      ///< change hours, mode and pause
  reports_read,        ///< reports, alerts and their export
  notifications_read,  ///< see notifications and mark them as read
  audit_read,          ///< who did what
  system_admin,        ///< parameters, users, roles, keys, restart, erasing logs
  metrics_read,        ///< the figures of /metrics
  self_read,           ///< one's own days, and no others
};
inline constexpr std::size_t permission_count = 15;

/// "persons:read". Never empty.
const char* to_text(Permission permission);
/// Nothing for a word that names none.
std::optional<Permission> parse_permission(std::string_view text);

class Permissions {
 public:
  Permissions() = default;
  Permissions(std::initializer_list<Permission> given) {
    for (const Permission permission : given) add(permission);
  }
  static Permissions all();
  void add(Permission permission) { bits_.set(static_cast<std::size_t>(permission)); }
  bool has(Permission permission) const { return bits_.test(static_cast<std::size_t>(permission)); }
  bool empty() const { return bits_.none(); }
  /// What both have.
  friend Permissions operator&(const Permissions& a, const Permissions& b) { return Permissions(a.bits_ & b.bits_); }
  friend Permissions operator|(const Permissions& a, const Permissions& b) { return Permissions(a.bits_ | b.bits_); }
  friend bool operator==(const Permissions&, const Permissions&) = default;

 private:
  explicit Permissions(const std::bitset<permission_count>& bits) : bits_(bits) {}
  std::bitset<permission_count> bits_;
};

/// A role that every installation has from the start.
struct BuiltInRole {
  std::string_view name;
  std::string_view description;
  Permissions permissions;
};

/// admin, hr, operator, viewer, self.
std::span<const BuiltInRole> built_in_roles();

}  // namespace hadir
