#include "server/access_start.hpp"

#include "store/key_file.hpp"

namespace hadir {

Result<std::unique_ptr<AccessControl>> open_access(Database& database, const Clock& clock,
                                                   const std::filesystem::path& data) {
  const auto key = read_or_create_key(data / "hadir.key");
  if (!key) return std::unexpected(key.error());
  AccessRules rules;
  rules.key = key->derived("sign-in");
  auto access = std::make_unique<AccessControl>(database, clock, std::move(rules));
  if (auto prepared = access->accounts.prepare(); !prepared) return std::unexpected(prepared.error());
  return access;
}

std::string setup_link(const std::string& base, const std::string& secret) {
  return base + "/setup#" + secret;
}

}  // namespace hadir
