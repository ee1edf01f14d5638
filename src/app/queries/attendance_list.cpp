#include "app/queries/attendance_list.hpp"

#include <format>
#include <set>
#include <unordered_map>

namespace hadir {

Result<std::vector<AttendanceRow>> attendance_list(Database& database, LocalDay day, const SiteDay& site, Instant now) {
  if (day > site.of(now))
    return fail(ErrorKind::invalid_input,
                std::format("date: {} has not come yet; today is {}", format_day(day), format_day(site.of(now))));
  auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  auto days = database.attendance().days(day, day);
  if (!days) return std::unexpected(days.error());
  std::unordered_map<PersonId, AttendanceDay> recorded;
  for (AttendanceDay& record : *days) recorded.emplace(record.person, std::move(record));

  std::vector<AttendanceRow> rows;
  for (Person& person : *people) {
    if (const auto found = recorded.find(person.id); found != recorded.end()) {
      rows.push_back({std::move(person), std::move(found->second), true});
    } else if (person.status == PersonStatus::active && site.of(person.created_at) <= day) {
      AttendanceDay absent;
      absent.person = person.id;
      absent.day = day;
      absent.status = AttendanceStatus::absent;
      rows.push_back({std::move(person), std::move(absent), false});
    }
  }
  return rows;
}

Result<std::vector<PresenceRow>> presence_list(Database& database) {
  auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  auto presence = database.attendance().all_presence();
  if (!presence) return std::unexpected(presence.error());
  std::unordered_map<PersonId, Presence> by_person;
  for (Presence& one : *presence) by_person.emplace(one.person, std::move(one));

  std::vector<PresenceRow> rows;
  for (Person& person : *people) {
    if (person.status == PersonStatus::archived) continue;
    std::optional<Presence> found;
    if (const auto at = by_person.find(person.id); at != by_person.end()) found = std::move(at->second);
    rows.push_back({std::move(person), std::move(found)});
  }
  return rows;
}

Result<std::size_t> unknown_tracks(Database& database, Instant from, Instant to) {
  const auto sightings = database.sightings().between(from, to, std::nullopt);
  if (!sightings) return std::unexpected(sightings.error());
  std::set<std::pair<CameraId, TrackId>> known;
  std::set<std::pair<CameraId, TrackId>> tracks;
  for (const Sighting& sighting : *sightings)
    (sighting.person ? known : tracks).emplace(sighting.camera, sighting.track);
  for (const auto& track : known) tracks.erase(track);  // unknown at first, named later
  return tracks.size();
}

}  // namespace hadir
