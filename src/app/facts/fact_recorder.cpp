#include "app/facts/fact_recorder.hpp"

#include <algorithm>
#include <format>
#include <set>
#include <tuple>

#include "app/facts/fact_book.hpp"
#include "app/facts/picture_paths.hpp"
#include "core/uuid.hpp"

namespace hadir {

/// The work on one batch.
class FactRecorder::Batch {
 public:
  explicit Batch(FactRecorder& recorder, std::span<const SightingFact> facts = {})
      : book(recorder.database_), judge(*recorder.rules_, book), recorder_(recorder) {
    for (const auto& fact : facts) ordered_.push_back(&fact);
    std::ranges::stable_sort(ordered_, {},
                             [](const SightingFact* fact) { return std::tie(fact->sighting.at, fact->sighting.id); });
  }

  void save_unknown_faces();
  Status add_facts();
  /// Writes what changed, with the notifications about it.
  Status store();
  /// After the transaction: what is new, and its pictures.
  RecordedFacts finish();
  Status notify(Notification notification);

  FactBook book;
  Judge judge;

 private:
  Status add(const SightingFact& fact);
  Status notify_of_absences();
  void name_pictures(FactBook::Day& day, const Person& person) const;
  std::optional<FactPictures::Change> pictures_of(const FactBook::Day& day, const Person& person) const;

  FactRecorder& recorder_;
  RandomUuidSource uuids_;
  std::vector<const SightingFact*> ordered_;
  std::map<SightingId, std::string> unknown_faces_;  ///< paths of the crops written
  std::map<SightingId, const Bytes*> pictures_;      ///< of the sightings of this batch
  RecordedFacts recorded_;
};

/// Before the transaction, because the sighting says whether it has a picture. Each has a path of its own: one whose
/// sighting does not follow is replaced when the batch is tried again.
void FactRecorder::Batch::save_unknown_faces() {
  const auto& rules = recorder_.settings_;
  for (const auto* fact : ordered_) {
    const auto& sighting = fact->sighting;
    if (sighting.person || fact->picture.empty()) continue;
    auto path =
        unknown_face_path(sighting.camera, work_day_of(sighting.at, *rules.site, rules.day_starts_at), sighting.id);
    if (recorder_.fact_pictures_.put_unknown(path, fact->picture)) unknown_faces_[sighting.id] = std::move(path);
  }
}

Status FactRecorder::Batch::add_facts() {
  for (const auto* fact : ordered_)
    if (auto added = add(*fact); !added) return added;
  return {};
}

Status FactRecorder::Batch::add(const SightingFact& fact) {
  Sighting sighting = fact.sighting;
  sighting.picture.clear();
  if (const auto saved = unknown_faces_.find(sighting.id); saved != unknown_faces_.end())
    sighting.picture = saved->second;
  const Person* who = nullptr;
  if (sighting.person) {
    const auto known = book.person(*sighting.person);
    if (!known) return std::unexpected(known.error());
    who = *known;
    if (who == nullptr) sighting.person.reset();
  }
  const auto is_new = recorder_.database_.sightings().add(sighting);
  if (!is_new) return std::unexpected(is_new.error());
  if (!*is_new) {
    ++recorded_.repeated;
    return {};
  }
  recorded_.sightings.push_back(sighting);
  if (who == nullptr) return {};
  pictures_[sighting.id] = &fact.picture;
  return judge.add(JudgedPerson::of(*who), sighting, recorder_.told_.value_or(Instant{}));
}

/// Where the marks' pictures will be. A mark whose sighting stayed keeps its own.
void FactRecorder::Batch::name_pictures(FactBook::Day& day, const Person& person) const {
  const auto folder = attendance_folder(day.now->day, person.employee_code);
  const auto* before = day.before ? &*day.before : nullptr;
  const auto name = [&](std::optional<AttendanceMark>& mark, const std::optional<AttendanceMark>& known,
                        const char* file) {
    if (!mark) return;
    if (known && known->sighting == mark->sighting) {
      mark->picture = known->picture;
      return;
    }
    const auto taken = pictures_.find(mark->sighting);
    const bool has_picture = taken != pictures_.end() ? !taken->second->empty()
                                                      // A first in that became the last out brings its picture along.
                                                      : before != nullptr && before->first_in &&
                                                            before->first_in->sighting == mark->sighting &&
                                                            !before->first_in->picture.empty();
    mark->picture = has_picture ? folder + file : "";
  };
  const std::optional<AttendanceMark> none;
  name(day.now->first_in, before != nullptr ? before->first_in : none, "/first_in.jpg");
  name(day.now->last_out, before != nullptr ? before->last_out : none, "/last_out.jpg");
}

Status FactRecorder::Batch::notify(Notification notification) {
  notification.id = NotificationId(uuids_.next(notification.created_at));
  recorded_.notifications.push_back(notification);
  return recorder_.database_.alerts().add(notification);
}

/// One that is over already when it is found is in the log, but nobody needs to look for that person.
Status FactRecorder::Batch::notify_of_absences() {
  for (const auto& violation : book.opened) {
    if (violation.resolved_at) continue;
    const auto who = book.person(violation.person);
    if (!who) return std::unexpected(who.error());
    if (*who == nullptr) continue;
    const auto time = format_iso8601(violation.last_seen, *recorder_.settings_.site).substr(11, 5);
    Notification notification;
    notification.type = NotificationType::employee_lost;
    notification.person = violation.person;
    notification.camera = violation.camera;
    notification.alert = violation.id;
    notification.message = std::format("{} was last seen on {} at {}", (*who)->name, violation.camera.str(), time);
    notification.created_at = violation.opened_at;
    if (auto done = notify(std::move(notification)); !done) return done;
  }
  return {};
}

Status FactRecorder::Batch::store() {
  for (auto& [key, day] : book.days()) {
    if (!day.changed || !day.now) continue;
    const auto who = book.person(key.first);
    if (!who) return std::unexpected(who.error());
    if (*who != nullptr) name_pictures(day, **who);
  }
  if (auto done = book.store(); !done) return done;
  return notify_of_absences();
}

/// What of a day's pictures and its meta.json is new.
std::optional<FactPictures::Change> FactRecorder::Batch::pictures_of(const FactBook::Day& day,
                                                                     const Person& person) const {
  const auto sighting_of = [](const std::optional<AttendanceMark>& mark) {
    return mark ? mark->sighting : SightingId{};
  };
  const std::optional<AttendanceMark> none;
  const auto& first_before = day.before ? day.before->first_in : none;
  const auto& last_before = day.before ? day.before->last_out : none;
  const auto bytes_of = [&](const AttendanceMark& mark) -> Bytes {
    if (mark.picture.empty()) return {};
    if (const auto taken = pictures_.find(mark.sighting); taken != pictures_.end()) return *taken->second;
    return first_before ? recorder_.fact_pictures_.picture_at(first_before->picture) : Bytes{};
  };
  FactPictures::Change change{.person = person, .day = *day.now, .first_in = {}, .last_out = {}};
  if (day.now->last_out && sighting_of(last_before) != day.now->last_out->sighting)
    change.last_out = bytes_of(*day.now->last_out);
  if (!day.now->last_out && last_before) change.last_out = Bytes{};
  if (day.now->first_in && sighting_of(first_before) != day.now->first_in->sighting)
    change.first_in = bytes_of(*day.now->first_in);
  if (!day.now->first_in && !first_before) return std::nullopt;
  return change;
}

RecordedFacts FactRecorder::Batch::finish() {
  auto& pictures = recorder_.fact_pictures_;
  Instant latest = recorder_.told_.value_or(Instant{});
  for (const auto& sighting : recorded_.sightings) latest = std::max(latest, sighting.at);
  const auto moved = [](const std::optional<AttendanceMark>& a, const std::optional<AttendanceMark>& b) {
    return a.has_value() != b.has_value() || (a && (a->at != b->at || a->sighting != b->sighting));
  };
  const std::optional<AttendanceMark> none;
  for (auto& [key, day] : book.days()) {
    const auto who = book.person(key.first);
    if (!day.changed || !day.now || !who || *who == nullptr) continue;
    const bool first_changed = moved(day.now->first_in, day.before ? day.before->first_in : none);
    const bool last_changed = moved(day.now->last_out, day.before ? day.before->last_out : none);
    if (first_changed || last_changed)
      if (auto change = pictures_of(day, **who)) pictures.stage(std::move(*change), latest, first_changed);
    recorded_.attendance.push_back({**who, *day.now, first_changed, last_changed});
  }
  recorded_.edges = std::move(book.edges);
  std::ranges::sort(recorded_.edges, {}, [](const PresenceEdge& edge) { return std::tie(edge.at, edge.person); });
  recorded_.taken_back = std::move(book.taken_back);
  recorded_.opened = std::move(book.opened);
  recorded_.resolved = std::move(book.resolved);
  recorded_.withdrawn = std::move(book.withdrawn);
  for (const auto& edge : recorded_.edges)
    if (edge.kind == EdgeKind::exit) pictures.write_person(edge.person, latest);
  pictures.write_due(latest);
  return std::move(recorded_);
}

FactRecorder::FactRecorder(Database& database, PictureStore& pictures, FactRules rules)
    : database_(database), settings_(rules), fact_pictures_(pictures, *rules.site, rules.last_out_delay) {}

Status FactRecorder::read_rules(Instant now) {
  const bool fresh = now >= rules_read_ && now - rules_read_ < rules_age;
  if (rules_ && fresh) return {};
  auto rules = load_rules(database_, settings_);
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
    const auto who = batch.book.person(presence.person);
    if (!who) return std::unexpected(who.error());
    if (*who == nullptr) continue;
    const auto judged = JudgedPerson::of(**who);
    if (auto done = batch.judge.pass(judged, told_.value_or(now), now); !done) return done;
    const auto next = batch.judge.next_moment(judged, now);
    if (!next) return std::unexpected(next.error());
    next_[presence.person] = next->value_or(Instant::max());
  }
  return {};
}

/// Everybody's days that ended since the time was told last.
Status FactRecorder::close_days(Batch& batch, Instant now) {
  constexpr std::chrono::days look_back{4};
  const auto before = told_.value_or(now - look_back);
  auto people = database_.persons().list();
  if (!people) return std::unexpected(people.error());
  next_close_ = Instant::max();
  for (const auto& person : *people) {
    const auto who = JudgedPerson::of(person);
    const auto site = rules_->site_calendar(now);
    for (auto day = site.day_of(before) - std::chrono::days(2); day <= site.day_of(now) + std::chrono::days(1);
         day += std::chrono::days(1)) {
      const auto closes = rules_->closes_at(who, day);
      if (closes > now)
        next_close_ = std::min(next_close_, closes);
      else if (closes >= before)
        if (auto done = batch.judge.judge_again(who, day, now); !done) return done;
    }
  }
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
    recorded = in_batch([&](Batch& batch) -> Status {
      if (auto done = pass_time(batch, now); !done) return done;
      return now >= next_close_ ? close_days(batch, now) : Status{};
    });
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
    auto people = database_.persons().list();
    if (!people) return std::unexpected(people.error());
    for (const auto& person : *people)
      for (const auto day : days)
        if (auto done = batch.judge.judge_again(JudgedPerson::of(person), day, told_.value_or(Instant{})); !done)
          return done;
    return {};
  });
}

namespace {

Result<std::optional<CameraOutage>> open_outage(Database& database, const CameraId& camera) {
  auto all = database.rules().outages({}, {});
  if (!all) return std::unexpected(all.error());
  for (auto& outage : *all)
    if (outage.camera == camera && !outage.until) return outage;
  return std::nullopt;
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
      const auto who = batch.book.person(presence.person);
      if (!who) return std::unexpected(who.error());
      if (*who == nullptr) continue;
      const auto judged = JudgedPerson::of(**who);
      const auto day = rules_->day_of(judged, presence.last_seen);
      if (auto done = batch.judge.judge_again(judged, day, told_.value_or(now)); !done) return done;
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

void FactRecorder::flush(Instant now) {
  const std::scoped_lock lock(mutex_);
  fact_pictures_.write_all(now);
}

}  // namespace hadir
