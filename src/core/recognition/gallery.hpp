#pragma once
#include <cstddef>
#include <vector>

#include "core/ids.hpp"
#include "core/recognition/embedding.hpp"

namespace hadir {

struct GalleryTemplate {
  PersonId person;
  Embedding embedding;
};

/// A person and the similarity of the best of their templates to the probe.
struct PersonMatch {
  PersonId person;
  float similarity;
};

/// The enrolled people, searchable. All calls are safe from any thread, also while others search.
class Gallery {
 public:
  virtual ~Gallery() = default;

  /// Puts exactly these in place of everything. `invalid_input` when dimensions differ from the gallery's.
  virtual Status replace(std::vector<GalleryTemplate> templates) = 0;
  /// Puts these in place of the person's templates; an empty list removes the person.
  virtual Status set_person(const PersonId& person, std::vector<Embedding> templates) = 0;
  /// Remembers "this is not that person": probes as similar to it as to the person's own templates no longer match
  /// them.
  virtual Status reject(const PersonId& person, Embedding not_them) = 0;

  /// The best `people` persons, most similar first, one entry a person. Fewer when fewer are enrolled.
  virtual std::vector<PersonMatch> search(const Embedding& probe, std::size_t people) const = 0;

  virtual std::size_t person_count() const = 0;
  virtual std::size_t template_count() const = 0;
};

}  // namespace hadir
