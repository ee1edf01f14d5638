#include "app/people/import_encodings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/people/encoding_exchange.hpp"
#include "store/secret_key.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Of a length that dlib's encodings have; different for each seed.
Embedding encoding_of(int seed, float length = 1.4F) {
  std::vector<float> values(exchanged_dimensions);
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = std::sin(static_cast<float>(seed) * 1.7F + static_cast<float>(i) * 0.37F);
    squares += double(values[i]) * values[i];
  }
  for (float& value : values) value *= length / static_cast<float>(std::sqrt(squares));
  return Embedding::raw(values).value();
}

class ImportEncodingsTest : public testing::Test {
 protected:
  EncodingImportReport import(const std::string& text, EncodingImportOptions options = {}) {
    std::istringstream file(text);
    auto report = import_encodings(file, *database_, model_, clock_, uuids_, options);
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : EncodingImportReport{};
  }
  std::string exported() {
    std::ostringstream file;
    const auto counts = export_encodings(file, *database_, model_, std::nullopt);
    EXPECT_TRUE(counts) << counts.error().message;
    return file.str();
  }
  static std::string line(const std::string& code, std::vector<Embedding> encodings) {
    Person person;
    person.employee_code = code;
    person.name = "Name of " + code;
    std::vector<FaceTemplate> faces(encodings.size());
    for (std::size_t i = 0; i < faces.size(); ++i) {
      faces[i].embedding = std::move(encodings[i]);
      faces[i].quality = 0.5F;
    }
    return line_of(person, faces) + "\n";
  }
  std::vector<FaceTemplate> templates_of(const std::string& code) {
    const auto person = database_->persons().find_by_code(code).value();
    return person ? database_->templates().of_person(person->id).value() : std::vector<FaceTemplate>{};
  }

  const ModelId model_{"dlib_face_recognition_resnet_model_v1", std::string(64, 'd')};
  std::unique_ptr<Database> database_ = open_sqlite(":memory:", SecretKey::random()).value();
  FixedClock clock_{Instant{std::chrono::seconds{1'800'000'000}}};
  SeededUuidSource uuids_{7};
};

TEST_F(ImportEncodingsTest, WhatIsExportedComesBackBitForBit) {
  const auto first = import(line("E1", {encoding_of(1), encoding_of(2)}) + "\n" + line("E2", {encoding_of(3)}));
  EXPECT_TRUE(first.written);
  EXPECT_EQ(first.added, 2U);
  EXPECT_EQ(first.encodings, 3U);
  ASSERT_THAT(first.lines, SizeIs(2));
  EXPECT_EQ(first.lines[1].line, 3U);  // the empty one counts
  const std::string file = exported();

  auto other = open_sqlite(":memory:", SecretKey::random()).value();
  std::swap(database_, other);
  EXPECT_EQ(import(file).added, 2U);
  EXPECT_EQ(exported(), file);
  const auto faces = templates_of("E1");
  ASSERT_THAT(faces, SizeIs(2));
  for (const int seed : {1, 2})
    EXPECT_TRUE(std::ranges::any_of(faces, [&](const FaceTemplate& face) {
      return std::ranges::equal(face.embedding.values(), encoding_of(seed).values());
    })) << seed;
  EXPECT_EQ(faces[0].model, model_);
  EXPECT_EQ(faces[0].source, "import");
  EXPECT_EQ(faces[0].photo, "");
  EXPECT_FLOAT_EQ(faces[0].quality, 0.5F);
}

TEST_F(ImportEncodingsTest, TheFormatIsOf1024LittleEndianBytesOrOfNumbers) {
  const auto embedding = encoding_of(4);
  const std::string bytes = bytes_of(embedding);
  ASSERT_EQ(bytes.size(), 1024U);
  double third = 0;
  std::memcpy(&third, bytes.data() + 2 * 8, 8);
  EXPECT_EQ(third, double(embedding.values()[2]));
  const auto back = embedding_from_bytes(bytes);
  ASSERT_TRUE(back);
  EXPECT_TRUE(std::ranges::equal(back->values(), embedding.values()));

  nlohmann::json numbers = nlohmann::json::array();
  for (const float value : embedding.values()) numbers.push_back(double(value));
  // The names of the documents this format comes from.
  const nlohmann::json person{
      {"id_number", "EMP7"},         {"first_name", "Ana"},
      {"last_name", "Putri"},        {"person_type", "contractor"},
      {"department", "Engineering"}, {"face_encodings", {{{"encoding_list", numbers}, {"confidence", 0.9}}}}};
  EXPECT_EQ(import(person.dump()).added, 1U);
  const auto stored = database_->persons().find_by_code("EMP7").value();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->name, "Ana Putri");
  EXPECT_EQ(stored->type, PersonType::contractor);
  EXPECT_TRUE(std::ranges::equal(templates_of("EMP7").front().embedding.values(), embedding.values()));
}

TEST_F(ImportEncodingsTest, WhoIsThereIsChangedByCodeAndNothingIsAddedTwice) {
  import(line("E1", {encoding_of(1)}));
  const auto id = database_->persons().find_by_code("E1").value()->id;
  clock_.set(clock_.now() + std::chrono::hours{1});
  const auto again = import(line("E1", {encoding_of(1)}));
  EXPECT_EQ(again.unchanged, 1U);
  EXPECT_EQ(again.encodings, 0U);
  EXPECT_LT(database_->persons().get(id)->updated_at, clock_.now());

  const auto more = import(line("E1", {encoding_of(1), encoding_of(5), encoding_of(5)}));
  EXPECT_EQ(more.changed, 1U);
  EXPECT_EQ(more.encodings, 1U);
  EXPECT_THAT(templates_of("E1"), SizeIs(2));
  EXPECT_EQ(database_->persons().get(id)->updated_at, clock_.now());  // for the running server to see

  // Fields that a line leaves out stay.
  EXPECT_EQ(import(R"({"employee_code": "E1", "name": "Ana", "email": "a@b.c"})").changed, 1U);
  EXPECT_EQ(import(R"({"employee_code": "E1", "name": "Ana Putri"})").changed, 1U);
  const auto person = database_->persons().get(id).value();
  EXPECT_EQ(person.name, "Ana Putri");
  EXPECT_EQ(person.email, "a@b.c");
  EXPECT_THAT(templates_of("E1"), SizeIs(2));
}

TEST_F(ImportEncodingsTest, EveryBadLineIsNamedAndNothingIsWritten) {
  const auto with = [](const std::string& encoding) {
    return R"({"employee_code": "E9", "name": "N", "face_encodings": [)" + encoding + "]}\n";
  };
  std::string huge = bytes_of(encoding_of(1));
  const double infinite = std::numeric_limits<double>::infinity();
  std::memcpy(huge.data(), &infinite, 8);
  EXPECT_THAT(embedding_from_bytes(huge).error().message, HasSubstr("not finite"));
  EXPECT_THAT(embedding_from_bytes(huge.substr(8)).error().message, HasSubstr("1016 bytes, not 1024"));

  const std::string file = line("E1", {encoding_of(1)}) +  //
                           "not json\n" +                  //
                           "[1, 2]\n" +                    //
                           R"({"name": "no code"})"
                           "\n" +  //
                           R"({"employee_code": "E3"})"
                           "\n" +                                  //
                           with(R"({"encoding": "????"})") +       //
                           with(R"({"encoding": "AAAA"})") +       //
                           with(R"({"encoding_list": [1, 2]})") +  //
                           with(R"({})") +                         //
                           with("7") +                             //
                           line("E4", {encoding_of(2, 1.0F)}) +    //
                           line("E5", {encoding_of(2, 9.0F)}) +    //
                           line("E1", {encoding_of(6)}) +          //
                           R"({"employee_code": "E6", "name": "N"})"
                           "\n" +
                           R"({"employee_code": "E7", "name": "a\u0007b"})"
                           "\n" +
                           R"({"employee_code": "E8", "name": "N", "person_type": "robot"})"
                           "\n";
  const auto report = import(file);
  EXPECT_FALSE(report.written);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.refused, 15U);
  std::vector<std::string> reasons;
  for (const auto& one : report.lines) reasons.push_back(one.reason);
  EXPECT_THAT(
      reasons,
      ElementsAre("", HasSubstr("not a JSON object"), HasSubstr("not a JSON object"), HasSubstr("employee_code"),
                  HasSubstr("name"), HasSubstr("not base64"), HasSubstr("3 bytes, not 1024"),
                  HasSubstr("2 numbers, not 128"), HasSubstr("neither encoding"), HasSubstr("not an object"),
                  HasSubstr("its length is 1;"), HasSubstr("its length is 9;"), HasSubstr("was on line 1 already"),
                  HasSubstr("without face_encodings"), HasSubstr("control character"), HasSubstr("robot")));
  EXPECT_THAT(database_->persons().list().value(), IsEmpty());

  const auto rest = import(file, {.dry_run = false, .skip_refused = true});
  EXPECT_TRUE(rest.written);
  EXPECT_THAT(database_->persons().list().value(), SizeIs(1));
}

TEST_F(ImportEncodingsTest, ADryRunSaysTheSameAndWritesNothing) {
  const std::string file = line("E1", {encoding_of(1)}) + line("E2", {encoding_of(2)});
  const auto dry = import(file, {.dry_run = true, .skip_refused = false});
  EXPECT_FALSE(dry.written);
  EXPECT_EQ(dry.added, 2U);
  EXPECT_THAT(database_->persons().list().value(), IsEmpty());
  const auto wet = import(file);
  EXPECT_EQ(wet.added, dry.added);
  EXPECT_EQ(wet.encodings, dry.encodings);
}

TEST_F(ImportEncodingsTest, OnePersonsEncodingsCanBeExportedAndOtherModelsAreLeftOut) {
  import(line("E1", {encoding_of(1)}) + line("E2", {encoding_of(2)}));
  std::ostringstream one;
  EXPECT_EQ(export_encodings(one, *database_, model_, "E2")->people, 1U);
  EXPECT_THAT(one.str(), HasSubstr("\"E2\""));
  EXPECT_EQ(export_encodings(one, *database_, model_, "E3").error().kind, ErrorKind::not_found);
  std::ostringstream none;
  EXPECT_EQ(export_encodings(none, *database_, ModelId{"other", "x"}, std::nullopt)->people, 0U);
  EXPECT_EQ(none.str(), "");
}

/// Sealed in the file as all templates are.
TEST_F(ImportEncodingsTest, NothingReadableLiesInTheDatabaseFile) {
  const auto folder = std::filesystem::temp_directory_path() / std::format("hadir-import-{}", getpid());
  std::filesystem::create_directories(folder);
  database_ = open_sqlite((folder / "hadir.db").string(), SecretKey::random()).value();
  const auto embedding = encoding_of(1);
  import(line("E1", {embedding}));
  database_.reset();
  std::string everything;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    everything += std::string(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_THAT(everything, HasSubstr("Name of E1"));
  const auto values = embedding.values();
  const std::string floats(reinterpret_cast<const char*>(values.data()), 16);
  EXPECT_EQ(everything.find(floats), std::string::npos);
  EXPECT_EQ(everything.find(bytes_of(embedding).substr(0, 16)), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace hadir
