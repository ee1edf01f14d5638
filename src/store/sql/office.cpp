#include "store/sql/record_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto image_columns =
    "id, person_id, path, size, is_primary, quality, face_x, face_y, face_width, face_height, created_at";
constexpr auto message_columns =
    "id, channel, recipient, body, picture, state, attempts, last_error, created_at, due_at, sent_at";

PersonImage image_in(const Query& row) {
  PersonImage image{.id = PersonImageId(row.text(0)),
                    .person = PersonId(row.text(1)),
                    .path = row.text(2),
                    .size = row.integer(3),
                    .is_primary = row.boolean(4),
                    .quality = row.real(5),
                    .face = std::nullopt,
                    .created_at = row.instant(10)};
  if (!row.is_null(6)) image.face = Rect{row.real(6), row.real(7), row.real(8), row.real(9)};
  return image;
}

Result<OutboxMessage> message_in(const Query& row) {
  const auto state = outbox_state_from(row.text(5));
  if (!state) return unreadable("message", row.text(0));
  return OutboxMessage{.id = OutboxId(row.text(0)),
                       .channel = row.text(1),
                       .recipient = row.text(2),
                       .body = row.text(3),
                       .picture = row.text(4),
                       .state = *state,
                       .attempts = row.whole(6),
                       .last_error = row.text(7),
                       .created_at = row.instant(8),
                       .due_at = row.instant(9),
                       .sent_at = row.instant_if(10)};
}

void bind(Query& query, const OutboxMessage& message) {
  query.bind(message.id).bind(message.channel).bind(message.recipient).bind(message.body).bind(message.picture);
  query.bind(to_text(message.state)).bind(message.attempts).bind(message.last_error).bind(message.created_at);
  query.bind(message.due_at).bind(message.sent_at);
}

void no_longer_primary(Connection& connection, const PersonId& person) {
  auto query = connection.query("UPDATE person_images SET is_primary = FALSE WHERE person_id = ?");
  query.bind(person).run();
}

}  // namespace

Status PersonImages::add(const PersonImage& image) {
  return connections_.write_all([&](Connection& connection) -> Status {
    if (image.is_primary) no_longer_primary(connection, image.person);
    auto query = connection.query(insert_into("person_images", image_columns));
    query.bind(image.id).bind(image.person).bind(image.path).bind(image.size).bind(image.is_primary);
    query.bind(image.quality);
    if (image.face)
      query.bind(image.face->x).bind(image.face->y).bind(image.face->width).bind(image.face->height);
    else
      query.bind_null().bind_null().bind_null().bind_null();
    query.bind(image.created_at).run();
    return {};
  });
}

Status PersonImages::make_primary(const PersonImageId& id) {
  return connections_.write_all([&](Connection& connection) -> Status {
    auto found = connection.query("SELECT person_id FROM person_images WHERE id = ?");
    if (!found.bind(id).step()) return fail(ErrorKind::not_found, "no image " + id.str());
    no_longer_primary(connection, PersonId(found.text(0)));
    auto query = connection.query("UPDATE person_images SET is_primary = TRUE WHERE id = ?");
    query.bind(id).run();
    return {};
  });
}

Status PersonImages::remove(const PersonImageId& id) {
  return run_on_one(connections_, "no image " + id.str(), "DELETE FROM person_images WHERE id = ?", id);
}

Result<std::vector<PersonImage>> PersonImages::of_person(const PersonId& person) const {
  return list(
      connections_,
      select_from("person_images", image_columns, "WHERE person_id = ? ORDER BY is_primary DESC, created_at, id"),
      image_in, person);
}

Status OutboxMessages::add(const OutboxMessage& message) {
  return run_bound(connections_, insert_into("outbox", message_columns), [&](Query& query) { bind(query, message); });
}

Status OutboxMessages::update(const OutboxMessage& message) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query(update_in("outbox", message_columns, "id"));
    bind(query, message);
    if (query.bind(message.id).run() == 0) return fail(ErrorKind::not_found, "no message " + message.id.str());
    return {};
  });
}

Result<std::vector<OutboxMessage>> OutboxMessages::due(Instant now, int most) const {
  return list(
      connections_,
      select_from("outbox", message_columns, "WHERE state = 'PENDING' AND due_at <= ? ORDER BY due_at, id LIMIT ?"),
      message_in, now, most);
}

Result<std::int64_t> OutboxMessages::count(OutboxState state) const {
  return connections_.read([&](Connection& connection) -> Result<std::int64_t> {
    auto query = connection.query("SELECT count(*) FROM outbox WHERE state = ?");
    return query.bind(to_text(state)).step() ? query.integer(0) : 0;
  });
}

Result<std::int64_t> OutboxMessages::remove_done_before(Instant at) {
  return change(connections_, "DELETE FROM outbox WHERE state <> 'PENDING' AND created_at < ?", at);
}

}  // namespace hadir::sql
