#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "realtime/engine_session.hpp"
#include "realtime/socket_packet.hpp"

namespace hadir {

struct SocketOptions {
  std::set<std::string> name_spaces{"/"};
  Millis connect_timeout{45'000};  ///< a client without any namespace is closed after it
  SocketLimits limits{};
};

/// One client of Socket.IO 5 over one Engine.IO session: which namespaces it is in, and what its packets mean, without
/// any I/O. Not thread-safe: the caller serialises.
class SocketClient {
 public:
  /// The client asks to enter a namespace that exists; answer with `accept` or `refuse`.
  struct Entry {
    std::string name_space;
    LiveJson auth;  ///< an object, {} where the client sent none
  };
  struct Event {
    std::string name_space;
    std::string name;
    LiveJson arguments;               ///< an array
    std::optional<std::uint64_t> id;  ///< the client asks for an acknowledgement
  };
  struct Acknowledgement {
    std::string name_space;
    std::uint64_t id;
    LiveJson arguments;  ///< an array
  };
  struct Leave {
    std::string name_space;
  };
  /// What a message meant. `reply` goes back to the client as it is.
  struct Meaning {
    std::vector<Entry> entries;
    std::vector<Event> events;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<Leave> leaves;
    std::vector<OutPacket> replies;
  };

  SocketClient(const SocketOptions& options, MonotonicTime now);

  /// A message of the session. `invalid_input`: the session is to be closed, the protocol was broken.
  Result<Meaning> received(WireMessage message);
  /// Lets the client into a namespace that it asked for; `sid` names it there. Nothing when it has left again.
  std::optional<OutPacket> accept(const std::string& name_space, const std::string& sid);
  std::optional<OutPacket> refuse(const std::string& name_space, const std::string& message, const LiveJson& data = {});
  /// Puts the client out of a namespace.
  std::optional<OutPacket> put_out(const std::string& name_space, MonotonicTime now);

  bool is_in(const std::string& name_space) const;
  /// True when the client has been in no namespace for too long.
  bool timed_out(MonotonicTime now);

 private:
  enum class State { asked = 1, entered, left };

  Status understand(SocketPacket packet, Meaning& meaning);
  Status connect(SocketPacket packet, Meaning& meaning);

  const SocketOptions options_;
  SocketPacketDecoder decoder_;
  std::map<std::string, State> states_;  ///< of the namespaces that the client asked for
  std::optional<MonotonicTime> alone_since_;
};

}  // namespace hadir
