// Who hears what on the attendance channel: all of it on its own thread.
#include <spdlog/spdlog.h>

#include <cmath>

#include "web/live/attendance_socket.hpp"

namespace hadir {

void AttendanceSocket::tell(const RecordedFacts& facts) {
  std::vector<PersonId> told;
  for (const AttendanceChange& change : facts.attendance) {
    tell_person(change.person, change.day, &change);
    told.push_back(change.person.id);
  }
  for (const PresenceEdge& edge : facts.edges) {
    if (std::ranges::contains(told, edge.person)) continue;
    told.push_back(edge.person);
    const auto person = services_.database.persons().get(edge.person);
    if (!person) continue;  // erased meanwhile
    const auto day = services_.database.attendance().day(edge.person, services_.site_day.of(edge.at));
    if (!day)
      tell_loss(day.error().message);
    else if (*day)
      tell_person(*person, **day, nullptr);
  }
}

/// `change`: what changed of the day; nullptr: nothing, but the person came into sight or left it.
void AttendanceSocket::tell_person(const Person& person, const AttendanceDay& day, const AttendanceChange* change) {
  const auto state = person_state(services_.database, services_.rules, person, services_.clock.now());
  if (!state) return tell_loss(state.error().message);
  const auto [known, is_new] = last_told_.try_emplace(person.id);
  LastTold& last = known->second;
  const auto tell_event = [&](const AttendanceDay& of, const AttendanceMark& mark, bool is_check_in) {
    tell_one({.person = person.id,
              .department = person.department,
              .camera = mark.camera,
              .confidence = std::round(static_cast<double>(mark.confidence) * 1000) / 1000,  // as it is told
              .text = text_of(words_.event(history_.next_id(), person, of, is_check_in))});
  };
  if (change != nullptr && change->first_in_changed && day.first_in) tell_event(day, *day.first_in, true);
  // Cameras move the last out with each sighting; it is told when the person has left. The state is of now, so the day
  // must be, too: more may have been recorded since.
  const auto latest = services_.database.attendance().day(person.id, day.day);
  if (!latest) return tell_loss(latest.error().message);
  const AttendanceDay& now = *latest ? **latest : day;
  const bool is_current = now.first_in && state->check_in == now.first_in->at;
  const bool has_left = is_current ? !state->checked_in : change != nullptr && change->last_out_changed;
  if (now.last_out && has_left && last.check_out != now.last_out->at) {
    last.check_out = now.last_out->at;
    tell_event(now, *now.last_out, false);
  }
  if (!is_new && last.checked_in == state->checked_in && last.check_in == state->check_in) return;
  last.checked_in = state->checked_in;
  last.check_in = state->check_in;
  const CameraId camera = now.last_out ? now.last_out->camera : now.first_in ? now.first_in->camera : CameraId{};
  tell_one({.person = person.id,
            .department = person.department,
            .camera = camera,
            .confidence = std::nullopt,
            .text = text_of(words_.status(history_.next_id(), person, *state))});
}

void AttendanceSocket::tell_one(AttendanceTold told) {
  const AttendanceTold& kept = history_.add(std::move(told));
  for (const ClientPtr& client : clients())
    if (client->begun && hears(client->visitor, kept)) put(client, kept.text);
}

/// Something happened that can't be told: everybody is told that.
void AttendanceSocket::tell_loss(const std::string& why) {
  spdlog::warn("the attendance channel missed events: {}", why);
  history_.lose();
  const auto text = text_of(AttendanceWords::resumed("", 0, "events were lost in the server"));
  for (const ClientPtr& client : clients())
    if (client->begun) put(client, text);
}

bool AttendanceSocket::hears(const Visitor& visitor, const AttendanceTold& told) const {
  const AttendanceWish& wish = visitor.wish;
  if (wish.person && *wish.person != told.person) return false;
  if (told.confidence && *told.confidence < wish.min_confidence) return false;
  const Principal& caller = visitor.principal;
  if (caller.may(Permission::self_read) && caller.person == told.person) return true;
  return caller.may(Permission::attendance_read) && caller.sees_department(told.department) &&
         (told.camera.empty() || caller.sees(told.camera));
}

/// What a client hears at first, and after each wish.
void AttendanceSocket::begin(const ClientPtr& client, const AttendanceJson& first) {
  put(client, text_of(first));
  const AttendanceWish& wish = client->visitor.wish;
  if (wish.person) {
    const auto person = services_.database.persons().get(*wish.person);
    const auto state = person ? person_state(services_.database, services_.rules, *person, services_.clock.now())
                              : Result<PersonState>(std::unexpected(person.error()));
    put(client, text_of(state ? words_.initial_status(*wish.person, *state)
                              : AttendanceWords::error("the person's status is not known now")));
  }
  if (!wish.last_event_id.empty()) catch_up(client);
}

/// What the client missed. People may have been erased or moved to other departments since.
void AttendanceSocket::catch_up(const ClientPtr& client) {
  auto missed = history_.since(client->visitor.wish.last_event_id);
  std::map<PersonId, std::optional<std::string>> departments;
  std::erase_if(missed.messages, [&](AttendanceTold& told) {
    const auto [known, is_new] = departments.try_emplace(told.person);
    if (is_new)
      if (const auto person = services_.database.persons().get(told.person)) known->second = person->department;
    if (!known->second) return true;
    told.department = *known->second;
    return !hears(client->visitor, told);
  });
  put(client,
      text_of(AttendanceWords::resumed(client->visitor.wish.last_event_id, missed.messages.size(), missed.gap)));
  for (const AttendanceTold& told : missed.messages) put(client, told.text);
  client->visitor.wish.last_event_id.clear();
}

}  // namespace hadir
