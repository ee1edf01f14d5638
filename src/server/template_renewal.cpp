#include "server/template_renewal.hpp"

#include <spdlog/spdlog.h>

#include <set>

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
    spdlog::warn("{} people have no template for {} and are not recognised; enrol them again", outcome->without.size(),
                 pack.model().name);
  return outcome->added;
}

}  // namespace hadir
