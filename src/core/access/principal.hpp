#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/access/permission.hpp"
#include "core/ids.hpp"
#include "core/records/login.hpp"

namespace hadir {

/// Who makes a request, and what they may do and see.
struct Principal {
  UserId user;       ///< whose permissions these are
  std::string name;  ///< for the audit log: "siti", "key payroll"
  Permissions permissions;
  std::vector<CameraId> cameras;         ///< only these; empty: all
  std::vector<std::string> departments;  ///< only their people; empty: all
  std::optional<PersonId> person;        ///< the person this user is, for self_read
  SessionId session = {};                ///< by which they are signed in; empty: by an API key, or not at all

  bool may(Permission permission) const { return permissions.has(permission); }
  bool sees(const CameraId& camera) const { return cameras.empty() || std::ranges::contains(cameras, camera); }
  bool sees_department(const std::string& department) const {
    return departments.empty() || std::ranges::contains(departments, department);
  }
};

}  // namespace hadir
