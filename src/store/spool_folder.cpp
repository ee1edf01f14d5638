#include "store/spool_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <charconv>
#include <cstring>
#include <format>
#include <fstream>
#include <sstream>

#include "store/fact_text.hpp"

namespace hadir {
namespace {

constexpr std::uint64_t first_number = 500'000'000'000;  // room on both sides for prepend and append
constexpr const char* set_aside_name = "set-aside.jsonl";

std::string name_of(std::uint64_t number) {
  return std::format("{:012}.jsonl", number);
}

std::optional<std::uint64_t> number_in(const std::filesystem::path& file) {
  const auto stem = file.stem().string();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
  if (error != std::errc{} || end != stem.data() + stem.size() || stem.size() != 12 || file.extension() != ".jsonl")
    return std::nullopt;
  return number;
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string text_of_all(std::span<const SightingFact> facts) {
  std::string text;
  for (const auto& fact : facts) text += text_of(fact);
  return text;
}

}  // namespace

Error SpoolFolder::failure(const char* doing, const std::string& name) const {
  return {ErrorKind::unavailable,
          std::format("cannot {} {}: {}", doing, (folder_ / name).string(), std::strerror(errno))};
}

Result<std::unique_ptr<SpoolFolder>> SpoolFolder::open(const std::filesystem::path& folder) {
  std::error_code ignored;  // the open below says what is wrong
  std::filesystem::create_directories(folder, ignored);
  FileDescriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor)
    return fail(ErrorKind::unavailable, std::format("cannot open spool {}: {}", folder.string(), std::strerror(errno)));
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorKind::unavailable, std::format("spool {} is in use by another program", folder.string()));
  std::unique_ptr<SpoolFolder> spool(new SpoolFolder(folder, std::move(descriptor)));
  if (auto read = spool->read_folder(); !read) return std::unexpected(read.error());
  return spool;
}

Status SpoolFolder::read_folder() {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    const auto number = number_in(entry->path());
    if (number)
      if (auto measured = measure(*number); !measured) return measured;
    if (entry->path().extension() == ".new") ::unlink(entry->path().c_str());  // a prepend that a crash cut short
  }
  if (error)
    return fail(ErrorKind::unavailable, std::format("cannot read spool {}: {}", folder_.string(), error.message()));
  return {};
}

/// Counts the facts of a segment left by an earlier run and cuts off a line that a crash left unfinished.
Status SpoolFolder::measure(std::uint64_t number) {
  const auto name = name_of(number);
  std::ifstream file(folder_ / name, std::ios::binary);
  Segment segment;
  std::string line;
  while (std::getline(file, line) && !file.eof()) {
    segment.bytes += line.size() + 1;
    ++segment.facts;
  }
  if (file.bad() || !file.is_open()) return std::unexpected(failure("read", name));
  if (::truncate((folder_ / name).c_str(), static_cast<off_t>(segment.bytes)) != 0)
    return std::unexpected(failure("mend", name));
  if (segment.facts == 0) {
    ::unlink((folder_ / name).c_str());
    return {};
  }
  size_ += segment.facts;
  segments_.emplace(number, segment);
  return {};
}

/// Adds to a file, making it when it is missing; when that fails the file is as it was.
Status SpoolFolder::append_text(const std::string& name, const std::string& text) {
  const FileDescriptor file(
      ::openat(descriptor_.get(), name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat info{};
  if (!file || ::fstat(file.get(), &info) != 0) return std::unexpected(failure("write", name));
  const bool is_new = info.st_size == 0;
  if (write_all(file.get(), bytes_of(text)) && ::fdatasync(file.get()) == 0 &&
      (!is_new || ::fsync(descriptor_.get()) == 0))
    return {};
  auto error = failure("write", name);
  if (is_new)
    ::unlinkat(descriptor_.get(), name.c_str(), 0);
  else if (::ftruncate(file.get(), info.st_size) != 0)
    tail_is_torn_ = true;
  return std::unexpected(std::move(error));
}

Status SpoolFolder::append(std::span<const SightingFact> facts) {
  if (facts.empty()) return {};
  const auto text = text_of_all(facts);
  const std::scoped_lock lock(mutex_);
  const bool only_front = segments_.size() == 1 && front_loaded_;
  const bool begin =
      segments_.empty() || only_front || tail_is_torn_ || segments_.rbegin()->second.bytes >= largest_segment;
  const auto number = segments_.empty() ? first_number : segments_.rbegin()->first + (begin ? 1 : 0);
  const auto before = begin ? Segment{} : segments_.rbegin()->second;
  if (auto written = append_text(name_of(number), text); !written) return written;
  tail_is_torn_ = false;
  segments_[number] = {before.bytes + text.size(), before.facts + facts.size()};
  size_ += facts.size();
  return {};
}

Status SpoolFolder::prepend(std::span<const SightingFact> facts) {
  if (facts.empty()) return {};
  const auto text = text_of_all(facts);
  const std::scoped_lock lock(mutex_);
  const auto number = segments_.empty() ? first_number : segments_.begin()->first - 1;
  const auto name = name_of(number);
  const auto temporary = name + ".new";
  ::unlinkat(descriptor_.get(), temporary.c_str(), 0);
  if (auto written = append_text(temporary, text); !written) return written;
  if (::renameat(descriptor_.get(), temporary.c_str(), descriptor_.get(), name.c_str()) != 0 ||
      ::fsync(descriptor_.get()) != 0) {
    auto error = failure("write", name);
    ::unlinkat(descriptor_.get(), temporary.c_str(), 0);
    return std::unexpected(std::move(error));
  }
  // The segment that was being read is read again from its start when its turn comes.
  size_ += front_done_;
  front_.clear();
  front_done_ = 0;
  front_loaded_ = false;
  segments_[number] = {text.size(), facts.size()};
  size_ += facts.size();
  return {};
}

/// Reads the first segment. Lines that cannot be read are set aside.
Status SpoolFolder::load_front() {
  while (!front_loaded_ && !segments_.empty()) {
    const auto [number, segment] = *segments_.begin();
    const auto name = name_of(number);
    std::ifstream file(folder_ / name, std::ios::binary);
    if (!file.is_open()) return std::unexpected(failure("read", name));
    std::deque<SightingFact> facts;
    std::string unreadable;
    for (std::string line; std::getline(file, line);) {
      if (auto fact = fact_from(line))
        facts.push_back(std::move(*fact));
      else
        unreadable += line + "\n";
    }
    if (file.bad()) return std::unexpected(failure("read", name));
    if (!unreadable.empty())
      if (auto kept = append_text(set_aside_name, unreadable); !kept) return kept;
    size_ -= segment.facts;
    size_ += facts.size();
    segments_.begin()->second.facts = facts.size();
    if (facts.empty()) {
      if (::unlinkat(descriptor_.get(), name.c_str(), 0) != 0) return std::unexpected(failure("remove", name));
      segments_.erase(segments_.begin());
      continue;
    }
    front_ = std::move(facts);
    front_done_ = 0;
    front_loaded_ = true;
  }
  return {};
}

Result<std::vector<SightingFact>> SpoolFolder::oldest(std::size_t most) {
  const std::scoped_lock lock(mutex_);
  if (auto loaded = load_front(); !loaded) return std::unexpected(loaded.error());
  const auto count = std::min(most, front_.size());
  return std::vector<SightingFact>(front_.begin(), front_.begin() + static_cast<std::ptrdiff_t>(count));
}

Status SpoolFolder::remove_oldest(std::size_t count) {
  const std::scoped_lock lock(mutex_);
  if (count > front_.size()) return fail(ErrorKind::internal, "more facts removed from the spool than were read");
  front_.erase(front_.begin(), front_.begin() + static_cast<std::ptrdiff_t>(count));
  front_done_ += count;
  size_ -= count;
  if (!front_loaded_ || !front_.empty()) return {};
  const auto name = name_of(segments_.begin()->first);
  segments_.erase(segments_.begin());
  front_done_ = 0;
  front_loaded_ = false;
  if (::unlinkat(descriptor_.get(), name.c_str(), 0) != 0) return std::unexpected(failure("remove", name));
  ::fsync(descriptor_.get());
  return {};
}

Status SpoolFolder::set_aside(const SightingFact& fact, const std::string& reason) {
  const std::scoped_lock lock(mutex_);
  return append_text(set_aside_name, text_of(fact, reason));
}

std::size_t SpoolFolder::size() const {
  const std::scoped_lock lock(mutex_);
  return size_;
}

}  // namespace hadir
