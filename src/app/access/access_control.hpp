#pragma once
#include "app/access/account_admin.hpp"
#include "app/access/identity.hpp"
#include "app/access/sign_in.hpp"

namespace hadir {

/// All about who may do what, over one database. Outlived by the database and the clock.
class AccessControl {
 public:
  AccessControl(Database& database, const Clock& clock, AccessRules given)
      : rules(std::move(given)),
        identity(database, clock, rules),
        sign_in(database, clock, rules, identity),
        accounts(database, clock, rules, identity) {}
  AccessControl(const AccessControl&) = delete;
  AccessControl& operator=(const AccessControl&) = delete;

  const AccessRules rules;
  Identity identity;
  SignIn sign_in;
  AccountAdmin accounts;
};

}  // namespace hadir
