#pragma once
#include <span>
#include <string_view>

namespace hadir {

/// A file of src/web/page/, embedded in the program.
struct PageFile {
  std::string_view name;
  std::string_view content_type;
  std::string_view bytes;
};

std::span<const PageFile> page_files();

}  // namespace hadir
