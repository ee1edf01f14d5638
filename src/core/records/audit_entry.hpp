#pragma once
#include <string>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using AuditId = Id<struct AuditTag>;  ///< UUIDv7

/// Who did what, when. Never changed; no credentials in it.
struct AuditEntry {
  AuditId id;
  Instant at{};
  std::string actor;          ///< user name, "key payroll", or "hadir"
  std::string action;         ///< "attendance.correct", "person.remove", "user.login"
  std::string subject;        ///< id of what it was done to
  std::string detail = "{}";  ///< JSON: before and after where it matters
  std::string address;        ///< where the request came from, or empty
  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

}  // namespace hadir
