#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hadir {

/// A few threads that run what clients asked for: one client's tasks one after another in their order, those of
/// different clients side by side, each client a task at a time. Thread-safe.
class EventStrands {
 public:
  enum class Room { limited = 1, always };

  /// `most_waiting`: tasks of one strand.
  EventStrands(int threads, std::size_t most_waiting);
  ~EventStrands() { stop(); }

  /// False when the strand has no room (the task is then forgotten), or after `stop`. Exceptions must not leave a task.
  bool submit(const std::string& strand, std::function<void()> task, Room room = Room::limited);
  /// Refuses from now on, runs what waits, ends the threads. Not to be called by two threads at once, nor by a task.
  void stop();

 private:
  void run(const std::stop_token& stop);

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::deque<std::function<void()>>> strands_;  ///< none is empty, but for one that runs
  std::deque<std::string> ready_;                                     ///< strands with tasks, none of which runs
  std::size_t running_ = 0;
  bool stopped_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace hadir
