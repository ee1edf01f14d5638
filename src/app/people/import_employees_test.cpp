#include "app/people/import_employees.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

class ImportEmployeesTest : public testing::Test {
 protected:
  ImportReport import(const EmployeeList& list, ImportMode mode = ImportMode::write) {
    const auto report = import_employees(*database_, list, clock_, uuids_, mode);
    if (!report) throw std::runtime_error(report.error().message);
    return *report;
  }
  Person person(const std::string& code) { return database_->persons().find_by_code(code).value().value(); }

  FixedClock clock_{Instant{100s}};
  SeededUuidSource uuids_{1};
  std::unique_ptr<Database> database_ = open_sqlite(":memory:", SecretKey::random()).value();
};

TEST_F(ImportEmployeesTest, JsonAddsAndThenChangesOnlyWhatItNames) {
  const auto first = read_employee_json(
      R"([{"nik": 1001, "nama": "Ana Wijaya", "departemen": "Plant 2", "jabatan": "Welder", "email": "ana@example.org"},
          {"employee_id": "E2", "first_name": "Budi", "last_name": "S", "person_type": "contractor"}])",
      "data-karyawan.json");
  ASSERT_TRUE(first) << first.error().message;
  auto report = import(*first);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(person("1001").name, "Ana Wijaya");
  EXPECT_EQ(person("1001").role, "Welder");
  EXPECT_EQ(person("E2").name, "Budi S");
  EXPECT_EQ(person("E2").type, PersonType::contractor);
  EXPECT_EQ(person("E2").created_at, Instant{100s});

  clock_.set(Instant{200s});
  report = import(*read_employee_json(R"({"employees": [{"employee_code": "1001", "department": "Office"},
                                                        {"employee_code": "E2", "first_name": "Budi"}]})",
                                      "x.json"));
  EXPECT_EQ(report.added, 0);
  EXPECT_EQ(report.changed, 1);
  EXPECT_EQ(report.unchanged, 1);
  EXPECT_EQ(person("1001").department, "Office");
  EXPECT_EQ(person("1001").email, "ana@example.org") << "what the file does not name stays";
  EXPECT_EQ(person("1001").updated_at, Instant{200s});
  EXPECT_EQ(person("E2").updated_at, Instant{100s});
}

TEST_F(ImportEmployeesTest, ADryRunSaysTheSameAndWritesNothing) {
  const auto list = read_employee_csv("nik,nama\n1,Ana\n2,\n", "x.csv").value();
  const auto told = import(list, ImportMode::dry_run);
  EXPECT_EQ(told.added, 1);
  ASSERT_EQ(told.problems.size(), 1U);
  EXPECT_TRUE(database_->persons().list()->empty());
  EXPECT_EQ(import(list).added, 1);
  EXPECT_EQ(import(list, ImportMode::dry_run).unchanged, 1);
}

TEST_F(ImportEmployeesTest, WrongRowsAreReportedByLineAndTheOthersTaken) {
  const auto list = read_employee_csv(
                        "\xEF\xBB\xBF"
                        "Employee ID;Name;E-Mail;email;Type;Status\r\n"
                        "E1;\"Ana; the \"\"first\"\"\";;ana@example.org;employee;active\r\n"
                        "E1;Ana again;;;;\r\n"
                        "\r\n"
                        ";Nobody;;;;\r\n"
                        "E3;Citra;;not an address;;\r\n"
                        "E4;Dewi;;;robot;\r\n"
                        "E5;\"two\nlines\";;;;gone\r\n"
                        "E6;short\r\n"
                        "E7;;;;;\r\n"
                        "E8;\xff;;;;\r\n"
                        "E9;Eka;;;;inactive",
                        "x.csv")
                        .value();
  EXPECT_THAT(list.ignored, ElementsAre("E-Mail"));
  const auto report = import(list);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(person("E1").name, "Ana; the \"first\"");
  EXPECT_EQ(person("E9").status, PersonStatus::inactive);
  std::vector<std::size_t> lines;
  for (const auto& problem : report.problems) lines.push_back(problem.line);
  EXPECT_THAT(lines, ElementsAre(3U, 5U, 6U, 7U, 8U, 10U, 11U, 12U));
  EXPECT_THAT(report.problems[0].text, HasSubstr("E1 is on line 2"));
  EXPECT_THAT(report.problems[3].text, HasSubstr("robot"));
  EXPECT_THAT(report.problems[5].text, HasSubstr("2 fields"));
  EXPECT_EQ(database_->persons().list()->size(), 2U);
}

TEST_F(ImportEmployeesTest, FilesThatCannotBeReadAtAllAreNamed) {
  EXPECT_EQ(read_employee_file("/nowhere/x.json").error().kind, ErrorKind::not_found);
  EXPECT_EQ(read_employee_file("/tmp").error().kind, ErrorKind::not_found);
  for (const char* text : {"[1", "{}", "7", R"({"a": [], "b": []})", R"([{"nik": 1e400}])"}) {
    const auto read = read_employee_json(text, "x.json");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(read.error().message, HasSubstr("x.json"));
  }
  EXPECT_EQ(read_employee_csv("name,email\nAna,x\n", "x.csv").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(read_employee_csv("nik\n\"1\n", "x.csv").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(read_employee_csv("", "x.csv").error().kind, ErrorKind::invalid_input);
  const auto odd = import(read_employee_json(R"([7, {"nik": true}])", "x.json").value());
  EXPECT_EQ(odd.problems.size(), 2U);
}

}  // namespace
}  // namespace hadir
