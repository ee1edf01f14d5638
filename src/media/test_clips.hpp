#pragma once
// For media's tests: clips made by code.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "media/file_source.hpp"
#include "media/video_writer.hpp"
#include "support/shared_assets.hpp"

namespace hadir {

/// A folder that goes when the test ends.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hadir-media-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Frame i is grey of luma 40 + 2 i, so frames can be told apart after coding.
inline std::uint8_t luma_of(int i) {
  return static_cast<std::uint8_t>(40 + 2 * (i % 90));
}

inline void make_clip(const std::string& file, Size size, int frames, const VideoWriter::Options& options = {}) {
  auto writer = make_video_writer(file, size, options);
  ASSERT_TRUE(writer) << writer.error().message;
  for (int i = 0; i < frames; ++i) {
    const auto written = (*writer)->write(plain_frame(size, luma_of(i), 110, 150));
    ASSERT_TRUE(written) << written.error().message;
  }
  const auto finished = (*writer)->finish();
  ASSERT_TRUE(finished) << finished.error().message;
}

inline std::string bytes_of(const std::string& file) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(file, ignored);
  std::string bytes(ignored ? 0 : size, '\0');
  std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

inline void write_bytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::vector<Frame> all_frames(FrameSource& source) {
  std::vector<Frame> frames;
  while (true) {
    auto frame = source.next({});
    if (!frame) {
      ADD_FAILURE() << frame.error().message;
      return frames;
    }
    if (!*frame) return frames;
    frames.push_back(std::move(**frame));
  }
}

inline int sample(const Frame& frame, std::size_t plane, int x, int y) {
  return frame.planes[plane].data[y * frame.planes[plane].stride + x];
}

}  // namespace hadir
