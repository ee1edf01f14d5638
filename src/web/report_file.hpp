#pragma once
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "web/query_values.hpp"
#include "web/web_services.hpp"

namespace hadir {

enum class ReportFormat { json = 1, csv };
/// `format` of the query; json when it is not given.
ReportFormat report_format(QueryValues& in);

/// As many rows as a file may have.
constexpr std::int64_t report_file_rows = 100'000;

struct CsvColumn {
  const char* name;
  const char* place;     ///< of the value in a row, as a JSON pointer (RFC 6901)
  bool is_time = false;  ///< written as "2026-01-05 07:55:00", which spreadsheets take for a time
};

/// The rows of a report as CSV (RFC 4180). Begins with a byte order mark, by which spreadsheets know UTF-8; a text they
/// would take for a formula gets an apostrophe in front.
std::string csv_of(const nlohmann::ordered_json& rows, std::span<const CsvColumn> columns);

/// The rows as a file to keep, after the audit log has noted who took it with which query. `report`: its name there and
/// in the file's name, before `days`; both of letters, digits, '-' and '_'.
drogon::HttpResponsePtr csv_reply(const WebServices& services, const HttpCall& call, const std::string& report,
                                  const std::string& days, const nlohmann::ordered_json& rows,
                                  std::span<const CsvColumn> columns);

}  // namespace hadir
