#include "media/host_lookup.hpp"

#include <netdb.h>

#include <array>
#include <format>
#include <memory>

#include "media/libav.hpp"

namespace hadir {
namespace {

constexpr timespec look_interval{0, 50'000'000};

/// What glibc's resolver thread reads and writes.
struct Lookup {
  explicit Lookup(std::string name) : host(std::move(name)) { request.ar_name = host.c_str(); }
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  ~Lookup() {
    if (request.ar_result != nullptr) freeaddrinfo(request.ar_result);
  }
  std::string host;
  gaicb request{};
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
  auto lookup = std::make_unique<Lookup>(host);
  gaicb* request = &lookup->request;
  if (getaddrinfo_a(GAI_NOWAIT, &request, 1, nullptr) != 0) return {};  // libav will ask
  while (gai_error(request) == EAI_INPROGRESS) {
    const bool late = std::chrono::steady_clock::now() > deadline;
    if (stop.stop_requested() || late) {
      // A question already under way can't be taken back: what glibc will write to is left to it on purpose.
      if (gai_cancel(request) != EAI_CANCELED && gai_error(request) == EAI_INPROGRESS)
        static_cast<void>(lookup.release());
      return fail(ErrorKind::unavailable,
                  late ? std::format("the name server does not answer for the host {}", host) : std::string("stopped"));
    }
    gai_suspend(&request, 1, &look_interval);
  }
  if (gai_error(request) == 0) return {};
  return fail(ErrorKind::unavailable, std::format("the host name {} is unknown", host));
}

}  // namespace hadir
