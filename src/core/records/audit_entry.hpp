#pragma once
#include <cstdint>
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

/// Whether the audit log is what was written. Each entry holds the hash of the one before it, so nothing can be
/// changed, put in between or taken out without all later hashes being wrong.
struct AuditChain {
  std::int64_t entries = 0;
  std::string head;  ///< hash of the newest one; kept elsewhere it proves all before it
  std::string
      broken;  ///< id of the first entry that is not what was written, or its number when it is gone; empty: none
  std::string reason;  ///< what is wrong with it
  bool is_whole() const { return broken.empty(); }
};

}  // namespace hadir
