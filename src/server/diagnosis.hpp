#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/configuration/configuration.hpp"

namespace hadir {

enum class Verdict { good = 1, warning, broken };

/// One thing looked at.
struct Check {
  std::string subject;  ///< "disk", "CAM1", ...
  Verdict verdict = Verdict::good;
  std::string finding;  ///< one sentence without credentials, with what to do where something is wrong
};

struct DiagnosisOptions {
  std::filesystem::path config_dir = ".";
  std::filesystem::path data = "data";
  std::string host = "127.0.0.1";
  std::uint16_t port = 5000;
};

/// Looks at the machine, the configuration, models, cameras (all at once, each within its own time-outs), database and
/// port. Changes nothing, but that an existing database is opened and brought up to date.
std::vector<Check> diagnose(const DiagnosisOptions& options, const Environment& environment);

}  // namespace hadir
