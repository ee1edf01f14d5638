#include "web/realtime/socket_rooms.hpp"

namespace hadir {

SocketRecord& SocketRooms::add(std::shared_ptr<const LiveSocket> socket, const std::string& session) {
  const SocketId id = socket->id;
  const std::string room = socket->name_space;
  SocketRecord& record = records_[id];
  record.socket = std::move(socket);
  record.session = session;
  join(id, room);
  return record;
}

std::optional<SocketRecord> SocketRooms::remove(const SocketId& id) {
  const auto found = records_.find(id);
  if (found == records_.end()) return std::nullopt;
  for (const std::string& room : std::set(found->second.rooms)) leave(id, room);
  SocketRecord record = std::move(found->second);
  records_.erase(found);
  return record;
}

SocketRecord* SocketRooms::find(const SocketId& id) {
  const auto found = records_.find(id);
  return found == records_.end() ? nullptr : &found->second;
}

void SocketRooms::join(const SocketId& id, const std::string& room) {
  SocketRecord* record = find(id);
  if (record == nullptr) return;
  record->rooms.insert(room);
  rooms_[room].insert(id);
}

void SocketRooms::leave(const SocketId& id, const std::string& room) {
  if (SocketRecord* record = find(id)) record->rooms.erase(room);
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) return;
  found->second.erase(id);
  if (found->second.empty()) rooms_.erase(found);
}

std::vector<SocketId> SocketRooms::in_room(const std::string& room) const {
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace hadir
