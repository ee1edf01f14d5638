#pragma once
#include <any>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/realtime/socket_server.hpp"

namespace hadir {

/// An answer that the server waits for.
struct AwaitedAck {
  std::function<void(Result<LiveJson>)> done;
  MonotonicTime deadline;
};

/// A socket and what the server keeps of it.
struct SocketRecord {
  std::shared_ptr<const LiveSocket> socket;
  std::string session;
  std::set<std::string> rooms;
  std::set<std::string> streams;  ///< that were ever sent to it
  std::map<std::uint64_t, AwaitedAck> awaited;
};

/// Who is there, by id and by room. Not thread-safe.
class SocketRooms {
 public:
  /// Also enters the room of its namespace.
  SocketRecord& add(std::shared_ptr<const LiveSocket> socket, const std::string& session);
  /// The record, taken out of all rooms; nothing when there is none.
  std::optional<SocketRecord> remove(const SocketId& id);
  SocketRecord* find(const SocketId& id);
  void join(const SocketId& id, const std::string& room);
  void leave(const SocketId& id, const std::string& room);
  /// A copy, since sending to one may end another.
  std::vector<SocketId> in_room(const std::string& room) const;
  std::size_t size() const { return records_.size(); }
  auto begin() { return records_.begin(); }
  auto end() { return records_.end(); }

 private:
  std::unordered_map<SocketId, SocketRecord> records_;
  std::map<std::string, std::set<SocketId>> rooms_;
};

}  // namespace hadir
