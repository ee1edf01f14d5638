#pragma once
#include <unistd.h>

#include <filesystem>
#include <format>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ports/repositories.hpp"

namespace hadir {

/// A kind of database the contract is run on. `make` gives an empty, migrated one; each test gets its own.
struct DatabaseKind {
  std::string name;
  std::function<std::unique_ptr<Database>(const std::filesystem::path& folder)> make;
};

/// The kinds of this executable: one file of this folder for each product.
std::vector<DatabaseKind> database_kinds();

inline void PrintTo(const DatabaseKind& kind, std::ostream* out) {
  *out << kind.name;
}
inline std::string kind_name(const testing::TestParamInfo<DatabaseKind>& tested) {
  return tested.param.name;
}

/// A fresh database for each test, and rows to put in it.
class DatabaseContract : public testing::TestWithParam<DatabaseKind> {
 protected:
  static inline const Instant morning =
      Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + std::chrono::hours(8);
  static inline const LocalDay monday{std::chrono::year{2026} / 1 / 5};
  static inline const ModelId model{"mobileface", "abc"};

  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / std::format("hadir-contract-{}", ::getpid());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    database_ = GetParam().make(folder_);
  }
  void TearDown() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  Person person(const std::string& id, const std::string& name) {
    return {.id = PersonId(id),
            .employee_code = "code-" + id,
            .name = name,
            .first_name = "First",
            .last_name = "Last",
            .email = "a@example.org",
            .phone = "+62 1",
            .department = "Plant 2",
            .role = "welder",
            .organisation = "PT Satu",
            .type = PersonType::contractor,
            .status = PersonStatus::active,
            .metadata_json = R"({"shift":"night"})",
            .created_at = morning,
            .updated_at = morning + Millis(1)};
  }
  void add_person(const std::string& id, const std::string& name = "Somebody") {
    const auto added = database_->persons().add(person(id, name));
    ASSERT_TRUE(added) << added.error().message;
  }
  FaceTemplate face(const std::string& id, const std::string& of, std::vector<float> values) {
    return {.id = TemplateId(id),
            .person = PersonId(of),
            .model = model,
            .embedding = *Embedding::raw(values),
            .pose = "front",
            .quality = 0.75F,
            .source = "photo",
            .photo = "face_images/x/001.jpg",
            .created_at = morning};
  }
  Sighting sighting(const std::string& id, Millis after, const std::string& of = "") {
    Sighting seen;
    seen.id = SightingId(id);
    seen.camera = CameraId("CAM1");
    seen.track = 7;
    if (!of.empty()) seen.person = PersonId(of);
    seen.confidence = 0.9F;
    seen.similarity = 0.5F;
    seen.at = morning + after;
    seen.pts = Millis(1234);
    seen.box = {1, 2, 3, 4};
    seen.frame = {1280, 720};
    seen.liveness = 0.25F;
    seen.picture = "captures/x.jpg";
    return seen;
  }
  static std::vector<std::string> ids(const Result<std::vector<Sighting>>& sightings) {
    std::vector<std::string> all;
    for (const auto& seen : sightings.value()) all.push_back(seen.id.str());
    return all;
  }

  template <class Row>
  static std::vector<std::string> names(const std::vector<Row>& rows) {
    std::vector<std::string> all;
    for (const auto& row : rows) all.push_back(row.id.str());
    return all;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace hadir
