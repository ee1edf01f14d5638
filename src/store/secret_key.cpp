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

SecretKey::~SecretKey() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

}  // namespace hadir
