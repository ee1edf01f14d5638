#pragma once
#include <chrono>
#include <filesystem>
#include <string>

#include "core/ports/file_fetcher.hpp"

namespace hadir {

/// Gets source packages from the Python package index with the machine's own pip, so that its index, proxy and
/// certificates (pip.conf, PIP_*) are the ones the machine's owner chose. Nothing of a package is run: pip would run
/// its build script to learn its metadata, so pip is given a stand-in for the build library that reads them from the
/// PKG-INFO file; and content other than the pinned one is refused by pip before it looks inside. Belongs to one thread
/// at a time.
class PipDownload {
 public:
  struct Options {
    std::string python = "python3";
    std::chrono::seconds limit{900};  ///< for one package
    TellLine tell;                    ///< where it stands, about every ten seconds
  };
  explicit PipDownload(Options options) : options_(std::move(options)) {}

  /// The archive, below `folder`, which exists and belongs to this call; its digest is checked. pip's temporary files
  /// are there too, and gone when it returns. `not_found` without Python or pip, with what to install; `unavailable`
  /// when the index does not answer, has no such package, or has another content.
  Result<std::filesystem::path> fetch(const PythonPackage& package, const std::filesystem::path& folder);

 private:
  Options options_;
};

}  // namespace hadir
