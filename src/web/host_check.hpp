#pragma once
#include <string_view>

namespace hadir {

/// Whether a Host header names this machine: localhost, 127.0.0.1 or [::1], with any port. While nobody has to sign in
/// this keeps web pages of strangers out, whose names are made to lead to 127.0.0.1 (DNS rebinding).
bool is_local_host(std::string_view host_header);

}  // namespace hadir
