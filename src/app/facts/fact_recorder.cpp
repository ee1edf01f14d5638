#include "app/facts/fact_recorder.hpp"

#include <algorithm>

#include "app/facts/fact_batch.hpp"
#include "app/facts/judged_people.hpp"

namespace hadir {

void RecordedFacts::add(RecordedFacts&& more) {
  const auto move_to = [](auto& here, auto& there) { std::ranges::move(there, std::back_inserter(here)); };
  move_to(sightings, more.sightings);
  move_to(edges, more.edges);
  move_to(taken_back, more.taken_back);
  move_to(attendance, more.attendance);
  move_to(opened, more.opened);
  move_to(resolved, more.resolved);
  move_to(withdrawn, more.withdrawn);
  move_to(notifications, more.notifications);
  repeated += more.repeated;
}

FactRecorder::FactRecorder(Database& database, PictureStore& pictures, FactRules rules)
    : database_(database), settings_(rules), fact_pictures_(pictures, *rules.site, rules.last_out_delay) {}

Status FactRecorder::read_rules(Instant now) {
  const bool fresh = now >= rules_read_ && now - rules_read_ < rules_age;
  if (rules_ && fresh) return {};
  // Outages come from this recorder alone, which forgets the rules when it changes one: what is known of them is right.
  Result<std::vector<CameraOutage>> outages;
  if (rules_)
    outages = rules_->contents().outages;
  else
    outages = database_.rules().outages({}, {});
  if (!outages) return std::unexpected(outages.error());
  auto rules = load_rules(database_, settings_, std::move(*outages));
  if (!rules) return std::unexpected(rules.error());
  rules_read_ = now;
  if (rules_ && rules_->contents() == rules->contents()) return {};
  rules_.emplace(std::move(*rules));
  // When time alone changes something depends on the rules.
  next_known_ = false;
  next_close_ = Instant{};
  return {};
}

Result<RecordedFacts> FactRecorder::in_batch(const std::function<Status(Batch&)>& work) {
  Batch batch(*this);
  auto done = database_.in_transaction([&]() -> Status {
    if (auto worked = work(batch); !worked) return worked;
    return batch.store();
  });
  if (!done) return std::unexpected(done.error());
  return batch.finish();
}

Result<RecordedFacts> FactRecorder::record(std::span<const SightingFact> facts) {
  const std::scoped_lock lock(mutex_);
  if (!rules_)
    if (auto read = read_rules(rules_read_); !read) return std::unexpected(read.error());
  Batch batch(*this, facts);
  batch.save_unknown_faces();
  auto done = database_.in_transaction([&]() -> Status {
    if (auto added = batch.add_facts(); !added) return added;
    return batch.store();
  });
  if (!done) return std::unexpected(done.error());
  for (const auto& [person, presence] : batch.book.presences()) {
    if (!presence) continue;
    if (presence->status == PresenceStatus::available)
      next_[person] = presence->last_seen + rules_->timeout_at(presence->last_seen);
    else
      next_[person] = Instant::min();
  }
  return batch.finish();
}

Status FactRecorder::pass_time(Batch& batch, Instant now) {
  const auto everybody = database_.attendance().all_presence();
  if (!everybody) return std::unexpected(everybody.error());
  for (const auto& presence : *everybody) {
    const auto due = next_.find(presence.person);
    if (next_known_ && due != next_.end() && now <= due->second) continue;
    const auto who = batch.book.judged(presence.person);
    if (!who) return std::unexpected(who.error());
    if (*who == nullptr) continue;
    if (auto done = batch.judge.pass(**who, told_.value_or(now), now); !done) return done;
    const auto next = batch.judge.next_moment(**who, now);
    if (!next) return std::unexpected(next.error());
    next_[presence.person] = next->value_or(Instant::max());
    // What was due is done: only an alert whose log was emptied is due for good.
    if (next_[presence.person] < now) next_[presence.person] = now + std::chrono::minutes(1);
  }
  return {};
}

/// The days of some people that ended since it was looked for them last.
Status FactRecorder::close_days_of(Batch& batch, std::span<const JudgedPerson> people, Instant now,
                                   Instant& next_close) {
  constexpr std::chrono::days look_back{4};
  const auto before = closed_until_.value_or(now - look_back);
  const auto site = rules_->site_calendar(now);
  for (const auto& who : people) {
    for (auto day = site.day_of(before) - std::chrono::days(2); day <= site.day_of(now) + std::chrono::days(1);
         day += std::chrono::days(1)) {
      const auto closes = rules_->closes_at(who, day);
      if (closes > now)
        next_close = std::min(next_close, closes);
      else if (closes >= before)
        if (auto done = batch.judge.judge_again(who, day, now); !done) return done;
    }
  }
  return {};
}

/// A transaction for some people at a time, so that nobody else waits long to write. Days closed twice are the same.
Status FactRecorder::close_days(Instant now, RecordedFacts& recorded) {
  constexpr std::size_t at_once = 100;
  const auto people = judged_everybody(database_);
  if (!people) return std::unexpected(people.error());
  // Somebody enrolled meanwhile may have a day that ends earlier than those known now.
  auto next_close = now + std::chrono::hours(1);
  for (std::span<const JudgedPerson> left = *people; !left.empty();) {
    const auto some = left.first(std::min(at_once, left.size()));
    auto closed = in_batch([&](Batch& batch) { return close_days_of(batch, some, now, next_close); });
    if (!closed) return std::unexpected(closed.error());
    recorded.add(std::move(*closed));
    left = left.subspan(some.size());
  }
  next_close_ = next_close;
  closed_until_ = now;
  return {};
}

Result<RecordedFacts> FactRecorder::expire(Instant now) {
  const std::scoped_lock lock(mutex_);
  if (auto read = read_rules(now); !read) return std::unexpected(read.error());
  // A clock that stepped back tells nothing new.
  if (told_) now = std::max(now, *told_);
  const bool someone = !next_known_ || std::ranges::any_of(next_, [&](const auto& one) { return now > one.second; });
  Result<RecordedFacts> recorded;
  if (someone || now >= next_close_) {
    recorded = in_batch([&](Batch& batch) { return pass_time(batch, now); });
    if (recorded && now >= next_close_)
      if (auto closed = close_days(now, *recorded); !closed) recorded = std::unexpected(closed.error());
    if (!recorded) {
      next_known_ = false;
      next_close_ = Instant{};
      return recorded;
    }
    next_known_ = true;
  }
  told_ = now;
  fact_pictures_.write_due(now);
  return recorded;
}

Result<RecordedFacts> FactRecorder::rules_changed(std::span<const LocalDay> days) {
  const std::scoped_lock lock(mutex_);
  rules_.reset();
  if (auto read = read_rules(rules_read_); !read) return std::unexpected(read.error());
  return in_batch([&](Batch& batch) -> Status {
    if (days.empty()) return {};
    const auto people = judged_everybody(database_);
    if (!people) return std::unexpected(people.error());
    for (const auto& who : *people)
      for (const auto day : days)
        if (auto done = batch.judge.judge_again(who, day, told_.value_or(Instant{})); !done) return done;
    return {};
  });
}

void FactRecorder::flush(Instant now) {
  const std::scoped_lock lock(mutex_);
  fact_pictures_.write_all(now);
}

}  // namespace hadir
