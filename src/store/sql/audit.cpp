#include <sodium.h>

#include <array>
#include <format>

#include "store/sql/account_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto audit_columns = "id, at, actor, action, subject, detail, address";
constexpr std::int64_t verified_at_once = 1000;

AuditEntry entry_in(const Query& row) {
  return {.id = AuditId(row.text(0)),
          .at = row.instant(1),
          .actor = row.text(2),
          .action = row.text(3),
          .subject = row.text(4),
          .detail = row.text(5),
          .address = row.text(6)};
}

/// SHA-256 over the number, the hash before and every field, each with its length in front, so that no two different
/// entries are the same bytes.
std::string hash_of(std::int64_t number, const std::string& previous, const AuditEntry& entry) {
  std::string canonical;
  for (const std::string& field :
       {std::to_string(number), previous, entry.id.str(), std::to_string(entry.at.time_since_epoch().count()),
        entry.actor, entry.action, entry.subject, entry.detail, entry.address})
    canonical += std::format("{}:{}", field.size(), field);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(canonical.data()), canonical.size());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

struct Head {
  std::int64_t number = 0;
  std::string hash;
};

Head head_of(Connection& connection) {
  auto query = connection.query("SELECT number, hash FROM audit_head");
  if (!query.step()) return {.number = -1, .hash = {}};
  return {.number = query.integer(0), .hash = query.text(1)};
}

AuditChain broken_at(AuditChain chain, std::string where, std::string reason) {
  chain.broken = std::move(where);
  chain.reason = std::move(reason);
  return chain;
}

AuditChain audit_chain(Connection& connection) {
  AuditChain chain;
  for (bool more = true; more;) {
    auto query = connection.query(
        "SELECT id, at, actor, action, subject, detail, address, number, previous_hash, hash FROM audit_log"
        " WHERE number > ? ORDER BY number LIMIT ?");
    query.bind(chain.entries).bind(verified_at_once);
    std::int64_t rows = 0;
    for (; query.step(); ++rows) {
      const AuditEntry entry = entry_in(query);
      const std::int64_t number = chain.entries + 1;
      if (query.integer(7) != number)
        return broken_at(chain, std::format("number {}", number), "the entry of this number is gone");
      if (query.text(8) != chain.head) return broken_at(chain, entry.id.str(), "does not follow the entry before it");
      if (hash_of(number, chain.head, entry) != query.text(9))
        return broken_at(chain, entry.id.str(), "is not what was written");
      chain.entries = number;
      chain.head = query.text(9);
    }
    more = rows == verified_at_once;
  }
  const Head head = head_of(connection);
  if (head.number > chain.entries)
    return broken_at(chain, std::format("number {}", chain.entries + 1), "the newest entries are gone");
  if (head.number != chain.entries || head.hash != chain.head)
    return broken_at(chain, std::format("number {}", chain.entries), "the newest entry is not the one that was noted");
  return chain;
}

}  // namespace

Status Audit::add(const AuditEntry& entry) {
  // One transaction writes at a time on every database (see Connections), so the chain cannot fork.
  return connections_.write_all([&](Connection& connection) -> Status {
    const Head head = head_of(connection);
    if (head.number < 0) return fail(ErrorKind::corrupted, "the audit log has lost its head");
    const std::int64_t number = head.number + 1;
    const std::string hash = hash_of(number, head.hash, entry);
    auto query = connection.query(
        insert_into("audit_log", "id, at, actor, action, subject, detail, address, number, previous_hash, hash"));
    query.bind(entry.id).bind(entry.at).bind(entry.actor).bind(entry.action).bind(entry.subject).bind(entry.detail);
    query.bind(entry.address).bind(number).bind(head.hash).bind(hash).run();
    auto move = connection.query("UPDATE audit_head SET number = ?, hash = ?");
    move.bind(number).bind(hash).run();
    return {};
  });
}

Result<Page<AuditEntry>> Audit::find(const AuditFilter& filter, const Paging& paging) const {
  Conditions conditions;
  conditions.add_if("at >= ?", filter.from)
      .add_if("at < ?", filter.to)
      .add_if("actor = ?", filter.actor)
      .add_if("subject = ?", filter.subject)
      .add_if("action = ?", filter.action);
  return page_of(connections_, "audit_log", audit_columns, conditions, "at DESC, id DESC", paging, entry_in);
}

Result<AuditChain> Audit::verify() const {
  // In a writing transaction: between two of its questions nobody adds an entry.
  std::optional<AuditChain> chain;
  const auto done = connections_.write_all([&](Connection& connection) -> Status {
    connection.expect_long_work();
    chain = audit_chain(connection);
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return std::move(*chain);
}

}  // namespace hadir::sql
