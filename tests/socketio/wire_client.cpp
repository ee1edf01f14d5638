#include "socketio/wire_client.hpp"

#include <algorithm>
#include <format>

namespace hadir {

WireReply HttpClient::request(const std::string& method, const std::string& target, const std::string& body,
                              const std::string& headers) {
  send(method, target, body, headers);
  return receive();
}

void HttpClient::send(const std::string& method, const std::string& target, const std::string& body,
                      const std::string& headers) {
  connection_.send(std::format("{} {} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n{}\r\n{}", method, target,
                               body.size(), headers, body));
}

WireReply HttpClient::receive() {
  WireReply reply;
  const std::string head = connection_.read_until("\r\n\r\n");
  if (head.size() > 12) reply.status = std::atoi(head.c_str() + 9);
  for (auto at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();) {
    const auto end = head.find("\r\n", at + 2);
    const std::string line = head.substr(at + 2, end - at - 2);
    if (const auto colon = line.find(": "); colon != std::string::npos) {
      std::string name = line.substr(0, colon);
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      reply.headers[name] = line.substr(colon + 2);
    }
    at = end;
  }
  if (const auto length = reply.headers.find("content-length"); length != reply.headers.end())
    reply.body = connection_.read(static_cast<std::size_t>(std::atol(length->second.c_str())));
  return reply;
}

}  // namespace hadir
