#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hadir {

/// 32 random bytes that encrypt what is kept about faces. Wiped from memory when it goes.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  /// A new one; for tests and databases that live in memory alone.
  static SecretKey random();
  explicit SecretKey(std::span<const std::uint8_t, size> bytes);
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  std::span<const std::uint8_t, size> bytes() const { return bytes_; }
  /// Another key that follows from this one and says nothing about it; the same for the same purpose.
  std::array<std::uint8_t, size> derived(std::string_view purpose) const;

 private:
  SecretKey() = default;
  std::array<std::uint8_t, size> bytes_{};
};

}  // namespace hadir
