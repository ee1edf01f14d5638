#include "core/uuid.hpp"

#include <bit>
#include <format>
#include <random>

namespace hadir {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): spreads a seed over the state.
std::uint64_t split_mix(std::uint64_t& x) {
  std::uint64_t z = (x += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// xoroshiro128+ (Blackman, Vigna 2018). Identifiers need to be distinct, not secret.
std::uint64_t next_bits(std::uint64_t (&s)[2]) {
  const std::uint64_t a = s[0];
  std::uint64_t b = s[1];
  const std::uint64_t result = a + b;
  b ^= a;
  s[0] = std::rotl(a, 24) ^ b ^ (b << 16);
  s[1] = std::rotl(b, 37);
  return result;
}

std::string uuid_v7(Instant at, std::uint64_t high, std::uint64_t low) {
  const auto millis = static_cast<std::uint64_t>(at.time_since_epoch().count()) & 0xFFFFFFFFFFFFULL;
  return std::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", millis >> 16, millis & 0xFFFF, high & 0xFFF,
                     0x8000 | ((high >> 12) & 0x3FFF), low & 0xFFFFFFFFFFFFULL);
}

}  // namespace

RandomUuidSource::RandomUuidSource() {
  std::random_device device;
  for (auto& word : state_) word = (static_cast<std::uint64_t>(device()) << 32) | device();
}

std::string RandomUuidSource::next(Instant at) {
  const auto high = next_bits(state_);
  return uuid_v7(at, high, next_bits(state_));
}

SeededUuidSource::SeededUuidSource(std::uint64_t seed) {
  for (auto& word : state_) word = split_mix(seed);
}

std::string SeededUuidSource::next(Instant at) {
  const auto high = next_bits(state_);
  return uuid_v7(at, high, next_bits(state_));
}

bool is_uuid(const std::string& text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace hadir
