#include "app/facts/fact_batch.hpp"

#include <algorithm>
#include <format>
#include <tuple>

#include "app/facts/picture_paths.hpp"

namespace hadir {

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
  const auto judged = book.judged(who->id);
  if (!judged) return std::unexpected(judged.error());
  return judge.add(**judged, sighting, recorder_.told_.value_or(Instant{}));
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
  if (auto done = book.store(latest()); !done) return done;
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

/// The latest moment told, or seen.
Instant FactRecorder::Batch::latest() const {
  Instant latest = recorder_.told_.value_or(Instant{});
  for (const auto& sighting : recorded_.sightings) latest = std::max(latest, sighting.at);
  return latest;
}

RecordedFacts FactRecorder::Batch::finish() {
  auto& pictures = recorder_.fact_pictures_;
  const Instant now = latest();
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
      if (auto change = pictures_of(day, **who)) pictures.stage(std::move(*change), now, first_changed);
    recorded_.attendance.push_back({**who, *day.now, first_changed, last_changed});
  }
  recorded_.edges = std::move(book.edges);
  std::ranges::sort(recorded_.edges, {}, [](const PresenceEdge& edge) { return std::tie(edge.at, edge.person); });
  recorded_.taken_back = std::move(book.taken_back);
  recorded_.opened = std::move(book.opened);
  recorded_.resolved = std::move(book.resolved);
  recorded_.withdrawn = std::move(book.withdrawn);
  for (const auto& edge : recorded_.edges)
    if (edge.kind == EdgeKind::exit) pictures.write_person(edge.person, now);
  pictures.write_due(now);
  return std::move(recorded_);
}

}  // namespace hadir
