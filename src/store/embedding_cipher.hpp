#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/recognition/embedding.hpp"
#include "store/secret_key.hpp"

namespace hadir {

/// Encrypts embeddings with XChaCha20-Poly1305 (libsodium, IETF variant). Each text is bound to its `owner`: moved to
/// another row it no longer opens. Layout: version byte 1, nonce (24), cipher text of little-endian floats, tag (16).
/// Thread-safe.
class EmbeddingCipher {
 public:
  explicit EmbeddingCipher(SecretKey key) : key_(std::move(key)) {}

  std::vector<std::uint8_t> seal(const Embedding& embedding, std::string_view owner) const;
  /// `corrupted` for another key, another owner or changed bytes.
  Result<Embedding> open(std::span<const std::uint8_t> sealed, std::string_view owner) const;

 private:
  SecretKey key_;
};

/// What a template's or rejection's embedding is bound to.
std::string cipher_owner(std::string_view kind, std::string_view id, std::string_view person, const ModelId& model);

}  // namespace hadir
