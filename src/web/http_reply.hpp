#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/ports/pictures.hpp"

namespace hadir {

using HttpCallback = std::function<void(const drogon::HttpResponsePtr&)>;

/// The one table that says which HTTP status an error becomes.
drogon::HttpStatusCode http_status(ErrorKind kind);

drogon::HttpResponsePtr json_reply(const nlohmann::ordered_json& json, drogon::HttpStatusCode status = drogon::k200OK);

/// {"success":false,"error":{"code":"not_found","message":"…","fields":{}}}. A message of the form "date: …" also fills
/// fields.date when `date` is the named field.
drogon::HttpResponsePtr error_reply(const Error& error, std::string_view field = {});
/// For errors that the framework finds: 404, 405, 413, …
drogon::HttpResponsePtr error_reply(drogon::HttpStatusCode status);

/// `max_age_seconds` 0: never kept by the browser.
drogon::HttpResponsePtr jpeg_reply(const Bytes& jpeg, int max_age_seconds);

}  // namespace hadir
