#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace hadir {

/// Whether the bytes are UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

/// RFC 4648 with padding.
std::string to_base64(std::string_view bytes);
/// The bytes; nothing for characters, lengths or padding that RFC 4648 does not allow. Padding may be left out.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace hadir
