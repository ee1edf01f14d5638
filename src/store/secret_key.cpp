#include "store/secret_key.hpp"

#include <algorithm>
#include <cstdlib>

#include <sodium.h>

namespace hadir {

SecretKey SecretKey::random() {
  if (sodium_init() < 0) std::abort();  // no source of randomness: nothing safe can be made here
  SecretKey key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

SecretKey::SecretKey(std::span<const std::uint8_t, size> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

std::array<std::uint8_t, SecretKey::size> SecretKey::derived(std::string_view purpose) const {
  std::array<std::uint8_t, size> made{};
  crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     bytes_.data(), bytes_.size());
  return made;
}

SecretKey::~SecretKey() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

}  // namespace hadir
