#include "store/sql/bulk.hpp"

#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr std::size_t rows_a_statement = 200;  ///< times 21 columns stays below every database's parameters

/// "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING".
std::string insert_many(std::string_view table, std::string_view columns, std::size_t rows) {
  std::string sql = insert_into(table, columns);
  const std::string row = sql.substr(sql.rfind('('));
  for (std::size_t i = 1; i < rows; ++i) sql += ", " + row;
  return sql + " ON CONFLICT DO NOTHING";
}

template <class Row>
Status add_rows(Connections& connections, std::string_view table, std::string_view columns, std::span<const Row> rows) {
  return connections.write_all([&](Connection& connection) -> Status {
    const auto add = [&](std::span<const Row> some) {
      auto query = connection.query(insert_many(table, columns, some.size()));
      for (const Row& row : some) bind_row(query, row);
      query.run();
    };
    while (rows.size() >= rows_a_statement) {
      add(rows.first(rows_a_statement));
      rows = rows.subspan(rows_a_statement);
    }
    for (const Row& row : rows) add(std::span(&row, 1));
    return {};
  });
}

}  // namespace

Status add_all(Connections& connections, std::span<const Sighting> sightings) {
  return add_rows(connections, "sightings", sighting_columns, sightings);
}
Status add_all(Connections& connections, std::span<const PresenceEdge> edges) {
  return add_rows(connections, "presence_edges", edge_columns, edges);
}
Status add_all(Connections& connections, std::span<const AttendanceDay> days) {
  return add_rows(connections, "attendances", day_columns, days);
}
Status add_all(Connections& connections, std::span<const Violation> violations) {
  return add_rows(connections, "alert_logs", violation_columns, violations);
}

}  // namespace hadir::sql
