#include "app/facts/fact_recorder.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/facts/picture_paths.hpp"
#include "core/attendance/presence.hpp"

namespace hadir {

Result<FactRules> FactRules::from(const SiteSettings& settings) {
  const std::chrono::time_zone* site = nullptr;
  if (settings.time_zone.empty()) {
    try {
      site = std::chrono::current_zone();
    } catch (const std::runtime_error&) {
      return fail(ErrorKind::invalid_input,
                  "this machine's time zone is not known: set time_zone in the configuration");
    }
  } else {
    auto zone = find_zone(settings.time_zone);
    if (!zone) return std::unexpected(zone.error());
    site = *zone;
  }
  const auto millis = [](double seconds) { return std::chrono::round<Millis>(std::chrono::duration<double>(seconds)); };
  return FactRules{.site = site,
                   .day_starts_at = settings.day_starts_at,
                   .present_timeout = millis(settings.present_timeout_sec),
                   .last_out_delay = millis(settings.attendance_last_out_delay_sec),
                   .day = {.first_in_overwrite = settings.attendance_first_in_overwrite_enabled}};
}

/// The work on one batch: people, presence and days are read once and written once.
class FactRecorder::Batch {
 public:
  struct Day {
    std::optional<AttendanceDay> before;
    AttendanceDay now;
    std::map<SightingId, const Bytes*> pictures;  ///< of the sightings of this batch
    bool first_in_changed = false;
    bool last_out_changed = false;
  };

  Batch(FactRecorder& recorder, std::span<const SightingFact> facts) : recorder_(recorder) {
    for (const auto& fact : facts) ordered_.push_back(&fact);
    std::ranges::stable_sort(ordered_, {},
                             [](const SightingFact* fact) { return std::tie(fact->sighting.at, fact->sighting.id); });
  }

  void save_unknown_faces();
  Status run();
  RecordedFacts finish();
  /// The first moment at which a stay seen in this batch can end.
  std::optional<Instant> first_exit() const;

 private:
  using DayKey = std::pair<PersonId, LocalDay>;

  Result<const Person*> person(const PersonId& id);
  Status add(const SightingFact& fact);
  Status add_presence(const Sighting& sighting);
  Status add_attendance(const Sighting& sighting, const Bytes& picture);
  Result<std::optional<AttendanceDay>> recount(const PersonId& person, LocalDay day);
  void name_pictures(Day& day, const Person& person);
  Status store();

  FactRecorder& recorder_;
  std::vector<const SightingFact*> ordered_;
  std::map<SightingId, std::string> unknown_faces_;  ///< paths of the crops written
  std::map<PersonId, std::optional<Person>> persons_;
  std::map<PersonId, std::optional<Presence>> presence_;
  std::map<DayKey, Day> days_;
  RecordedFacts recorded_;
};

/// Before the transaction, because the sighting says whether it has a picture. Each has a path of its own: one whose
/// sighting does not follow is replaced when the batch is tried again.
void FactRecorder::Batch::save_unknown_faces() {
  const auto& rules = recorder_.rules_;
  for (const auto* fact : ordered_) {
    const auto& sighting = fact->sighting;
    if (sighting.person || fact->picture.empty()) continue;
    auto path =
        unknown_face_path(sighting.camera, work_day_of(sighting.at, *rules.site, rules.day_starts_at), sighting.id);
    if (recorder_.fact_pictures_.put_unknown(path, fact->picture)) unknown_faces_[sighting.id] = std::move(path);
  }
}

Status FactRecorder::Batch::run() {
  for (const auto* fact : ordered_)
    if (auto added = add(*fact); !added) return added;
  return store();
}

/// nullptr: erased, or never there.
Result<const Person*> FactRecorder::Batch::person(const PersonId& id) {
  auto found = persons_.find(id);
  if (found == persons_.end()) {
    auto person = recorder_.database_.persons().get(id);
    if (!person && person.error().kind != ErrorKind::not_found) return std::unexpected(person.error());
    found = persons_.emplace(id, person ? std::optional(std::move(*person)) : std::nullopt).first;
  }
  return found->second ? &*found->second : nullptr;
}

Status FactRecorder::Batch::add(const SightingFact& fact) {
  Sighting sighting = fact.sighting;
  sighting.picture.clear();
  if (const auto saved = unknown_faces_.find(sighting.id); saved != unknown_faces_.end())
    sighting.picture = saved->second;
  if (sighting.person) {
    const auto known = person(*sighting.person);
    if (!known) return std::unexpected(known.error());
    if (*known == nullptr) sighting.person.reset();
  }
  const auto is_new = recorder_.database_.sightings().add(sighting);
  if (!is_new) return std::unexpected(is_new.error());
  if (!*is_new) {
    ++recorded_.repeated;
    return {};
  }
  recorded_.sightings.push_back(sighting);
  if (!sighting.person) return {};
  if (auto added = add_presence(sighting); !added) return added;
  return add_attendance(sighting, fact.picture);
}

Status FactRecorder::Batch::add_presence(const Sighting& sighting) {
  auto& attendance = recorder_.database_.attendance();
  auto found = presence_.find(*sighting.person);
  if (found == presence_.end()) {
    auto stored = attendance.presence(*sighting.person);
    if (!stored) return std::unexpected(stored.error());
    found = presence_.emplace(*sighting.person, std::move(*stored)).first;
  }
  const auto& before = found->second;
  if (before && sighting.at <= before->last_seen) return {};
  const auto change = edges_changed(
      *sighting.person, before ? std::optional(Seen{.at = before->last_seen, .camera = before->camera}) : std::nullopt,
      {.at = sighting.at, .camera = sighting.camera}, std::nullopt,
      before && before->status == PresenceStatus::unavailable ? Afterwards::exit_was_told : Afterwards::nothing,
      [this](Instant) { return recorder_.rules_.present_timeout; });
  Presence now{.person = *sighting.person,
               .status = PresenceStatus::available,
               .last_seen = sighting.at,
               .camera = sighting.camera,
               .changed_at = before ? before->changed_at : sighting.at};
  auto edges = change.added;
  // The EXIT it shows to be wrong is told: the person is back at that moment.
  for (const auto& told : change.removed) edges.push_back({told.person, EdgeKind::enter, told.at, sighting.camera});
  for (const auto& edge : edges) {
    if (auto added = attendance.add_edge(edge); !added) return added;
    recorded_.edges.push_back(edge);
    now.changed_at = edge.at;
  }
  found->second = std::move(now);
  return {};
}

Status FactRecorder::Batch::add_attendance(const Sighting& sighting, const Bytes& picture) {
  const auto& rules = recorder_.rules_;
  const auto work_day = work_day_of(sighting.at, *rules.site, rules.day_starts_at);
  auto found = days_.find({*sighting.person, work_day});
  std::optional<AttendanceDay> current;
  if (found == days_.end()) {
    auto stored = recorder_.database_.attendance().day(*sighting.person, work_day);
    if (!stored) return std::unexpected(stored.error());
    current = std::move(*stored);
  } else {
    current = found->second.now;
  }
  auto step = add_sighting(current, work_day, sighting, rules.day);
  if (step.verdict == DayVerdict::unchanged) return {};
  if (found == days_.end()) {
    found = days_.try_emplace({*sighting.person, work_day}).first;
    found->second.before = std::move(current);
  }
  auto& day = found->second;
  if (step.verdict == DayVerdict::recount) {
    auto counted = recount(*sighting.person, work_day);
    if (!counted) return std::unexpected(counted.error());
    if (*counted) step.day = std::move(**counted);
  }
  day.now = std::move(step.day);
  day.pictures[sighting.id] = &picture;
  return {};
}

/// The day from the journal. The window is wider than any working day; `work_day_of` decides.
Result<std::optional<AttendanceDay>> FactRecorder::Batch::recount(const PersonId& person, LocalDay day) {
  const auto& rules = recorder_.rules_;
  const Instant noon{std::chrono::sys_days{day.time_since_epoch()} + std::chrono::hours(12)};
  auto sightings =
      recorder_.database_.sightings().between(noon - std::chrono::hours(48), noon + std::chrono::hours(60), person);
  if (!sightings) return std::unexpected(sightings.error());
  std::erase_if(*sightings, [&](const Sighting& sighting) {
    return work_day_of(sighting.at, *rules.site, rules.day_starts_at) != day;
  });
  return attendance_of(person, day, *sightings, rules.day);
}

/// Where the marks' pictures will be. A mark whose sighting stayed keeps its own.
void FactRecorder::Batch::name_pictures(Day& day, const Person& person) {
  const auto folder = attendance_folder(day.now.day, person.employee_code);
  const auto sighting_of = [](const std::optional<AttendanceMark>& mark) {
    return mark ? mark->sighting : SightingId{};
  };
  const auto name = [&](std::optional<AttendanceMark>& mark, const std::optional<AttendanceMark>& before,
                        const char* file) {
    if (!mark) return false;
    if (before && before->sighting == mark->sighting) {
      mark->picture = before->picture;
      return before->at != mark->at;
    }
    const auto taken = day.pictures.find(mark->sighting);
    const bool has_picture = taken != day.pictures.end()
                                 ? !taken->second->empty()
                                 // A first in that became the last out brings its picture along.
                                 : day.before && sighting_of(day.before->first_in) == mark->sighting &&
                                       !day.before->first_in->picture.empty();
    mark->picture = has_picture ? folder + file : "";
    return true;
  };
  const std::optional<AttendanceMark> none;
  day.first_in_changed = name(day.now.first_in, day.before ? day.before->first_in : none, "/first_in.jpg");
  day.last_out_changed = name(day.now.last_out, day.before ? day.before->last_out : none, "/last_out.jpg");
}

Status FactRecorder::Batch::store() {
  auto& attendance = recorder_.database_.attendance();
  for (const auto& [person, presence] : presence_)
    if (presence)
      if (auto put = attendance.put_presence(*presence); !put) return put;
  for (auto& [key, day] : days_) {
    name_pictures(day, *persons_.at(key.first));
    if (auto put = attendance.put_day(day.now); !put) return put;
  }
  return {};
}

/// After the transaction: what is new, and its pictures.
RecordedFacts FactRecorder::Batch::finish() {
  if (recorded_.sightings.empty()) return std::move(recorded_);
  Instant latest = recorded_.sightings.front().at;
  for (const auto& sighting : recorded_.sightings) latest = std::max(latest, sighting.at);
  auto& pictures = recorder_.fact_pictures_;
  for (auto& [key, day] : days_) {
    const auto& person = *persons_.at(key.first);
    const auto bytes_of = [&](const std::optional<AttendanceMark>& mark) -> Bytes {
      if (!mark || mark->picture.empty()) return {};
      if (const auto taken = day.pictures.find(mark->sighting); taken != day.pictures.end()) return *taken->second;
      return pictures.picture_at(day.before->first_in->picture);
    };
    FactPictures::Change change{.person = person, .day = day.now, .first_in = {}, .last_out = {}};
    const bool new_first = day.first_in_changed && !(day.before && day.before->first_in &&
                                                     day.before->first_in->sighting == day.now.first_in->sighting);
    if (day.last_out_changed) change.last_out = bytes_of(day.now.last_out);
    if (new_first) change.first_in = bytes_of(day.now.first_in);
    pictures.stage(std::move(change), latest, day.first_in_changed);
    recorded_.attendance.push_back({person, day.now, day.first_in_changed, day.last_out_changed});
  }
  for (const auto& edge : recorded_.edges)
    if (edge.kind == EdgeKind::exit) pictures.write_person(edge.person, latest);
  pictures.write_due(latest);
  return std::move(recorded_);
}

std::optional<Instant> FactRecorder::Batch::first_exit() const {
  std::optional<Instant> first;
  for (const auto& [person, presence] : presence_) {
    if (!presence || presence->status != PresenceStatus::available) continue;
    const auto due = presence->last_seen + recorder_.rules_.present_timeout;
    if (!first || due < *first) first = due;
  }
  return first;
}

FactRecorder::FactRecorder(Database& database, PictureStore& pictures, FactRules rules)
    : database_(database), rules_(rules), fact_pictures_(pictures, *rules.site, rules.last_out_delay) {}

Result<RecordedFacts> FactRecorder::record(std::span<const SightingFact> facts) {
  const std::scoped_lock lock(mutex_);
  Batch batch(*this, facts);
  batch.save_unknown_faces();
  if (auto done = database_.in_transaction([&] { return batch.run(); }); !done) return std::unexpected(done.error());
  if (next_exit_)
    if (const auto first = batch.first_exit()) next_exit_ = std::min(*next_exit_, *first);
  return batch.finish();
}

Result<RecordedFacts> FactRecorder::expire(Instant now) {
  const std::scoped_lock lock(mutex_);
  RecordedFacts recorded;
  if (!next_exit_ || now > *next_exit_) {
    Instant next = Instant::max();
    auto done = database_.in_transaction([&]() -> Status { return end_stays(now, recorded, next); });
    if (!done) return std::unexpected(done.error());
    next_exit_ = next;
  }
  for (const auto& edge : recorded.edges) fact_pictures_.write_person(edge.person, now);
  fact_pictures_.write_due(now);
  return recorded;
}

Status FactRecorder::end_stays(Instant now, RecordedFacts& recorded, Instant& next) {
  const auto everybody = database_.attendance().all_presence();
  if (!everybody) return std::unexpected(everybody.error());
  for (const auto& presence : *everybody) {
    if (presence.status != PresenceStatus::available) continue;
    const auto left = presence_at(presence, now, rules_.present_timeout);
    if (!left) {
      next = std::min(next, presence.last_seen + rules_.present_timeout);
      continue;
    }
    if (auto put = database_.attendance().put_presence(left->presence); !put) return put;
    if (auto added = database_.attendance().add_edge(left->edge); !added) return added;
    recorded.edges.push_back(left->edge);
  }
  std::ranges::sort(recorded.edges, {}, [](const PresenceEdge& edge) { return std::tie(edge.at, edge.person); });
  return {};
}

void FactRecorder::flush(Instant now) {
  const std::scoped_lock lock(mutex_);
  fact_pictures_.write_all(now);
}

}  // namespace hadir
