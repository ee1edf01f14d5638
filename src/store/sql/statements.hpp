#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/records/page.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

/// "INSERT INTO table (a, b) VALUES (?, ?)".
std::string insert_into(std::string_view table, std::string_view columns);
/// The same, replacing the other columns of the row with the same keys: "... ON CONFLICT (a) DO UPDATE SET b = ...".
std::string put_into(std::string_view table, std::string_view columns, std::string_view keys);
/// "UPDATE table SET a = ?, b = ? WHERE key = ?".
std::string update_in(std::string_view table, std::string_view columns, std::string_view key);
/// "SELECT columns FROM table rest".
std::string select_from(std::string_view table, std::string_view columns, std::string_view rest = {});
/// For LIKE ? ESCAPE '\': texts that hold `part`, in lower case.
std::string holding(std::string_view part);

/// The conditions of a WHERE that depends on what was asked for.
class Conditions {
 public:
  /// `text` has one placeholder, for `value`.
  template <class Value>
  Conditions& add(std::string_view text, const Value& value) {
    join(text);
    bound_.push_back([value](Query& query) { query.bind(value); });
    return *this;
  }
  template <class Value>
  Conditions& add_if(std::string_view text, const std::optional<Value>& value) {
    return value ? add(text, *value) : *this;
  }
  /// `text` has a placeholder for each of `values`.
  template <class Value>
  Conditions& add_all(std::string_view text, const std::vector<Value>& values) {
    join(text);
    bound_.push_back([values](Query& query) {
      for (const auto& value : values) query.bind(value);
    });
    return *this;
  }
  Conditions& add(std::string_view text) {
    join(text);
    return *this;
  }
  /// "WHERE a AND b", or nothing.
  const std::string& where() const { return where_; }
  void bind(Query& query) const {
    for (const auto& one : bound_) one(query);
  }

 private:
  void join(std::string_view text) {
    where_ += where_.empty() ? "WHERE " : " AND ";
    where_ += text;
  }
  std::string where_;
  std::vector<std::function<void(Query&)>> bound_;
};

template <class Row>
struct RowOf {
  using type = Row;
};
template <class Row>
struct RowOf<Result<Row>> {
  using type = Row;
};
/// What `Read`, a function from Query to a record or Result of one, makes.
template <class Read>
using Record = typename RowOf<std::remove_cvref_t<std::invoke_result_t<Read, const Query&>>>::type;

/// All rows of a query.
template <class Read>
Result<std::vector<Record<Read>>> rows_of(Query& query, Read&& read) {
  std::vector<Record<Read>> rows;
  while (query.step()) {
    Result<Record<Read>> row = read(query);
    if (!row) return std::unexpected(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

template <class Read, class... Bound>
Result<std::vector<Record<Read>>> list(Connections& connections, std::string_view sql, Read&& read,
                                       const Bound&... bound) {
  return connections.read([&](Connection& connection) {
    auto query = connection.query(sql);
    (query.bind(bound), ...);
    return rows_of(query, read);
  });
}

template <class Read, class... Bound>
Result<std::optional<Record<Read>>> first(Connections& connections, std::string_view sql, Read&& read,
                                          const Bound&... bound) {
  return connections.read([&](Connection& connection) -> Result<std::optional<Record<Read>>> {
    auto query = connection.query(sql);
    (query.bind(bound), ...);
    if (!query.step()) return std::nullopt;
    Result<Record<Read>> row = read(query);
    if (!row) return std::unexpected(row.error());
    return std::move(*row);
  });
}

/// Runs a statement that changes rows; how many.
template <class... Bound>
Result<std::int64_t> change(Connections& connections, std::string_view sql, const Bound&... bound) {
  return connections.write([&](Connection& connection) -> Result<std::int64_t> {
    auto query = connection.query(sql);
    (query.bind(bound), ...);
    return query.run();
  });
}
/// The same where the number does not matter.
template <class... Bound>
Status run(Connections& connections, std::string_view sql, const Bound&... bound) {
  const auto changed = change(connections, sql, bound...);
  return changed ? Status{} : std::unexpected(changed.error());
}
/// The same where a row must be there: else `not_found` with that message.
template <class... Bound>
Status run_on_one(Connections& connections, const std::string& missing, std::string_view sql, const Bound&... bound) {
  const auto changed = change(connections, sql, bound...);
  if (!changed) return std::unexpected(changed.error());
  return *changed > 0 ? Status{} : fail(ErrorKind::not_found, missing);
}

/// Runs a statement whose parameters `bind` binds.
template <class Bind>
Status run_bound(Connections& connections, std::string_view sql, Bind&& bind) {
  return connections.write([&](Connection& connection) -> Status {
    auto query = connection.query(sql);
    bind(query);
    query.run();
    return {};
  });
}

/// Removes the rows of a table whose `column` lies in [from, to); how many.
Result<std::int64_t> remove_between(Connections& connections, std::string_view table, std::string_view column,
                                    std::optional<Instant> from, std::optional<Instant> to);

/// One page of a table's rows, and how many there are.
template <class Read>
Result<Page<Record<Read>>> page_of(Connections& connections, std::string_view table, std::string_view columns,
                                   const Conditions& conditions, std::string_view order, const Paging& paging,
                                   Read&& read) {
  return connections.read([&](Connection& connection) -> Result<Page<Record<Read>>> {
    Page<Record<Read>> page;
    auto count = connection.query(select_from(table, "count(*)", conditions.where()));
    conditions.bind(count);
    if (count.step()) page.total = count.integer(0);
    auto query = connection.query(select_from(table, columns, conditions.where()) + " ORDER BY " + std::string(order) +
                                  " LIMIT ? OFFSET ?");
    conditions.bind(query);
    query.bind(std::max<std::int64_t>(paging.limit, 1)).bind(std::max<std::int64_t>(paging.offset, 0));
    auto rows = rows_of(query, read);
    if (!rows) return std::unexpected(rows.error());
    page.rows = std::move(*rows);
    return page;
  });
}

/// `corrupted`: a row holds a word nobody knows.
inline std::unexpected<Error> unreadable(std::string_view what, std::string_view id) {
  return fail(ErrorKind::corrupted, std::string(what) + " " + std::string(id) + " is not readable");
}

}  // namespace hadir::sql
