#include <algorithm>
#include <charconv>
#include <format>

#include "store/sql/record_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

struct Table {
  const char* name;
  const char* column;     ///< the moment a row goes by
  const char* condition;  ///< further, or empty
};

Table table_of(KeptRows rows) {
  switch (rows) {
    case KeptRows::sightings:
      return {"sightings", "at", ""};
    case KeptRows::presence_edges:
      return {"presence_edges", "at", ""};
    case KeptRows::alert_logs:
      return {"alert_logs", "opened_at", ""};
    case KeptRows::notifications:
      return {"notifications", "created_at", ""};
    case KeptRows::outbox:
      return {"outbox", "created_at", "state <> 'PENDING'"};
  }
  return {"", "", ""};
}

Conditions conditions_of(const Table& table, const RemovedSpan& span) {
  Conditions conditions;
  conditions.add_if(std::format("{} >= ?", table.column), span.from)
      .add_if(std::format("{} < ?", table.column), span.to);
  if (table.condition[0] != '\0') conditions.add(table.condition);
  return conditions;
}

std::string note_name(KeptRows rows) {
  return std::format("removed {}", table_of(rows).name);
}

/// "-..1767571200000,1767600000000..1767700000000": milliseconds since 1970, "-" where there is no bound.
std::string text_of(const std::vector<RemovedSpan>& spans) {
  const auto bound = [](const std::optional<Instant>& at) {
    return at ? std::to_string(at->time_since_epoch().count()) : std::string("-");
  };
  std::string text;
  for (const auto& span : spans)
    text += std::format("{}{}..{}", text.empty() ? "" : ",", bound(span.from), bound(span.to));
  return text;
}

Result<std::vector<RemovedSpan>> spans_from(const std::string& text) {
  std::vector<RemovedSpan> spans;
  const auto bound = [](std::string_view part, std::optional<Instant>& at) {
    if (part == "-") return true;
    std::int64_t millis = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), millis);
    at = Instant{Millis{millis}};
    return error == std::errc{} && end == part.data() + part.size();
  };
  for (std::size_t from = 0; from < text.size();) {
    const auto to = std::min(text.find(',', from), text.size());
    const auto part = std::string_view(text).substr(from, to - from);
    const auto middle = part.find("..");
    RemovedSpan span;
    if (middle == std::string_view::npos || !bound(part.substr(0, middle), span.from) ||
        !bound(part.substr(middle + 2), span.to))
      return fail(ErrorKind::corrupted, "what was removed is not readable: " + text);
    spans.push_back(span);
    from = to + 1;
  }
  return spans;
}

/// By `from`, those that meet as one.
std::vector<RemovedSpan> joined(std::vector<RemovedSpan> spans) {
  std::ranges::sort(spans, {}, [](const RemovedSpan& span) { return span.from.value_or(Instant::min()); });
  std::vector<RemovedSpan> result;
  for (const auto& span : spans) {
    if (result.empty() || (result.back().to && span.from && *span.from > *result.back().to)) {
      result.push_back(span);
      continue;
    }
    auto& last = result.back();
    if (!span.to || (last.to && *span.to > *last.to)) last.to = last.to ? span.to : std::nullopt;
  }
  return result;
}

}  // namespace

Result<std::int64_t> KeptRecords::count(KeptRows rows, const RemovedSpan& span) const {
  const auto table = table_of(rows);
  const auto conditions = conditions_of(table, span);
  return connections_.read([&](Connection& connection) -> Result<std::int64_t> {
    auto query = connection.query(select_from(table.name, "count(*)", conditions.where()));
    conditions.bind(query);
    return query.step() ? query.integer(0) : 0;
  });
}

Result<std::int64_t> KeptRecords::remove(KeptRows rows, const RemovedSpan& span, int most) {
  const auto table = table_of(rows);
  const auto conditions = conditions_of(table, span);
  return connections_.write([&](Connection& connection) -> Result<std::int64_t> {
    auto query =
        connection.query(std::format("DELETE FROM {0} WHERE id IN (SELECT id FROM {0} {1} ORDER BY {2} LIMIT ?)",
                                     table.name, conditions.where(), table.column));
    conditions.bind(query);
    query.bind(most);
    return query.run();
  });
}

Status KeptRecords::note_removed(KeptRows rows, const RemovedSpan& span) {
  return connections_.write_all([&](Connection& connection) -> Status {
    std::vector<RemovedSpan> known;
    auto query = connection.query("SELECT value FROM database_info WHERE name = ?");
    query.bind(note_name(rows));
    if (query.step()) {
      const auto bytes = query.blob(0);
      auto spans = spans_from({bytes.begin(), bytes.end()});
      if (!spans) return std::unexpected(spans.error());
      known = std::move(*spans);
    }
    known.push_back(span);
    const auto text = text_of(joined(std::move(known)));
    auto put = connection.query(
        "INSERT INTO database_info (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value");
    put.bind(note_name(rows)).bind(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())).run();
    return {};
  });
}

Result<std::vector<RemovedSpan>> KeptRecords::removed(KeptRows rows) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<RemovedSpan>> {
    auto query = connection.query("SELECT value FROM database_info WHERE name = ?");
    query.bind(note_name(rows));
    if (!query.step()) return std::vector<RemovedSpan>{};
    const auto bytes = query.blob(0);
    return spans_from({bytes.begin(), bytes.end()});
  });
}

Result<std::vector<std::string>> KeptRecords::sighting_pictures(const RemovedSpan& span) const {
  auto conditions = conditions_of(table_of(KeptRows::sightings), span);
  conditions.add("picture <> ''");
  return connections_.read([&](Connection& connection) {
    auto query = connection.query(select_from("sightings", "picture", conditions.where()));
    conditions.bind(query);
    return rows_of(query, [](const Query& row) { return row.text(0); });
  });
}

Result<std::int64_t> KeptRecords::forget_sighting_pictures(const RemovedSpan& span, const std::string& folder,
                                                           int most) {
  const auto conditions = conditions_of(table_of(KeptRows::sightings), span);
  const auto begin = folder + "/";
  return connections_.write([&](Connection& connection) -> Result<std::int64_t> {
    auto query =
        connection.query(std::format("UPDATE sightings SET picture = '' WHERE id IN (SELECT id FROM sightings {}"
                                     "{} substr(picture, 1, ?) = ? ORDER BY at LIMIT ?)",
                                     conditions.where(), conditions.where().empty() ? "WHERE" : " AND"));
    conditions.bind(query);
    query.bind(static_cast<std::int64_t>(begin.size())).bind(begin).bind(most);
    return query.run();
  });
}

Result<std::int64_t> KeptRecords::forget_day_pictures(LocalDay day) {
  return change(connections_,
                "UPDATE attendances SET"
                " first_in_picture = CASE WHEN first_in_picture IS NULL THEN NULL ELSE '' END,"
                " last_out_picture = CASE WHEN last_out_picture IS NULL THEN NULL ELSE '' END"
                " WHERE day = ? AND (first_in_picture <> '' OR last_out_picture <> '')",
                day);
}

}  // namespace hadir::sql
