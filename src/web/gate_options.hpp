#pragma once
#include <string>
#include <vector>

namespace hadir {

/// What the way to this server looks like, and how often strangers may knock.
struct GateOptions {
  /// Names in Host headers beside localhost and, when the server listens to more than this machine, any IP address:
  /// "hadir.example.org". A name that is not known is refused, so no stranger's name can be led here (DNS rebinding).
  std::vector<std::string> allowed_hosts;
  /// Pages of other origins whose scripts may read answers (CORS), as "https://dash.example.org". Cookies never go with
  /// them: they show access tokens or API keys.
  std::vector<std::string> allowed_origins;
  /// A proxy in front speaks TLS to the world: cookies are Secure, browsers are told to stay with https.
  bool is_behind_tls = false;
  /// Addresses of proxies whose X-Forwarded-For is believed.
  std::vector<std::string> trusted_proxies;
  /// Requests a second of one address that are not signed in (or try to); 0: no limit. Up to `burst` at once.
  double unknown_per_second = 50;
  double burst = 200;
  /// Requests a second of one caller who is signed in (a user, or one of their keys), and how many at once; 0: no
  /// limit. A page of the dashboard asks for some tens at once, and for a few a second afterwards.
  double caller_per_second = 200;
  double caller_burst = 1000;
  /// The same of what takes much of the machine: photos, lists of people, trying cameras out, backups.
  double heavy_per_second = 5;
  double heavy_burst = 60;
};

}  // namespace hadir
