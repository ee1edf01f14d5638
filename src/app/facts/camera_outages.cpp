// FactRecorder's part about cameras that see nothing.
#include <algorithm>
#include <format>
#include <set>

#include "app/facts/fact_batch.hpp"

namespace hadir {

namespace {

Result<std::optional<CameraOutage>> open_outage(Database& database, const CameraId& camera) {
  auto latest = database.rules().latest_outage(camera);
  if (latest && *latest && (*latest)->until) latest->reset();
  return latest;
}

}  // namespace

Result<RecordedFacts> FactRecorder::camera_dark(const CameraId& camera, Instant last_frame, Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto known = open_outage(database_, camera);
  if (!known) return std::unexpected(known.error());
  if (*known) return RecordedFacts{};
  const CameraOutage outage{.camera = camera, .from = last_frame, .until = std::nullopt};
  if (!rules_)
    if (auto read = read_rules(rules_read_); !read) return std::unexpected(read.error());
  auto contents = rules_->contents();
  contents.outages.push_back(outage);
  auto rules = Rulebook::from(std::move(contents));
  if (!rules) return std::unexpected(rules.error());
  rules_.emplace(std::move(*rules));
  next_known_ = false;
  auto recorded = in_batch([&](Batch& batch) -> Status {
    if (auto put = database_.rules().put(outage); !put) return put;
    Notification notification;
    notification.type = NotificationType::camera_down;
    notification.camera = camera;
    notification.message = std::format("{} gives no pictures since {}", camera.str(),
                                       format_iso8601(last_frame, *settings_.site).substr(11, 5));
    notification.created_at = now;
    if (auto done = batch.notify(std::move(notification)); !done) return done;
    const auto everybody = database_.attendance().all_presence();
    if (!everybody) return std::unexpected(everybody.error());
    for (const auto& presence : *everybody) {
      if (presence.camera != camera) continue;
      const auto who = batch.book.judged(presence.person);
      if (!who) return std::unexpected(who.error());
      if (*who == nullptr) continue;
      const auto day = rules_->day_of(**who, presence.last_seen);
      if (auto done = batch.judge.judge_again(**who, day, told_.value_or(now)); !done) return done;
    }
    return {};
  });
  if (!recorded) rules_.reset();  // the outage is not in the database: it is told again
  return recorded;
}

Result<RecordedFacts> FactRecorder::camera_back(const CameraId& camera, Instant now) {
  const std::scoped_lock lock(mutex_);
  auto known = open_outage(database_, camera);
  if (!known) return std::unexpected(known.error());
  if (!*known) return RecordedFacts{};
  (*known)->until = std::max(now, (*known)->from);
  if (!rules_)
    if (auto read = read_rules(rules_read_); !read) return std::unexpected(read.error());
  auto recorded = in_batch([&](Batch& batch) -> Status {
    if (auto put = database_.rules().put(**known); !put) return put;
    Notification notification;
    notification.type = NotificationType::camera_up;
    notification.camera = camera;
    notification.message = std::format("{} gives pictures again", camera.str());
    notification.created_at = now;
    return batch.notify(std::move(notification));
  });
  rules_.reset();  // read anew, with the end of the outage
  return recorded;
}

Status FactRecorder::was_off(Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto everybody = database_.attendance().all_presence();
  if (!everybody) return std::unexpected(everybody.error());
  if (everybody->empty()) return {};
  // It ran at least until then.
  const auto last = std::ranges::max(*everybody, {}, &Presence::last_seen).last_seen;
  std::set<CameraId> cameras;
  for (const auto& presence : *everybody) cameras.insert(presence.camera);
  if (last >= now) return {};
  for (const auto& camera : cameras) {
    const auto dark = open_outage(database_, camera);
    if (!dark) return std::unexpected(dark.error());
    if (*dark) continue;
    if (auto put = database_.rules().put(CameraOutage{.camera = camera, .from = last, .until = now}); !put) return put;
  }
  rules_.reset();
  return {};
}

}  // namespace hadir
