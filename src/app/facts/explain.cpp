#include "app/facts/explain.hpp"

#include <algorithm>
#include <format>
#include <tuple>

#include "app/facts/judged_people.hpp"

namespace hadir {
namespace {

Result<Person> find_person(Database& database, const std::string& who) {
  auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  for (const auto& person : *people)
    if (person.employee_code == who || person.id.str() == who) return person;
  const auto named = [&](const Person& person) { return person.name == who; };
  const auto count = std::ranges::count_if(*people, named);
  if (count == 1) return *std::ranges::find_if(*people, named);
  if (count > 1)
    return fail(ErrorKind::invalid_input, std::format("{} people are called {}: give the employee code", count, who));
  return fail(ErrorKind::not_found, std::format("nobody has the employee code, id or name {}", who));
}

}  // namespace

Result<PersonExplanation> explain_person_day(Database& database, const FactRules& settings, const std::string& who,
                                             LocalDay day, Instant now, const CameraNaming& name_of) {
  auto person = find_person(database, who);
  if (!person) return std::unexpected(person.error());
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto around = Rulebook::around(day);
  auto journal = database.sightings().between(around.from, around.to, person->id);
  if (!journal) return std::unexpected(journal.error());
  std::ranges::sort(*journal, {}, [](const Sighting& one) { return std::tie(one.at, one.id); });
  const auto recorded = database.attendance().day(person->id, day);
  if (!recorded) return std::unexpected(recorded.error());
  const auto judged = judged_person(database, *person);
  if (!judged) return std::unexpected(judged.error());
  auto explained = explain_day(*rules, *judged, day, *journal, *recorded, now, name_of);
  return PersonExplanation{.person = std::move(*person), .day = std::move(explained)};
}

}  // namespace hadir
