#include "web/search_notes.hpp"

namespace hadir {

bool SearchNotes::is_new(const Principal& caller, const std::string& words, Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto known = last_.find(caller.name);
  const bool same = known != last_.end() && known->second.words == words && now - known->second.at <= same_search;
  // Of too many nobody is remembered: a search is noted once more, never once less.
  if (known == last_.end() && last_.size() >= most) last_.clear();
  if (!same) last_.insert_or_assign(caller.name, Search{words, now});
  return !same;
}

}  // namespace hadir
