#include "cli/records_access.hpp"

#include "server/database_choice.hpp"

namespace hadir {

Result<RecordsAccess> RecordsAccess::open(const std::string& data_folder, const std::string& config_dir) {
  const auto configuration = load_configuration(config_dir, process_environment());
  if (!configuration) return std::unexpected(configuration.error());
  auto rules = FactRules::from(configuration->settings.site);
  if (!rules) return std::unexpected(rules.error());
  const auto choice = DatabaseChoice::from(data_folder, process_environment());
  if (!choice) return std::unexpected(choice.error());
  if (!choice->postgres && !std::filesystem::exists(choice->file))
    return fail(ErrorKind::not_found, choice->file.string() + ": there is no database");
  auto data = DataFolder::open(data_folder);
  if (!data) return std::unexpected(data.error());
  return RecordsAccess{.data = std::move(*data), .rules = *rules};
}

}  // namespace hadir
