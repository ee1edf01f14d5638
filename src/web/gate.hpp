#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <expected>
#include <optional>
#include <string>

#include "core/access/principal.hpp"

namespace hadir {

/// Who may call an address. There is no default: each address says it.
class Access {
 public:
  /// Whoever comes: the page, the health probes, signing in.
  static Access open() { return {true, std::nullopt}; }
  /// Whoever is signed in, whatever they may do.
  static Access signed_in() { return {false, std::nullopt}; }
  static Access to(Permission permission) { return {false, permission}; }

  bool is_open() const { return open_; }
  std::optional<Permission> permission() const { return permission_; }

 private:
  Access(bool open, std::optional<Permission> permission) : open_(open), permission_(permission) {}
  bool open_;
  std::optional<Permission> permission_;
};

/// The one place where it is decided whether a request is let in. Safe from any thread.
class Gate {
 public:
  virtual ~Gate() = default;
  /// Who calls, when the address may be called by them; otherwise the answer: 401, 403 or 429. Called on a worker; may
  /// read the database. For an open address a principal without a name.
  virtual std::expected<Principal, drogon::HttpResponsePtr> admit(const drogon::HttpRequestPtr& request,
                                                                  const Access& access) = 0;
  /// From where the request comes, through the proxies we trust: "10.0.0.7".
  virtual std::string address_of(const drogon::HttpRequestPtr& request) const { return request->peerAddr().toIp(); }
};

}  // namespace hadir
