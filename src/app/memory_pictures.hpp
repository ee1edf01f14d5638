#pragma once
#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "core/ports/picture_archive.hpp"
#include "core/ports/pictures.hpp"

namespace hadir {

/// Pictures that live as long as this object: for photos that replay and evaluation read from folders the user keeps,
/// and for tests. Changed "in 1970", whenever that was. Thread-safe.
class MemoryPictures : public PictureStore, public PictureArchive {
 public:
  Status put(const std::string& path, std::span<const std::uint8_t> bytes) override {
    const std::scoped_lock lock(mutex_);
    pictures_[path].assign(bytes.begin(), bytes.end());
    return {};
  }
  Result<Bytes> get(const std::string& path) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = pictures_.find(path);
    if (found == pictures_.end()) return fail(ErrorKind::not_found, "no picture " + path);
    return found->second;
  }
  Status remove(const std::string& path) override {
    const std::scoped_lock lock(mutex_);
    if (pictures_.erase(path) == 0) return fail(ErrorKind::not_found, "no picture " + path);
    return {};
  }

  Result<std::vector<PictureEntry>> entries(const std::string& folder) const override {
    const std::scoped_lock lock(mutex_);
    const auto begin = folder.empty() ? std::string() : folder + "/";
    std::map<std::string, PictureEntry> found;
    for (const auto& [path, bytes] : pictures_) {
      if (!path.starts_with(begin)) continue;
      const auto end = path.find('/', begin.size());
      const bool is_folder = end != std::string::npos;
      const auto name = path.substr(begin.size(), is_folder ? end - begin.size() : end);
      found[name] = {.name = name,
                     .is_folder = is_folder,
                     .bytes = is_folder ? 0 : static_cast<std::int64_t>(bytes.size()),
                     .changed_at = {}};
    }
    std::vector<PictureEntry> all;
    for (auto& [name, entry] : found) all.push_back(std::move(entry));
    return all;
  }
  Status remove_empty_folder(const std::string&) override { return {}; }
  Result<std::vector<PictureEntry>> left_overs(bool) override { return std::vector<PictureEntry>{}; }

  void clear() {
    const std::scoped_lock lock(mutex_);
    pictures_.clear();
  }
  std::set<std::string> files() const {
    const std::scoped_lock lock(mutex_);
    std::set<std::string> all;
    for (const auto& [path, bytes] : pictures_) all.insert(path);
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Bytes> pictures_;
};

}  // namespace hadir
