#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <expected>
#include <optional>

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
};

/// Lets everybody do everything: for a server that only this machine reaches.
class OpenGate final : public Gate {
 public:
  std::expected<Principal, drogon::HttpResponsePtr> admit(const drogon::HttpRequestPtr&, const Access&) override {
    return Principal{
        .user = {}, .name = "local", .permissions = Permissions::all(), .cameras = {}, .departments = {}, .person = {}};
  }
};

}  // namespace hadir
