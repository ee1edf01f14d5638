#include "app/facts/fact_pictures.hpp"

#include <format>

#include <nlohmann/json.hpp>

#include "app/facts/picture_paths.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Status put_or_remove(PictureStore& pictures, const std::string& path, const Bytes& bytes) {
  if (!bytes.empty()) return pictures.put(path, bytes);
  auto removed = pictures.remove(path);
  if (!removed && removed.error().kind == ErrorKind::not_found) return {};
  return removed;
}

Json json_of(const std::optional<AttendanceMark>& mark, const std::chrono::time_zone& site) {
  if (!mark) return nullptr;
  // Rounded as text would be: 0.9 rather than 0.8999999761581421.
  const double confidence = std::round(static_cast<double>(mark->confidence) * 10'000) / 10'000;
  return {{"time", format_iso8601(mark->at, site)},
          {"camera", mark->camera.str()},
          {"confidence", confidence},
          {"sighting", mark->sighting.str()},
          {"picture", mark->picture.empty() ? Json(nullptr) : Json(mark->picture)}};
}

}  // namespace

bool FactPictures::put_unknown(const std::string& path, const Bytes& bytes) {
  const auto put = pictures_.put(path, bytes);
  note(put ? std::string() : put.error().message);
  return put.has_value();
}

void FactPictures::stage(Change change, Instant now, bool at_once) {
  const auto folder = attendance_folder(change.day.day, change.person.employee_code);
  auto found = staged_.find(folder);
  if (found == staged_.end()) {
    make_room(now);
    found = staged_.emplace(folder, Staged{std::move(change), at_once ? now : now + hold_back}).first;
  } else {
    auto& known = found->second;
    if (!change.first_in) change.first_in = std::move(known.change.first_in);
    if (!change.last_out) change.last_out = std::move(known.change.last_out);
    known.change = std::move(change);
  }
  if (waits(found->second.change, now)) found->second.due = found->second.change.day.last_out->at + last_out_delay_;
  if (at_once) write(found, now);
}

/// Whether the last out may still move.
bool FactPictures::waits(const Change& change, Instant now) const {
  return last_out_delay_ > Millis{0} && change.last_out && change.day.last_out &&
         now - change.day.last_out->at < last_out_delay_;
}

Bytes FactPictures::picture_at(const std::string& path) const {
  for (const auto& [folder, staged] : staged_) {
    if (staged.change.first_in && path == folder + "/first_in.jpg") return *staged.change.first_in;
    if (staged.change.last_out && path == folder + "/last_out.jpg") return *staged.change.last_out;
  }
  return pictures_.get(path).value_or(Bytes{});
}

void FactPictures::write_due(Instant now) {
  for (auto staged = staged_.begin(); staged != staged_.end();) {
    // A clock that stepped back must not hold pictures for hours.
    const bool due = staged->second.due <= now || staged->second.due > now + std::max(hold_back, last_out_delay_);
    staged = due ? write(staged, now) : std::next(staged);
  }
}

void FactPictures::write_person(const PersonId& person, Instant now) {
  for (auto staged = staged_.begin(); staged != staged_.end();)
    staged = staged->second.change.person.id == person && !waits(staged->second.change, now) ? write(staged, now)
                                                                                             : std::next(staged);
}

void FactPictures::write_all(Instant now) {
  for (auto staged = staged_.begin(); staged != staged_.end();) staged = write(staged, now, LastOut::now);
}

FactPictures::Staging::iterator FactPictures::write(Staging::iterator staged, Instant now, LastOut last_out) {
  auto& change = staged->second.change;
  const bool later = last_out == LastOut::when_due && waits(change, now);
  const auto written = write_parts(staged->first, change, later);
  if (written) {
    staged = later ? std::next(staged) : staged_.erase(staged);
    note({});
    return staged;
  }
  staged->second.due = now + hold_back;
  note(written.error().message);
  return std::next(staged);
}

Status FactPictures::write_parts(const std::string& folder, Change& change, bool without_last_out) {
  if (change.first_in) {
    if (auto put = put_or_remove(pictures_, folder + "/first_in.jpg", *change.first_in); !put) return put;
    change.first_in.reset();
  }
  if (change.last_out && !without_last_out) {
    if (auto put = put_or_remove(pictures_, folder + "/last_out.jpg", *change.last_out); !put) return put;
    change.last_out.reset();
  }
  const auto meta = meta_of(change);
  return pictures_.put(folder + "/meta.json", {reinterpret_cast<const std::uint8_t*>(meta.data()), meta.size()});
}

std::string FactPictures::meta_of(const Change& change) const {
  const auto duration = change.day.duration();
  const Json meta = {{"employee_code", change.person.employee_code},
                     {"name", change.person.name},
                     {"person_id", change.person.id.str()},
                     {"date", format_day(change.day.day)},
                     {"time_zone", site_.name()},
                     {"first_in", json_of(change.day.first_in, site_)},
                     {"last_out", json_of(change.day.last_out, site_)},
                     {"duration_minutes", duration ? Json(duration->count()) : Json(nullptr)}};
  return meta.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void FactPictures::make_room(Instant now) {
  if (staged_.size() < most_staged) return;
  auto oldest = std::ranges::min_element(staged_, {}, [](const auto& entry) { return entry.second.due; });
  if (const auto before = staged_.size(); write(oldest, now, LastOut::now), staged_.size() < before) return;
  oldest = std::ranges::min_element(staged_, {}, [](const auto& entry) { return entry.second.due; });
  staged_.erase(oldest);
  const std::scoped_lock lock(health_mutex_);
  ++lost_;
}

void FactPictures::note(const std::string& failure) {
  const std::scoped_lock lock(health_mutex_);
  failure_ = failure;
  waiting_ = staged_.size();
}

HealthItem FactPictures::health() const {
  const std::scoped_lock lock(health_mutex_);
  if (failure_.empty()) return {.part = "pictures", .ok = true, .reason = {}};
  auto reason = failure_;
  if (waiting_ > 0) reason += std::format("; pictures of {} attendance days wait to be written", waiting_);
  if (lost_ > 0) reason += std::format(", those of {} were given up", lost_);
  return {.part = "pictures", .ok = false, .reason = std::move(reason)};
}

}  // namespace hadir
