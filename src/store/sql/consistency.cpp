#include "store/sql/consistency.hpp"

#include <format>

#include "store/sql/account_repositories.hpp"
#include "store/sql/migrating.hpp"

namespace hadir::sql {
namespace {

struct Rule {
  const char* table;
  const char* key;  ///< what names a row
  const char* broken;
  const char* text;
};

constexpr Rule rules[] = {
    {"persons", "employee_code", "type NOT IN ('employee', 'visitor', 'contractor')", "has an unknown type"},
    {"persons", "employee_code", "status NOT IN ('active', 'inactive', 'archived')", "has an unknown status"},
    {"attendances", "person_id", "last_out_at IS NOT NULL AND first_in_at IS NULL AND entry_type <> 'MANUAL'",
     "has a last out and no first in"},
    {"attendances", "person_id", "last_out_at < first_in_at", "leaves before coming"},
    {"attendances", "person_id",
     "status NOT IN ('PRESENT', 'ABSENT', 'LATE', 'LEFT_EARLY', 'ON_LEAVE', 'HOLIDAY', 'PENDING_REVIEW')",
     "has an unknown status"},
    {"attendances", "person_id", "entry_type NOT IN ('AUTO', 'MANUAL', 'SYSTEM')", "has an unknown entry type"},
    {"sightings", "id", "confidence < 0 OR confidence > 1", "has a confidence outside 0 to 1"},
    {"presence", "person_id", "status NOT IN ('AVAILABLE', 'UNAVAILABLE')", "has an unknown status"},
    {"presence_edges", "person_id", "kind NOT IN ('ENTER', 'EXIT')", "has an edge of an unknown kind"},
    {"alert_logs", "id", "resolved_at < opened_at", "is resolved before it is opened"},
    {"camera_outages", "camera_id", "until_at < from_at", "has an outage that ends before it begins"},
    {"face_templates", "id", "length(embedding) < 45", "holds no face"},
    {"outbox", "id", "state NOT IN ('PENDING', 'SENT', 'FAILED')", "has an unknown state"},
};

/// What the rules find.
Result<std::vector<Finding>> contradictions(Connections& connections) {
  return connections.read([](Connection& connection) -> Result<std::vector<Finding>> {
    std::vector<Finding> findings;
    for (const auto& rule : rules) {
      auto query = connection.query(
          std::format("SELECT {} FROM {} WHERE {} ORDER BY 1 LIMIT 20", rule.key, rule.table, rule.broken));
      while (query.step()) findings.push_back({rule.table, query.text(0) + " " + rule.text});
    }
    return findings;
  });
}

}  // namespace

Result<std::vector<Finding>> inconsistencies(Connections& connections) {
  auto findings = contradictions(connections);
  if (!findings) return findings;
  const auto chain = Audit(connections).verify();
  if (!chain) return std::unexpected(chain.error());
  if (!chain->is_whole()) findings->push_back({"audit_log", chain->broken + " " + chain->reason});
  return findings;
}

Result<std::vector<SchemaStep>> schema_steps(Connections& connections, std::span<const Migration> known) {
  const auto applied = applied_migrations(connections);
  if (!applied) return std::unexpected(applied.error());
  if (auto pending = pending_migrations(known, *applied, connections.name()); !pending)
    return std::unexpected(pending.error());
  std::vector<SchemaStep> steps;
  for (const auto& step : known) steps.push_back({step.number, std::string(step.name), steps.size() < applied->size()});
  return steps;
}

}  // namespace hadir::sql
