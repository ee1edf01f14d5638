#pragma once
#include <string>

#include "core/error.hpp"

namespace hadir {

/// Whether that password may be chosen: 12 to 1024 characters, any of them, no rule about kinds of characters; none of
/// the commonest, no single character or row of keys repeated, nothing that holds the user's name or "hadir".
/// `invalid_input` says why not, without the password. Source: OWASP ASVS 5.0, section 6.2; NIST SP 800-63B.
Status check_password(const std::string& password, const std::string& user_name);

/// Letters, digits, and . _ - @, beginning with a letter or digit, 1 to 64.
Status check_user_name(const std::string& name);

}  // namespace hadir
