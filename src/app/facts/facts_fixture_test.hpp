#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "app/facts/fact_recorder.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {

/// Pictures in memory that can be told to fail.
class MemoryPictures final : public PictureStore {
 public:
  Status put(const std::string& path, std::span<const std::uint8_t> bytes) override {
    const std::scoped_lock lock(mutex_);
    if (!failure_.empty()) return fail(ErrorKind::unavailable, failure_);
    ++puts_;
    pictures_[path] = Bytes(bytes.begin(), bytes.end());
    return {};
  }
  Result<Bytes> get(const std::string& path) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = pictures_.find(path);
    if (found == pictures_.end()) return fail(ErrorKind::not_found, "no picture " + path);
    return found->second;
  }
  Status remove(const std::string& path) override {
    const std::scoped_lock lock(mutex_);
    if (pictures_.erase(path) == 0) return fail(ErrorKind::not_found, "no picture " + path);
    return {};
  }

  void break_with(std::string failure) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(failure);
  }
  void mend() { break_with({}); }
  void clear() {
    const std::scoped_lock lock(mutex_);
    pictures_.clear();
  }
  std::size_t puts() const {
    const std::scoped_lock lock(mutex_);
    return puts_;
  }
  std::set<std::string> files() const {
    const std::scoped_lock lock(mutex_);
    std::set<std::string> all;
    for (const auto& [path, bytes] : pictures_) all.insert(path);
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Bytes> pictures_;
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
  MemoryPictures pictures_;
};

}  // namespace hadir
