#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace hadir {

struct Finished {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Runs build/hadir with these arguments and that standard input to its end. Output goes through files, so it may be of
/// any size.
Finished run_hadir(const std::vector<std::string>& arguments, const std::filesystem::path& working_folder = {},
                   const std::string& input = {});

/// A running `hadir serve`, stopped with SIGTERM at the end of its life.
class ServedHadir {
 public:
  /// Starts it on a free port, waits until /readyz answers 200, at most a minute, and signs in: by the set-up link that
  /// it prints at the first start, by name and password later. What it says is added to `DATA.log`.
  ServedHadir(const std::filesystem::path& config_dir, const std::filesystem::path& data,
              const std::string& log_level = "info");
  ~ServedHadir();
  ServedHadir(const ServedHadir&) = delete;
  ServedHadir& operator=(const ServedHadir&) = delete;

  bool ready() const { return ready_; }
  /// Sends SIGTERM and gives the exit status; -1 when it had to be killed after ten seconds.
  int stop();
  /// SIGKILL: as a crash or a power cut.
  void kill();
  /// GET of that path, signed in as the administrator: status and body; status 0 when it could not be asked.
  std::pair<int, std::string> get(const std::string& path) const;
  /// The same of any method, with a JSON body.
  std::pair<int, std::string> request(const std::string& method, const std::string& path,
                                      const std::string& body = {}) const;
  std::string log() const;
  int port() const { return port_; }

 private:
  void sign_in(std::size_t log_begins);
  std::string exchange(const std::string& method, const std::string& path, const std::string& body) const;

  int pid_ = -1;
  int port_ = 0;
  std::string cookie_;
  std::string csrf_token_;
  bool ready_ = false;
  std::filesystem::path log_;
};

/// An empty folder that is removed at the end of its life.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& file);

}  // namespace hadir
