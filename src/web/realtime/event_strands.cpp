#include "web/realtime/event_strands.hpp"

#include <algorithm>

namespace hadir {

EventStrands::EventStrands(int threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (int i = 0; i < std::max(1, threads); ++i)
    threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

bool EventStrands::submit(const std::string& strand, std::function<void()> task, Room room) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return false;
    const auto [entry, is_new] = strands_.try_emplace(strand);
    if (room == Room::limited && entry->second.size() >= most_waiting_) return false;
    entry->second.push_back(std::move(task));
    if (is_new) ready_.push_back(strand);
  }
  changed_.notify_one();
  return true;
}

void EventStrands::stop() {
  {
    std::unique_lock lock(mutex_);
    stopped_ = true;
    changed_.wait(lock, [this] { return strands_.empty() && running_ == 0; });
  }
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();
}

void EventStrands::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !ready_.empty(); })) {
    const std::string strand = std::move(ready_.front());
    ready_.pop_front();
    const auto found = strands_.find(strand);
    const std::function<void()> task = std::move(found->second.front());
    found->second.pop_front();
    ++running_;
    lock.unlock();
    task();
    lock.lock();
    --running_;
    if (found->second.empty())
      strands_.erase(found);
    else
      ready_.push_back(strand);
    changed_.notify_all();
  }
}

}  // namespace hadir
