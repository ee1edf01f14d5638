#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "app/access/access_control.hpp"
#include "core/error.hpp"

namespace hadir {

/// Users, sessions and keys over a data folder's database, ready for use; access tokens are signed with a key made from
/// hadir.key.
Result<std::unique_ptr<AccessControl>> open_access(Database& database, const Clock& clock,
                                                   const std::filesystem::path& data);

/// The link by which somebody chooses a password. The secret stands behind "#", which browsers send to nobody, so it is
/// in no log of a server or proxy.
std::string setup_link(const std::string& base, const std::string& secret);

}  // namespace hadir
