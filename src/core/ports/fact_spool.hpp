#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/ports/sighting_sink.hpp"

namespace hadir {

/// Keeps facts on disk, oldest first, while the database is away. Everything is on the disk when a call returns. A
/// crash can make facts come again, never go missing. Thread-safe; one program at a time.
class FactSpool {
 public:
  virtual ~FactSpool() = default;
  /// Behind everything there is. All or none; `unavailable` on a full disk or a read-only folder.
  virtual Status append(std::span<const SightingFact> facts) = 0;
  /// Before everything there is. All or none.
  virtual Status prepend(std::span<const SightingFact> facts) = 0;
  /// The oldest ones, at least one when there are any; they stay until `remove_oldest`.
  virtual Result<std::vector<SightingFact>> oldest(std::size_t most) = 0;
  /// Forgets that many of what `oldest` answered.
  virtual Status remove_oldest(std::size_t count) = 0;
  /// Keeps a fact that no database takes where a person can look at it, with the reason.
  virtual Status set_aside(const SightingFact& fact, const std::string& reason) = 0;
  virtual std::size_t size() const = 0;
};

}  // namespace hadir
