#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/ports/repositories.hpp"

namespace hadir {

/// A kind of database the contract is run on. `make` gives an empty, migrated one; each test gets its own.
struct DatabaseKind {
  std::string name;
  bool keeps_files = false;  ///< false: it lives in memory alone
  std::function<std::unique_ptr<Database>(const std::filesystem::path& folder)> make;
};

inline void PrintTo(const DatabaseKind& kind, std::ostream* out) {
  *out << kind.name;
}

}  // namespace hadir
