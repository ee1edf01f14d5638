#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// What was erased with a person.
struct Erasure {
  Person person;
  std::size_t templates = 0;
  std::size_t photos = 0;
  std::size_t captures = 0;       ///< pictures of first in and last out, and of sightings
  std::size_t days = 0;           ///< of attendance
  std::size_t sightings = 0;      ///< that stay in the journal without a person
  std::vector<std::string> left;  ///< pictures that could not be removed: housekeeping does it later
};

/// What `erase_person` would erase; changes nothing. `not_found` for nobody.
Result<Erasure> erasure_of(Database& database, const PersonId& id);

/// Runs in the transaction of the erasure: its failure undoes it. May be empty.
using AlongWithErasure = std::function<Status(const Erasure&)>;

/// Erases a person for good: record, templates, photos, attendance with its pictures, presence, alerts. The journal
/// keeps its sightings as those of nobody, without their pictures. To end somebody's employment and keep their
/// attendance, make them archived instead. `not_found` for nobody; else the database's errors.
Result<Erasure> erase_person(Database& database, PictureStore& pictures, const PersonId& id,
                             const AlongWithErasure& along = {});

}  // namespace hadir
