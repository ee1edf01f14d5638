#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hadir {

/// A few threads that run handlers which read the database or make pictures, so that the threads of the network never
/// wait. The queue is bounded: a full one refuses, and the caller answers 503.
class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t capacity);
  ~WorkerPool() { stop(); }

  /// Finishes what runs, forgets what waits, and refuses from then on. Not to be called by two threads at once.
  void stop();
  /// False when the queue is full or the pool has stopped. Exceptions of `work` must not leave it.
  bool submit(std::function<void()> work);

 private:
  void run(const std::stop_token& stop);

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopped_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace hadir
