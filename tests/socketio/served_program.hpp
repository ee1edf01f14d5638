#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace hadir {

/// The conformance program on a port of its own, from construction (it answers then) to destruction.
class ServedProgram {
 public:
  /// Throws when it does not start.
  explicit ServedProgram(const std::string& mode, std::uint16_t port = 0, const std::vector<std::string>& options = {});
  ~ServedProgram();
  ServedProgram(const ServedProgram&) = delete;
  ServedProgram& operator=(const ServedProgram&) = delete;
  std::uint16_t port() const { return port_; }
  bool is_running() const;
  double resident_mb() const;

 private:
  std::uint16_t port_;
  pid_t process_;
};

}  // namespace hadir
