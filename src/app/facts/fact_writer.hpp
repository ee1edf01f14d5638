#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/facts/fact_recorder.hpp"
#include "core/ports/fact_spool.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/time.hpp"

namespace hadir {

struct FactWriterLimits {
  std::size_t queue_facts = 10'000;
  std::size_t queue_bytes = 64ULL << 20;  ///< pictures waiting in memory
  std::size_t batch = 64;
  std::size_t hopeless = 1'000'000;  ///< facts kept in memory when neither database nor spool can be written
  Millis first_retry{200};
  Millis longest_retry{5'000};
};

struct FactCounters {
  std::uint64_t accepted = 0;
  std::uint64_t recorded = 0;           ///< new in the database
  std::uint64_t repeated = 0;           ///< were there already
  std::uint64_t spooled = 0;            ///< written to the spool
  std::uint64_t set_aside = 0;          ///< no database takes them; kept in the spool folder
  std::uint64_t pictures_given_up = 0;  ///< facts kept without their picture because memory and spool were full
  std::uint64_t lost = 0;               ///< beyond `hopeless`
  std::uint64_t retries = 0;
  std::size_t queued = 0;    ///< now
  std::size_t in_spool = 0;  ///< now
};

/// Takes facts from the pipeline and writes them on a thread of its own.
///
/// Facts go through a bounded queue into batches: what came while one batch was written is the next one. When the
/// database does not answer, everything moves to the spool on disk and is written in order when the database is back,
/// or at the next start; waiting grows from `first_retry` to `longest_retry`. `accept` never waits for the database; it
/// waits for the disk only when the queue is full. A fact that the database refuses is set aside, so that it does not
/// stop the others. Only with database and spool both out of order for `hopeless` facts is anything lost, and counted.
///
/// The thread also ends stays (`FactRecorder::expire`) once a second of the clock, never past the oldest fact in hand.
class FactWriter final : public SightingSink {
 public:
  /// Called on the writer's thread after each batch or ended stay; must be quick and must not call back.
  using Listener = std::function<void(const RecordedFacts&)>;

  FactWriter(FactRecorder& recorder, FactSpool& spool, const Clock& clock, Listener listener = {},
             FactWriterLimits limits = {});
  ~FactWriter() override { stop(); }

  void accept(SightingFact fact) override;
  /// Writes what is queued to the database, or to the spool when it does not answer, and the pictures held back; then
  /// ends the thread. Facts accepted afterwards go to the spool.
  void stop();

  FactCounters counters() const;
  /// "database", "facts" and "pictures". Does not wait for the database.
  std::vector<HealthItem> health() const;

 private:
  enum class Outcome { done = 1, away };

  void run(const std::stop_token& stop);
  void wait_for_facts(const std::stop_token& stop);
  void wait_out(const std::stop_token& stop, Millis delay);
  Outcome write_from_spool();
  Outcome write_from_queue();
  Outcome write(std::span<const SightingFact> batch);
  Outcome write_one_by_one(std::span<const SightingFact> batch);
  Result<RecordedFacts> record(std::span<const SightingFact> batch);
  void end_stays();
  bool spill();
  bool spill_locked();
  void put_back_locked(std::vector<SightingFact> facts);
  bool is_full_locked() const;
  void note_database(const std::string& reason);

  FactRecorder& recorder_;
  FactSpool& spool_;
  const Clock& clock_;
  const Listener listener_;
  const FactWriterLimits limits_;

  mutable std::mutex mutex_;  ///< taken before the spool's own
  std::condition_variable_any arrived_;
  std::deque<SightingFact> queue_;
  std::size_t queue_bytes_ = 0;
  bool stopped_ = false;
  FactCounters counters_;
  std::string database_reason_;  ///< why the database is away; empty while it answers
  std::string spool_reason_;

  Instant last_tick_{};  ///< of the thread alone
  std::jthread thread_;  ///< last, so that it ends before anything it uses
};

}  // namespace hadir
