#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>

#include "core/error.hpp"

namespace hadir {

/// A public address: http or https.
struct WebAddress {
  std::string url;
  bool bzip2 = false;  ///< what comes is compressed with bzip2 and to be expanded
};

/// A source package on the Python package index, pinned by content. Nothing in it is ever run.
struct PythonPackage {
  std::string name;
  std::string version;
  std::string sha256;        ///< of the archive, 64 lower-case hexadecimal digits
  std::uintmax_t bytes = 0;  ///< of the archive; 0: not known
  friend auto operator<=>(const PythonPackage&, const PythonPackage&) = default;
};

/// One regular file inside such a package.
struct PackageMember {
  PythonPackage package;
  std::string path;  ///< inside the archive, exactly
};

/// Where a file can be had.
using FileSource = std::variant<WebAddress, PackageMember>;

/// Told what happens while somebody waits: one line each.
using TellLine = std::function<void(const std::string&)>;

/// Gets files from where they can be had. Belongs to one thread at a time.
class FileFetcher {
 public:
  virtual ~FileFetcher() = default;
  /// Writes the whole file, expanded, to `to` (replacing it), or nothing. `unavailable`, in one line that names the
  /// source, when it does not answer, has no such file, or has more than `max_bytes`.
  virtual Status fetch(const FileSource& source, const std::filesystem::path& to, std::uintmax_t max_bytes) = 0;
};

/// "https://…" or "the Python package NAME VERSION"; for messages, mask addresses before printing.
inline std::string describe(const FileSource& source) {
  if (const auto* web = std::get_if<WebAddress>(&source)) return web->url;
  const auto& package = std::get<PackageMember>(source).package;
  return "the Python package " + package.name + " " + package.version;
}

}  // namespace hadir
