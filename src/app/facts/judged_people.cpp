#include "app/facts/judged_people.hpp"

#include <algorithm>

namespace hadir {

Result<JudgedPerson> judged_person(Database& database, const Person& person) {
  const auto former = database.persons().former_standings(person.id);
  if (!former) return std::unexpected(former.error());
  return JudgedPerson::of(person, *former);
}

Result<std::vector<JudgedPerson>> judged_everybody(Database& database) {
  const auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  const auto all = database.persons().former_standings();
  if (!all) return std::unexpected(all.error());
  std::vector<JudgedPerson> judged;
  for (const auto& person : *people)
    judged.push_back(JudgedPerson::of(person, std::ranges::equal_range(*all, person.id, {}, &FormerStanding::person)));
  return judged;
}

}  // namespace hadir
