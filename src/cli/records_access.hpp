#pragma once
#include <string>

#include "app/facts/fact_rules.hpp"
#include "server/data_folder.hpp"

namespace hadir {

/// An existing database with the site's rules, for commands that look into records.
struct RecordsAccess {
  DataFolder data;
  FactRules rules;
  /// `not_found` names the database; else what is wrong with the configuration or the database.
  static Result<RecordsAccess> open(const std::string& data_folder, const std::string& config_dir);
};

}  // namespace hadir
