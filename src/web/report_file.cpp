#include "web/report_file.hpp"

#include <format>

#include "web/audit_note.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

std::string in_quotes(const std::string& text) {
  std::string made = "\"";
  for (const char c : text) made += c == '"' ? std::string("\"\"") : std::string(1, c);
  return made + '"';
}

/// Spreadsheets run a text that begins like this, whoever wrote it (CWE-1236).
bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string_view("=+-@\t\r\n").contains(text.front());
}

std::string field_of(const Json& value, const CsvColumn& column) {
  if (value.is_null()) return {};
  if (!value.is_string()) return value.dump();
  auto text = value.get<std::string>();
  if (column.is_time) {
    text.resize(std::string_view("2026-01-05T07:55:00").size());
    text[std::string_view("2026-01-05").size()] = ' ';
  }
  if (looks_like_formula(text)) text.insert(0, 1, '\'');
  return text.find_first_of(",\"\r\n") == std::string::npos ? text : in_quotes(text);
}

}  // namespace

ReportFormat report_format(QueryValues& in) {
  const auto format = in.text("format", {.most = 10});
  if (!format || *format == "json") return ReportFormat::json;
  if (*format == "csv") return ReportFormat::csv;
  in.fault("format", *format == "xlsx" ? "xlsx is not made as yet; csv is" : "must be json or csv");
  return ReportFormat::json;
}

std::string csv_of(const Json& rows, std::span<const CsvColumn> columns) {
  std::string csv = "\xEF\xBB\xBF";
  const auto line = [&](const auto& field) {
    for (std::size_t i = 0; i < columns.size(); ++i) csv += (i == 0 ? "" : ",") + field(columns[i]);
    csv += "\r\n";
  };
  line([](const CsvColumn& column) { return std::string(column.name); });
  for (const Json& row : rows)
    line([&](const CsvColumn& column) { return field_of(row.at(Json::json_pointer(column.place)), column); });
  return csv;
}

drogon::HttpResponsePtr csv_reply(const WebServices& services, const HttpCall& call, const std::string& report,
                                  const std::string& days, const Json& rows, std::span<const CsvColumn> columns) {
  const Json taken{{"query", call.request->query()}, {"rows", rows.size()}};
  if (auto noted = note(services, call, "report.export", report, taken); !noted) return error_reply(noted.error());
  auto response = drogon::HttpResponse::newHttpResponse();
  response->setContentTypeString("text/csv; charset=utf-8");
  response->addHeader("content-disposition", std::format("attachment; filename=\"{}_{}.csv\"", report, days));
  response->addHeader("cache-control", "no-store");
  response->setBody(csv_of(rows, columns));
  return response;
}

}  // namespace hadir
