#pragma once
#include <string>
#include <string_view>

namespace hadir {

/// UTF-8 text as the printable ASCII that OpenCV's fonts can draw: accents of Latin letters (also Vietnamese) are left
/// out, ligatures spelt, and each run of anything else becomes one '?'.
std::string fold_to_ascii(std::string_view utf8);

}  // namespace hadir
