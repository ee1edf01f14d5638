#include "server/template_renewal.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <format>
#include <set>
#include <span>

#include "app/people/re_embed.hpp"
#include "media/photo_reader.hpp"

namespace hadir {
namespace {

Result<bool> somebody_lacks_a_template(Database& database, const ModelId& model) {
  const auto templates = database.templates().of_model(model);
  if (!templates) return std::unexpected(templates.error());
  std::set<PersonId> have;
  for (const auto& one : *templates) have.insert(one.person);
  const auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  return std::ranges::any_of(*people, [&](const Person& person) {
    return person.status == PersonStatus::active && !have.contains(person.id);
  });
}

/// "Ana (E0001), Budi (E0002) and 3 more".
std::string names_of(Database& database, std::span<const PersonId> people) {
  constexpr std::size_t most = 20;
  std::string names;
  for (const PersonId& id : people.first(std::min(people.size(), most)))
    if (const auto person = database.persons().get(id))
      names += std::format("{}{} ({})", names.empty() ? "" : ", ", person->name, person->employee_code);
  return people.size() > most ? std::format("{} and {} more", names, people.size() - most) : names;
}

}  // namespace

Result<std::size_t> renew_templates(DataFolder& data, FaceModelFactory& pack, const Clock& clock) {
  const auto needed = somebody_lacks_a_template(*data.database, pack.model());
  if (!needed) return std::unexpected(needed.error());
  if (!*needed) return 0;
  auto models = pack.make();
  if (!models) return std::unexpected(models.error());
  RandomUuidSource uuids;
  const auto reader = make_photo_reader();
  const auto outcome = re_embed_all(*data.database, *data.pictures, *reader, *models, clock, uuids, {});
  if (!outcome) return std::unexpected(outcome.error());
  if (outcome->added > 0)
    spdlog::info("{} templates for {} were made from the kept photos", outcome->added, pack.model().name);
  for (const auto& refusal : outcome->failed)
    spdlog::warn("a kept photo gives no template for {}: {}: {}", pack.model().name, refusal.photo, refusal.reason);
  if (!outcome->without.empty())
    spdlog::warn(
        "{} people have no template for {} and no usable photo, so they are not recognised; enrol them again: {}",
        outcome->without.size(), pack.model().name, names_of(*data.database, outcome->without));
  return outcome->added;
}

}  // namespace hadir
