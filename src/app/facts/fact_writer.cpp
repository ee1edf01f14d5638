#include "app/facts/fact_writer.hpp"

#include <algorithm>
#include <format>
#include <iterator>

namespace hadir {
namespace {

constexpr Millis tick{1'000};
constexpr Millis under_way{2'000};  // from the camera to `accept` at most; a stay is ended only when it is over by this
constexpr Millis slice{100};        // how long a fact waits in memory at most while the database is away

}  // namespace

FactWriter::FactWriter(FactRecorder& recorder, FactSpool& spool, const Clock& clock, Listener listener,
                       FactWriterLimits limits)
    : recorder_(recorder),
      spool_(spool),
      clock_(clock),
      listener_(std::move(listener)),
      limits_(limits),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

bool FactWriter::is_full_locked() const {
  return queue_.size() >= limits_.queue_facts || queue_bytes_ >= limits_.queue_bytes;
}

void FactWriter::accept(SightingFact fact) {
  const std::scoped_lock lock(mutex_);
  ++counters_.accepted;
  queue_bytes_ += fact.picture.size();
  queue_.push_back(std::move(fact));
  if (stopped_ || is_full_locked()) {
    // The queue is older than what comes, younger than the spool: all of it goes, and the order stays.
    if (!spill_locked() && is_full_locked()) {
      auto& newest = queue_.back();
      queue_bytes_ -= newest.picture.size();
      if (!newest.picture.empty()) ++counters_.pictures_given_up;
      newest.picture = {};
      if (queue_.size() > limits_.hopeless) {
        queue_.pop_back();
        ++counters_.lost;
      }
    }
  }
  arrived_.notify_one();
}

/// Moves the whole queue to the spool; false when that could not be written, and the queue is as it was.
bool FactWriter::spill_locked() {
  if (queue_.empty()) return true;
  std::vector<SightingFact> facts(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
  queue_.clear();
  queue_bytes_ = 0;
  const auto count = facts.size();
  const auto spooled = spool_.append(facts);
  spool_reason_ = spooled ? std::string() : spooled.error().message;
  if (spooled) {
    counters_.spooled += count;
    return true;
  }
  put_back_locked(std::move(facts));
  return false;
}

bool FactWriter::spill() {
  const std::scoped_lock lock(mutex_);
  return spill_locked();
}

/// To the front of the queue, in order.
void FactWriter::put_back_locked(std::vector<SightingFact> facts) {
  for (const auto& fact : facts) queue_bytes_ += fact.picture.size();
  queue_.insert(queue_.begin(), std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end()));
}

void FactWriter::run(const std::stop_token& stop) {
  Millis delay = limits_.first_retry;
  while (!stop.stop_requested()) {
    const auto outcome = spool_.size() > 0 ? write_from_spool() : write_from_queue();
    if (outcome == Outcome::away) {
      wait_out(stop, delay);
      delay = std::min(delay * 2, limits_.longest_retry);
      continue;
    }
    delay = limits_.first_retry;
    end_stays();
    wait_for_facts(stop);
  }
  // What the spool holds is older, and safe where it is: then the queue joins it.
  while (spool_.size() == 0) {
    {
      const std::scoped_lock lock(mutex_);
      if (queue_.empty()) break;
    }
    if (write_from_queue() == Outcome::away) break;
  }
  spill();
  recorder_.flush(clock_.now());
}

void FactWriter::wait_for_facts(const std::stop_token& stop) {
  if (spool_.size() > 0) return;
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, stop, std::chrono::milliseconds(250), [&] { return !queue_.empty(); });
}

/// Waits for the database to come back, and keeps what arrives meanwhile safe on disk.
void FactWriter::wait_out(const std::stop_token& stop, Millis delay) {
  const auto until = std::chrono::steady_clock::now() + delay;
  while (!stop.stop_requested()) {
    spill();
    const auto left = until - std::chrono::steady_clock::now();
    if (left <= left.zero()) break;
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, stop, std::min<std::chrono::steady_clock::duration>(left, slice), [] { return false; });
  }
  const std::scoped_lock lock(mutex_);
  ++counters_.retries;
}

FactWriter::Outcome FactWriter::write_from_spool() {
  const auto batch = spool_.oldest(limits_.batch);
  if (!batch) {
    const std::scoped_lock lock(mutex_);
    spool_reason_ = batch.error().message;
    return Outcome::away;
  }
  if (batch->empty()) return Outcome::done;
  if (write(*batch) == Outcome::away) return Outcome::away;
  const auto removed = spool_.remove_oldest(batch->size());
  const std::scoped_lock lock(mutex_);
  spool_reason_ = removed ? std::string() : removed.error().message;
  return Outcome::done;
}

FactWriter::Outcome FactWriter::write_from_queue() {
  std::vector<SightingFact> batch;
  {
    const std::scoped_lock lock(mutex_);
    // `accept` may have spilled since the caller looked: what is in the spool is older and comes first.
    if (spool_.size() > 0) return Outcome::done;
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), limits_.batch));
    batch.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    for (const auto& fact : batch) queue_bytes_ -= fact.picture.size();
  }
  if (batch.empty() || write(batch) == Outcome::done) return Outcome::done;
  const std::scoped_lock lock(mutex_);
  // Older than anything that `accept` may have spilled meanwhile.
  const auto kept = spool_.prepend(batch);
  spool_reason_ = kept ? std::string() : kept.error().message;
  if (kept)
    counters_.spooled += batch.size();
  else
    put_back_locked(std::move(batch));
  return Outcome::away;
}

Result<RecordedFacts> FactWriter::record(std::span<const SightingFact> batch) {
  try {
    return recorder_.record(batch);
  } catch (const std::exception& failure) {
    // A defect must not end the thread that keeps facts: they stay where they are and health says so.
    return fail(ErrorKind::unavailable, std::string("recording failed: ") + failure.what());
  }
}

FactWriter::Outcome FactWriter::write(std::span<const SightingFact> batch) {
  const auto recorded = record(batch);
  if (!recorded) {
    const auto kind = recorded.error().kind;
    const bool refused =
        kind == ErrorKind::invalid_input || kind == ErrorKind::conflict || kind == ErrorKind::not_found;
    if (refused && batch.size() > 1) return write_one_by_one(batch);
    if (refused) {
      const auto kept = spool_.set_aside(batch.front(), recorded.error().message);
      const std::scoped_lock lock(mutex_);
      spool_reason_ = kept ? std::string() : kept.error().message;
      if (!kept) return Outcome::away;
      ++counters_.set_aside;
      return Outcome::done;
    }
    note_database(recorded.error().message);
    return Outcome::away;
  }
  note_database({});
  {
    const std::scoped_lock lock(mutex_);
    counters_.recorded += recorded->sightings.size();
    counters_.repeated += recorded->repeated;
  }
  if (listener_ && !recorded->sightings.empty()) listener_(*recorded);
  return Outcome::done;
}

FactWriter::Outcome FactWriter::write_one_by_one(std::span<const SightingFact> batch) {
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (write(batch.subspan(i, 1)) == Outcome::away) return Outcome::away;  // those written already repeat, harmlessly
  return Outcome::done;
}

/// Somebody whose sighting is still in hand must not be told to have left.
void FactWriter::end_stays() {
  if (spool_.size() > 0) return;
  auto now = clock_.now();
  if (now - last_tick_ < tick && now >= last_tick_) return;
  last_tick_ = now;
  now -= under_way;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& fact : queue_) now = std::min(now, fact.sighting.at);
  }
  const auto ended = recorder_.expire(now);
  note_database(ended ? std::string() : ended.error().message);
  if (ended && listener_ && !ended->empty()) listener_(*ended);
}

void FactWriter::note_database(const std::string& reason) {
  const std::scoped_lock lock(mutex_);
  database_reason_ = reason;
}

void FactWriter::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  if (!spill_locked()) counters_.lost += queue_.size();  // with what came while the thread ended
  queue_.clear();
}

FactCounters FactWriter::counters() const {
  const std::scoped_lock lock(mutex_);
  auto counters = counters_;
  counters.queued = queue_.size();
  counters.in_spool = spool_.size();
  return counters;
}

std::vector<HealthItem> FactWriter::health() const {
  std::vector<HealthItem> items;
  const auto now = counters();
  {
    const std::scoped_lock lock(mutex_);
    items.push_back({.part = "database", .ok = database_reason_.empty(), .reason = database_reason_});
    std::string reason = spool_reason_;
    const auto add = [&](std::size_t count, const char* what) {
      if (count > 0) reason += std::format("{}{} {}", reason.empty() ? "" : "; ", count, what);
    };
    add(now.in_spool, "facts wait in the spool");
    add(now.set_aside, "facts were refused and set aside");
    add(now.pictures_given_up, "facts lost their picture");
    add(now.lost, "facts were lost");
    items.push_back({.part = "facts", .ok = reason.empty(), .reason = std::move(reason)});
  }
  items.push_back(recorder_.health());
  return items;
}

}  // namespace hadir
