#pragma once
#include <cstdint>
#include <string>

#include "core/time.hpp"

namespace hadir {

/// Makes UUIDv7 (RFC 9562) texts: 48 bits of Unix milliseconds, then bits from the source. Not thread-safe.
class UuidSource {
 public:
  virtual ~UuidSource() = default;
  virtual std::string next(Instant at) = 0;
};

/// The usual source, seeded from the operating system.
class RandomUuidSource final : public UuidSource {
 public:
  RandomUuidSource();
  std::string next(Instant at) override;

 private:
  std::uint64_t state_[2];
};

/// The same ids for the same seed and calls: what makes `replay` repeatable.
class SeededUuidSource final : public UuidSource {
 public:
  explicit SeededUuidSource(std::uint64_t seed);
  std::string next(Instant at) override;

 private:
  std::uint64_t state_[2];
};

/// True for 8-4-4-4-12 lower- or upper-case hexadecimal.
bool is_uuid(const std::string& text);

}  // namespace hadir
