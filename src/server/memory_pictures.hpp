#pragma once
#include <map>
#include <mutex>

#include "core/ports/pictures.hpp"

namespace hadir {

/// Pictures that live as long as this object: for photos that replay and evaluation read from folders the user keeps.
class MemoryPictures final : public PictureStore {
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

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Bytes> pictures_;
};

}  // namespace hadir
