#pragma once
#include "core/ports/repositories.hpp"
#include "store/embedding_cipher.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

class Persons final : public PersonRepository {
 public:
  explicit Persons(Connections& connections) : connections_(connections) {}
  Status add(const Person& person) override;
  Status update(const Person& person) override;
  Result<std::vector<FormerStanding>> former_standings(const PersonId& person) const override;
  Result<std::vector<FormerStanding>> former_standings() const override;
  Status remove(const PersonId& id) override;
  Result<Person> get(const PersonId& id) const override;
  Result<std::optional<Person>> find_by_code(const std::string& employee_code) const override;
  Result<std::vector<Person>> list() const override;
  Result<Page<Person>> find(const PersonFilter& filter, const Paging& paging) const override;

 private:
  Connections& connections_;
};

class Templates final : public TemplateRepository {
 public:
  Templates(Connections& connections, const EmbeddingCipher& cipher) : connections_(connections), cipher_(cipher) {}
  Status add(std::span<const FaceTemplate> templates) override;
  Status remove(const TemplateId& id) override;
  Result<std::vector<FaceTemplate>> of_person(const PersonId& person) const override;
  Result<std::vector<FaceTemplate>> of_model(const ModelId& model) const override;
  Result<std::vector<Enrolment>> enrolments() const override;
  Status add_rejection(const Rejection& rejection) override;
  Result<std::vector<Rejection>> rejections(const ModelId& model) const override;

 private:
  Result<std::vector<FaceTemplate>> opened(Query& query) const;
  Connections& connections_;
  const EmbeddingCipher& cipher_;
};

class Cameras final : public CameraRepository {
 public:
  explicit Cameras(Connections& connections) : connections_(connections) {}
  Status put(const CameraRecord& camera) override;
  Status remove(const CameraId& id) override;
  Result<std::vector<CameraRecord>> list() const override;

 private:
  Connections& connections_;
};

class Sightings final : public SightingRepository {
 public:
  explicit Sightings(Connections& connections) : connections_(connections) {}
  Result<bool> add(const Sighting& sighting) override;
  Result<std::optional<Sighting>> sighting(const SightingId& id) const override;
  Status assign(const SightingId& id, const std::optional<PersonId>& person, float confidence) override;
  Result<std::vector<Sighting>> between(Instant from, Instant to, const std::optional<PersonId>& person) const override;
  Result<std::vector<Sighting>> newest(const SightingFilter& filter, int most) const override;
  Result<std::int64_t> remove_between(std::optional<Instant> from, std::optional<Instant> to) override;

 private:
  Connections& connections_;
};

class Attendance final : public AttendanceRepository {
 public:
  explicit Attendance(Connections& connections) : connections_(connections) {}
  Result<std::optional<Presence>> presence(const PersonId& person) const override;
  Result<std::vector<Presence>> all_presence() const override;
  Status put_presence(const Presence& presence) override;
  Status add_edge(const PresenceEdge& edge) override;
  Status remove_presence(const PersonId& person) override;
  Status remove_edge(const PresenceEdge& edge) override;
  Result<std::vector<PresenceEdge>> edges(Instant from, Instant to) const override;
  Result<std::vector<PresenceEdge>> edges_of(const PersonId& person, Instant from, Instant to) const override;
  Result<std::int64_t> remove_edges(std::optional<Instant> from, std::optional<Instant> to) override;
  Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) const override;
  Result<std::vector<AttendanceDay>> days(LocalDay from, LocalDay to) const override;
  Result<std::vector<AttendanceDay>> days_of(const PersonId& person, LocalDay from, LocalDay to) const override;
  Result<Page<AttendanceDay>> find_days(const DayFilter& filter, const Paging& paging) const override;
  Status put_day(const AttendanceDay& day) override;
  Status remove_day(const PersonId& person, LocalDay day) override;

 private:
  Connections& connections_;
};

}  // namespace hadir::sql
