// Any order of requests, messages and moments. Each byte chooses what happens; text runs to the next line break.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "realtime/engine_session.hpp"

namespace {

using namespace hadir;

/// Checks what must hold of every output.
void check(const EngineSession& session, const EngineOutput& output, bool& is_over) {
  if (is_over && (!output.received.empty() || !output.frames.empty() || output.closed)) std::abort();
  if (output.closed.has_value() != (session.closed() && !is_over)) std::abort();
  is_over = session.closed();
  for (const WebSocketFrame& frame : output.frames)
    if (!frame.data) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto take_line = [&rest] {
    const auto end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
  };
  MonotonicTime now{Millis{1'000'000}};
  const EngineOptions options{.ping_interval = Millis{300},
                              .ping_timeout = Millis{200},
                              .max_payload = 1000,
                              .send_window = 64,
                              .outbox = {.packets = 8, .bytes = 4096, .streams = 4}};
  EngineSession session("sid",
                        rest.starts_with('w') ? EngineSession::Transport::websocket : EngineSession::Transport::polling,
                        options, now);
  const auto packet = [](std::string_view text) {
    return std::make_shared<const OutPacket>(OutPacket{{.data = "4" + std::string(text)}});
  };
  bool is_over = false;
  while (!rest.empty()) {
    const char choice = rest.front();
    rest.remove_prefix(1);
    switch (choice) {
      case 'g':
        session.poll(now);
        break;
      case 'c':
        session.poll_cancelled();
        break;
      case 'p':
        session.post(take_line(), now);
        break;
      case 'a':
        session.attach_probe(now);
        break;
      case 'u':
        session.probe_text(take_line(), now);
        break;
      case 'x':
        session.probe_closed();
        break;
      case 't':
        session.websocket_text(take_line(), now);
        break;
      case 'b':
        session.websocket_binary(std::string(take_line()), now);
        break;
      case 'o':
        session.websocket_pong(take_line());
        break;
      case 's':
        session.send(packet(take_line()));
        break;
      case 'f':
        session.send_latest("CAM1", packet(take_line()), NextFrame::after_delivery);
        break;
      case 'F':
        session.send_latest("CAM2", packet(take_line()), NextFrame::after_acknowledgement);
        break;
      case 'k':
        session.confirm("CAM2");
        break;
      case 'z':
        session.websocket_closed();
        break;
      case 'e':
        session.close(CloseReason::server_closed);
        break;
      default:
        now += Millis{static_cast<unsigned char>(choice)};
        session.tick(now);
    }
    check(session, session.take_output(), is_over);
    if (session.queued_bytes() > 4096 + 1001) std::abort();
  }
  return 0;
}
