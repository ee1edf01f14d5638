#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hadir {

/// How much work a password's hash is. The default is libsodium's for interactive use: two passes over 64 MiB, about
/// 0.1 s of one core; OWASP asks for at least two over 19 MiB.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory = std::size_t{64} << 20;  ///< bytes
  /// The least that libsodium does, for tests.
  static PasswordCost least() { return {.passes = 1, .memory = 8192}; }
};

/// Argon2id, as text with its salt and cost. Throws std::bad_alloc when there is no memory for it.
std::string hash_password(const std::string& password, const PasswordCost& cost);
/// Takes as long as hashing. False for a hash that can't be read, too.
bool password_matches(const std::string& hash, const std::string& password);
/// Whether the hash was made at another cost, and should be made anew while the password is at hand.
bool is_outdated(const std::string& hash, const PasswordCost& cost);

/// 256 random bits as 43 letters, digits, - and _.
std::string random_token();
/// SHA-256 in lower-case hexadecimal: how tokens are kept. They are random, so nothing slower is needed.
std::string digest_of(std::string_view token);
/// 32 bytes that stay in memory and sign what we give out.
using SigningKey = std::array<std::uint8_t, 32>;
/// HMAC-SHA-256 as 43 letters, digits, - and _.
std::string signature_of(std::string_view text, const SigningKey& key);
/// In the same time wherever they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace hadir
