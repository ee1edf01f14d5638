#pragma once
#include <string>

#include "core/error.hpp"

namespace hadir {

/// A password that is typed, twice and without being shown, or the first line of standard input when that is no
/// terminal. Never taken from an argument, which other users of the machine can see. `invalid_input` when the two
/// differ or there is none.
Result<std::string> ask_password(const std::string& whose);

}  // namespace hadir
