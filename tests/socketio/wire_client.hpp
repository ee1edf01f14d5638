#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "support/websocket_client.hpp"

namespace hadir {

struct WireReply {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in small letters
  std::string body;
};

/// Requests over one kept connection.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, bool version_6 = false) : connection_(port, version_6) {}
  WireReply get(const std::string& target) { return request("GET", target); }
  WireReply post(const std::string& target, const std::string& body) { return request("POST", target, body); }
  WireReply request(const std::string& method, const std::string& target, const std::string& body = {},
                    const std::string& headers = {});
  void send(const std::string& method, const std::string& target, const std::string& body = {},
            const std::string& headers = {});
  WireReply receive();
  void cancel() { connection_.close(); }

 private:
  WireConnection connection_;
};

}  // namespace hadir
