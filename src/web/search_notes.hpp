#pragma once
#include <map>
#include <mutex>
#include <string>

#include "core/access/principal.hpp"
#include "core/time.hpp"

namespace hadir {

/// Which searches are new: a page asks for the same words again with each refresh and each further page of its list,
/// and the audit log is to have that once. Safe from any thread.
class SearchNotes {
 public:
  static constexpr std::chrono::minutes same_search{15};
  static constexpr std::size_t most = 1000;  ///< callers remembered

  /// False when this caller asked for the same words last, not longer ago than `same_search`.
  bool is_new(const Principal& caller, const std::string& words, Instant now);

 private:
  struct Search {
    std::string words;
    Instant at;
  };
  std::mutex mutex_;
  std::map<std::string, Search> last_;  // under mutex_; by the caller's name in the audit log
};

}  // namespace hadir
