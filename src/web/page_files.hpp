#pragma once
#include <span>
#include <string_view>

namespace hadir {

/// A file of the dashboard or of src/web/page/, embedded in the program.
struct PageFile {
  std::string_view path;  ///< "/index.html", "/assets/index-1a2b3c4d.js"
  std::string_view content_type;
  std::string_view bytes;
  std::string_view gzip;  ///< the same compressed; empty where that does not pay
  std::string_view etag;  ///< with its quotation marks
};

std::span<const PageFile> page_files();

}  // namespace hadir
