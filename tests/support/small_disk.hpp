#pragma once
#include <sys/mount.h>

#include <filesystem>
#include <format>
#include <fstream>

namespace hadir {

/// A disk of a few megabytes at a folder, in memory; gone at the end of its life. Only root may have one.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, int megabytes) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    is_there_ = ::mount("hadir-test", folder_.c_str(), "tmpfs", 0, std::format("size={}m", megabytes).c_str()) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_there_) ::umount2(folder_.c_str(), MNT_DETACH);
  }

  bool is_there() const { return is_there_; }
  /// Leaves no room; `free` gives it back.
  void fill() {
    std::ofstream filler(folder_ / "filler", std::ios::binary | std::ios::app);
    for (const std::size_t size : {1'000'000U, 4096U, 1U}) {
      const std::string zeros(size, '\0');
      while (filler.write(zeros.data(), static_cast<std::streamsize>(size)) && filler.flush()) {
      }
      filler.clear();
    }
  }
  void free() { std::filesystem::remove(folder_ / "filler"); }
  bool make_read_only() {
    return ::mount("hadir-test", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  std::filesystem::path folder_;
  bool is_there_ = false;
};

}  // namespace hadir
