#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "app/facts/fact_recorder.hpp"
#include "app/memory_pictures.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {

/// Pictures in memory that can be told to fail.
class FailingPictures final : public MemoryPictures {
 public:
  Status put(const std::string& path, std::span<const std::uint8_t> bytes) override {
    {
      const std::scoped_lock lock(mutex_);
      if (!failure_.empty()) return fail(ErrorKind::unavailable, failure_);
      ++puts_;
    }
    return MemoryPictures::put(path, bytes);
  }

  void break_with(std::string failure) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(failure);
  }
  void mend() { break_with({}); }
  std::size_t puts() const {
    const std::scoped_lock lock(mutex_);
    return puts_;
  }

 private:
  mutable std::mutex mutex_;
  std::string failure_;
  std::size_t puts_ = 0;
};

/// A real SQLite database in memory, and a Monday morning in Jakarta.
class FactsFixture : public testing::Test {
 protected:
  FactsFixture() { reopen(); }

  void reopen() { database_ = open_sqlite(":memory:", SecretKey::random()).value(); }

  static FactRules rules() {
    FactRules rules;
    rules.site = std::chrono::locate_zone("Asia/Jakarta");
    return rules;
  }
  void add_person(const std::string& id, const std::string& code, const std::string& name) {
    Person person;
    person.id = PersonId(id);
    person.employee_code = code;
    person.name = name;
    ASSERT_TRUE(database_->persons().add(person));
  }
  SightingFact stranger(const std::string& id, Millis after, const std::string& picture) {
    SightingFact fact;
    fact.sighting.id = SightingId(id);
    fact.sighting.camera = CameraId("CAM1");
    fact.sighting.at = morning + after;
    fact.sighting.confidence = 0.9F;
    fact.picture = Bytes(picture.begin(), picture.end());
    return fact;
  }
  SightingFact known(const std::string& id, Millis after, const std::string& person, const std::string& picture) {
    auto fact = stranger(id, after, picture);
    fact.sighting.person = PersonId(person);
    return fact;
  }
  std::string picture(const std::string& path) const {
    const auto bytes = pictures_.get(path);
    return bytes ? std::string(bytes->begin(), bytes->end()) : bytes.error().message;
  }

  /// 07:55 in Jakarta.
  const Instant morning = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + std::chrono::minutes(55);
  const LocalDay monday{std::chrono::year{2026} / 1 / 5};
  std::unique_ptr<Database> database_;
  FailingPictures pictures_;
};

}  // namespace hadir
