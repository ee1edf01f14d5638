#include "store/sql/statements.hpp"

#include <format>
#include <ranges>

namespace hadir::sql {
namespace {

std::vector<std::string> names_in(std::string_view columns) {
  std::vector<std::string> names;
  for (const auto part : std::views::split(columns, std::string_view(", ")))
    names.emplace_back(part.begin(), part.end());
  return names;
}

}  // namespace

std::string insert_into(std::string_view table, std::string_view columns) {
  std::string placeholders = "?";
  for (std::size_t i = 1; i < names_in(columns).size(); ++i) placeholders += ", ?";
  return std::format("INSERT INTO {} ({}) VALUES ({})", table, columns, placeholders);
}

std::string put_into(std::string_view table, std::string_view columns, std::string_view keys) {
  const auto key_names = names_in(keys);
  std::string changes;
  for (const auto& name : names_in(columns))
    if (std::ranges::find(key_names, name) == key_names.end())
      changes += std::format("{}{} = excluded.{}", changes.empty() ? "" : ", ", name, name);
  return std::format("{} ON CONFLICT ({}) DO UPDATE SET {}", insert_into(table, columns), keys, changes);
}

std::string update_in(std::string_view table, std::string_view columns, std::string_view key) {
  std::string changes;
  for (const auto& name : names_in(columns)) changes += std::format("{}{} = ?", changes.empty() ? "" : ", ", name);
  return std::format("UPDATE {} SET {} WHERE {} = ?", table, changes, key);
}

std::string select_from(std::string_view table, std::string_view columns, std::string_view rest) {
  return std::format("SELECT {} FROM {}{}{}", columns, table, rest.empty() ? "" : " ", rest);
}

std::string holding(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return pattern + "%";
}

Result<std::int64_t> remove_between(Connections& connections, std::string_view table, std::string_view column,
                                    std::optional<Instant> from, std::optional<Instant> to) {
  Conditions conditions;
  conditions.add_if(std::format("{} >= ?", column), from).add_if(std::format("{} < ?", column), to);
  return connections.write([&](Connection& connection) -> Result<std::int64_t> {
    auto query = connection.query(std::format("DELETE FROM {} {}", table, conditions.where()));
    conditions.bind(query);
    return query.run();
  });
}

}  // namespace hadir::sql
