#include "media/host_lookup.hpp"

#include <netdb.h>

#include <array>
#include <condition_variable>
#include <format>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "media/libav.hpp"

namespace hadir {
namespace {

/// Shared with the thread that asks, which may outlive the one who waits.
struct Lookup {
  std::mutex mutex;
  std::condition_variable_any answered;
  std::optional<bool> found;
};

std::string host_of(const std::string& url) {
  std::array<char, 1024> host{};
  int port = 0;
  av_url_split(nullptr, 0, nullptr, 0, host.data(), host.size(), &port, nullptr, 0, url.c_str());
  return host.data();
}

bool is_numeric(const std::string& host) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return false;
  freeaddrinfo(found);
  return true;
}

}  // namespace

Status look_up_host(const std::string& url, std::chrono::steady_clock::time_point deadline,
                    const std::stop_token& stop) {
  const std::string host = host_of(url);
  if (host.empty() || is_numeric(host)) return {};
  const auto lookup = std::make_shared<Lookup>();
  // Detached, because nothing ends getaddrinfo early: the thread goes with the name server's answer or time-out.
  // (glibc's getaddrinfo_a does the same inside, but crashes under ThreadSanitizer.)
  std::thread([lookup, host] {
    addrinfo* found = nullptr;
    const bool known = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
    if (found != nullptr) freeaddrinfo(found);
    const std::lock_guard lock(lookup->mutex);
    lookup->found = known;
    lookup->answered.notify_all();
  }).detach();
  std::unique_lock lock(lookup->mutex);
  if (!lookup->answered.wait_until(lock, stop, deadline, [&] { return lookup->found.has_value(); }))
    return fail(ErrorKind::unavailable, stop.stop_requested()
                                            ? std::string("stopped")
                                            : std::format("the name server does not answer for the host {}", host));
  if (*lookup->found) return {};
  return fail(ErrorKind::unavailable, std::format("the host name {} is unknown", host));
}

}  // namespace hadir
