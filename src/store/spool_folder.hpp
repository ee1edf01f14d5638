#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/ports/fact_spool.hpp"
#include "store/file_descriptor.hpp"

namespace hadir {

/// A FactSpool as numbered segments `<12 digits>.jsonl` in a folder, a fact a line, mode 0600. A segment goes when all
/// of it is done, so after a crash at most one segment comes again. A line cut short by a crash (nobody was told that
/// it is kept) is cut off at the next start; a line that cannot be read moves to `set-aside.jsonl`, as do facts set
/// aside.
class SpoolFolder final : public FactSpool {
 public:
  static constexpr std::uint64_t largest_segment = 8ULL << 20;  ///< bytes after which the next one begins

  /// Makes the folder when it is missing. `unavailable` when it cannot be used, or another program uses it.
  static Result<std::unique_ptr<SpoolFolder>> open(const std::filesystem::path& folder);

  Status append(std::span<const SightingFact> facts) override;
  Status prepend(std::span<const SightingFact> facts) override;
  Result<std::vector<SightingFact>> oldest(std::size_t most) override;
  Status remove_oldest(std::size_t count) override;
  Status set_aside(const SightingFact& fact, const std::string& reason) override;
  std::size_t size() const override;

 private:
  struct Segment {
    std::uint64_t bytes = 0;
    std::size_t facts = 0;
  };
  using Segments = std::map<std::uint64_t, Segment>;

  SpoolFolder(std::filesystem::path folder, FileDescriptor descriptor)
      : folder_(std::move(folder)), descriptor_(std::move(descriptor)) {}
  Status read_folder();
  Status measure(std::uint64_t number);
  Status append_text(const std::string& name, const std::string& text);
  Status load_front();
  Error failure(const char* doing, const std::string& name) const;

  const std::filesystem::path folder_;
  const FileDescriptor descriptor_;
  mutable std::mutex mutex_;
  Segments segments_;
  std::size_t size_ = 0;
  std::deque<SightingFact> front_;  ///< what is left of the first segment, once loaded
  std::size_t front_done_ = 0;      ///< facts of the first segment that are removed
  bool front_loaded_ = false;
  bool tail_is_torn_ = false;  ///< the last segment ends in half a line: begin another
};

}  // namespace hadir
