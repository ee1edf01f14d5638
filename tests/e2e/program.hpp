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

/// Runs build/hadir with these arguments to its end. Output goes through files, so it may be of any size.
Finished run_hadir(const std::vector<std::string>& arguments, const std::filesystem::path& working_folder = {});

/// A running `hadir serve`, stopped with SIGTERM at the end of its life.
class ServedHadir {
 public:
  /// Starts it on a free port and waits until /readyz answers 200, at most a minute. What it says is added to
  /// `DATA.log`.
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
  /// GET of that path: status and body; status 0 when it could not be asked.
  std::pair<int, std::string> get(const std::string& path) const;
  std::string log() const;
  int port() const { return port_; }

 private:
  int pid_ = -1;
  int port_ = 0;
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
