#include "web/report_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view mark = "\xEF\xBB\xBF";

std::string csv_of_text(const std::string& text) {
  static constexpr std::array columns{CsvColumn{"text", "/text"}};
  const auto csv = csv_of(Json::array({{{"text", text}}}), columns);
  const auto heading = std::string(mark) + "text\r\n";
  EXPECT_TRUE(csv.starts_with(heading)) << csv;
  EXPECT_TRUE(csv.ends_with("\r\n")) << csv;
  return csv.substr(heading.size(), csv.size() - heading.size() - 2);
}

TEST(ReportFile, QuotesWhatWouldBreakALine) {
  EXPECT_EQ(csv_of_text("Siti"), "Siti");
  EXPECT_EQ(csv_of_text(""), "");
  EXPECT_EQ(csv_of_text("Wijaya, Adi"), "\"Wijaya, Adi\"");
  EXPECT_EQ(csv_of_text("the \"old\" door"), "\"the \"\"old\"\" door\"");
  EXPECT_EQ(csv_of_text("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_of_text("Żółć; 'x'"), "Żółć; 'x'");
}

TEST(ReportFile, NoTextIsAFormula) {
  for (const char* text : {"=1+1", "+62 812", "-5", "@SUM(A1)", "\tx"})
    EXPECT_EQ(csv_of_text(text), std::string("'") + text) << text;
  EXPECT_EQ(csv_of_text("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(csv_of_text("\r\n=1"), "\"'\r\n=1\"");
  EXPECT_EQ(csv_of_text("a=1"), "a=1");
}

TEST(ReportFile, ValuesOtherThanTextsStandAsTheyAre) {
  const Json row{
      {"at", "2026-01-05T07:55:10.250+07:00"}, {"never", nullptr}, {"minutes", -5}, {"schedule", {{"paused", true}}}};
  static constexpr std::array columns{CsvColumn{"at", "/at", true}, CsvColumn{"never", "/never", true},
                                      CsvColumn{"minutes", "/minutes"}, CsvColumn{"paused", "/schedule/paused"}};
  EXPECT_EQ(csv_of(Json::array({row}), columns),
            std::string(mark) + "at,never,minutes,paused\r\n2026-01-05 07:55:10,,-5,true\r\n");
  EXPECT_EQ(csv_of(Json::array(), columns), std::string(mark) + "at,never,minutes,paused\r\n");
}

TEST(ReportFile, FormatsThatAreNotMadeAreRefused) {
  const auto of = [](std::string_view query) {
    QueryValues in(query);
    const auto format = report_format(in);
    return std::pair(format, in.reply() == nullptr);
  };
  EXPECT_EQ(of(""), std::pair(ReportFormat::json, true));
  EXPECT_EQ(of("format=json"), std::pair(ReportFormat::json, true));
  EXPECT_EQ(of("format=csv"), std::pair(ReportFormat::csv, true));
  EXPECT_FALSE(of("format=xlsx").second);
  EXPECT_FALSE(of("format=CSV").second);
}

}  // namespace
}  // namespace hadir
