#pragma once
#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "app/facts/fact_recorder.hpp"

namespace hadir {

/// Passes on what was recorded to whoever listens at the moment: live channels. Safe from any thread; listeners are
/// called one after the other on the thread that publishes, and must not block.
class FactFeed {
 public:
  using Listener = std::function<void(const RecordedFacts&)>;

  void publish(const RecordedFacts& facts) {
    const std::scoped_lock lock(mutex_);
    for (const Listener& listener : listeners_) listener(facts);
  }

  /// Ends with the subscription: the listener is not called any more when its destructor returns. Not from a listener.
  class Subscription {
   public:
    Subscription(FactFeed& feed, Listener listener) : feed_(feed) {
      const std::scoped_lock lock(feed_.mutex_);
      place_ = feed_.listeners_.insert(feed_.listeners_.end(), std::move(listener));
    }
    ~Subscription() {
      const std::scoped_lock lock(feed_.mutex_);
      feed_.listeners_.erase(place_);
    }
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

   private:
    FactFeed& feed_;
    std::list<Listener>::iterator place_;
  };

 private:
  std::mutex mutex_;
  std::list<Listener> listeners_;
};

}  // namespace hadir
