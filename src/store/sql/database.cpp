#include "store/sql/database.hpp"

#include <array>
#include <format>

#include "store/sql/migrating.hpp"
#include "store/sql/search_text.hpp"

namespace hadir::sql {

Status SqlDatabase::prepare() {
  if (auto migrated = migrate(*connections_, migrations_); !migrated) return migrated;
  if (auto filled = fill_search_texts(*connections_); !filled) return filled;
  return check_key();
}

/// A text sealed with the key that the database was made with: another key is noticed at start, not at the first face.
Status SqlDatabase::check_key() {
  return connections_->write_all([&](Connection& connection) -> Status {
    constexpr std::string_view owner = "hadir key check";
    auto query = connection.query("SELECT value FROM database_info WHERE name = 'key_check'");
    if (query.step()) {
      if (cipher_.open(query.blob(0), owner)) return {};
      return fail(ErrorKind::invalid_input,
                  std::format("{} was made with another key: put back the key file it was made with (HADIR_KEY_FILE)",
                              connections_->name()));
    }
    auto insert = connection.query("INSERT INTO database_info (name, value) VALUES ('key_check', ?)");
    insert.bind(cipher_.seal(*Embedding::raw(std::array{1.F}), owner)).run();
    return {};
  });
}

Status SqlDatabase::check() {
  if (auto there = connections_->still_there(); !there) return there;
  return connections_->write([](Connection& connection) -> Status {
    auto query = connection.query(
        "INSERT INTO database_info (name, value) VALUES ('write_check', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    query.bind(std::array<std::uint8_t, 1>{1}).run();
    return {};
  });
}

std::string SqlDatabase::describe() const {
  return std::format("{}, schema {}", connections_->title(), migrations_.size());
}

}  // namespace hadir::sql
