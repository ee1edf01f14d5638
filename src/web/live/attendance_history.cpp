#include "web/live/attendance_history.hpp"

#include <charconv>

namespace hadir {

const AttendanceTold& AttendanceHistory::add(AttendanceTold told) {
  told.number = ++last_;
  if (kept_.size() == most_) kept_.pop_front();
  return kept_.emplace_back(std::move(told));
}

void AttendanceHistory::lose() {
  ++last_;
  kept_.clear();
}

AttendanceHistory::Missed AttendanceHistory::since(const std::string& id) const {
  const auto dash = id.rfind('-');
  std::uint64_t number = 0;
  const char* from = id.data() + (dash == std::string::npos ? id.size() : dash + 1);
  const auto [end, error] = std::from_chars(from, id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return {{}, "this is no event id"};
  if (id.substr(0, dash) != run_) return {{kept_.begin(), kept_.end()}, "the server was started anew since"};
  if (number > last_) return {{}, "no event has had this id"};
  Missed missed;
  for (const AttendanceTold& told : kept_)
    if (told.number > number) missed.messages.push_back(told);
  if (missed.messages.size() != last_ - number) missed.gap = "older events are no longer kept";
  return missed;
}

}  // namespace hadir
