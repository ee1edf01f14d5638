#include "store/embedding_cipher.hpp"

#include <bit>
#include <cstring>
#include <format>

#include <sodium.h>

namespace hadir {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(std::endian::native == std::endian::little, "embeddings are stored as little-endian floats");
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* as_bytes(const void* data) {
  return static_cast<const unsigned char*>(data);
}

}  // namespace

std::vector<std::uint8_t> EmbeddingCipher::seal(const Embedding& embedding, std::string_view owner) const {
  const auto plain = embedding.values();
  std::vector<std::uint8_t> sealed(1 + nonce_size + plain.size_bytes() + tag_size);
  sealed[0] = version;
  std::uint8_t* nonce = sealed.data() + 1;
  randombytes_buf(nonce, nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, as_bytes(plain.data()), plain.size_bytes(),
                                             as_bytes(owner.data()), owner.size(), nullptr, nonce, key_.bytes().data());
  return sealed;
}

Result<Embedding> EmbeddingCipher::open(std::span<const std::uint8_t> sealed, std::string_view owner) const {
  constexpr std::size_t overhead = 1 + nonce_size + tag_size;
  if (sealed.size() < overhead || sealed[0] != version || (sealed.size() - overhead) % sizeof(float) != 0)
    return fail(ErrorKind::corrupted, "a stored face template is not in a form this program knows");
  std::vector<float> values((sealed.size() - overhead) / sizeof(float));
  const std::uint8_t* nonce = sealed.data() + 1;
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(values.data()), nullptr, nullptr, nonce + nonce_size,
      sealed.size() - 1 - nonce_size, as_bytes(owner.data()), owner.size(), nonce, key_.bytes().data());
  if (opened != 0) return fail(ErrorKind::corrupted, "a stored face template does not open with this key");
  return Embedding::raw(values);
}

std::string cipher_owner(std::string_view kind, std::string_view id, std::string_view person, const ModelId& model) {
  return std::format("hadir {} {}\n{}\n{}\n{}", kind, id, person, model.name, model.sha256);
}

}  // namespace hadir
