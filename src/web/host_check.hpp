#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hadir {

/// Whether a Host header names this machine: localhost, 127.0.0.1 or [::1], with any port. Keeps web pages of strangers
/// out, whose names are made to lead to this address (DNS rebinding).
bool is_local_host(std::string_view host_header);

/// The same, and the names given; where `listens_to_all`, also any IP address: a stranger's name can't be one. `names`
/// are compared without case; the port does not matter.
bool is_known_host(std::string_view host_header, const std::vector<std::string>& names, bool listens_to_all);

}  // namespace hadir
