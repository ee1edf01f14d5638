#pragma once
#include <string>
#include <string_view>

namespace hadir {

/// The one function every address passes before it is printed, logged or answered: user names and passwords in the
/// authority ("rtsp://user:pw@host/…") and values of query keys that look like secrets become "***".
/// Works on any text that contains addresses, so whole error messages of libraries can be passed.
std::string mask_credentials(std::string_view text);

}  // namespace hadir
