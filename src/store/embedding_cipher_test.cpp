#include "store/embedding_cipher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(EmbeddingCipher, OpensOnlyForItsKeyAndOwner) {
  const EmbeddingCipher cipher(SecretKey::random());
  const EmbeddingCipher other(SecretKey::random());
  const std::vector values{1.F, -2.F, 0.F};
  const auto sealed = cipher.seal(*Embedding::raw(values), "owner");
  EXPECT_NE(sealed, cipher.seal(*Embedding::raw(values), "owner")) << "a nonce of its own each time";
  EXPECT_THAT(cipher.open(sealed, "owner")->values(), testing::ElementsAreArray(values));
  EXPECT_FALSE(cipher.open(sealed, "somebody"));
  EXPECT_FALSE(other.open(sealed, "owner"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(cipher.open(changed, "owner")) << i;
    EXPECT_FALSE(cipher.open(std::span(sealed).first(i), "owner")) << i;
  }
}

}  // namespace
}  // namespace hadir
