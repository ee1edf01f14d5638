#include "web/http_reply.hpp"

#include <format>

#include "core/masking.hpp"

namespace hadir {
namespace {

const char* code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return "invalid_input";
    case ErrorKind::not_found:
      return "not_found";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::unavailable:
      return "unavailable";
    case ErrorKind::corrupted:
      return "corrupted";
    case ErrorKind::internal:
      return "internal";
  }
  std::unreachable();
}

nlohmann::ordered_json error_body(std::string_view code, std::string_view message, std::string_view field) {
  nlohmann::ordered_json fields = nlohmann::ordered_json::object();
  if (!field.empty()) fields[std::string(field)] = message;
  return {{"success", false}, {"error", {{"code", code}, {"message", message}, {"fields", std::move(fields)}}}};
}

}  // namespace

drogon::HttpStatusCode http_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return drogon::k400BadRequest;
    case ErrorKind::not_found:
      return drogon::k404NotFound;
    case ErrorKind::conflict:
      return drogon::k409Conflict;
    case ErrorKind::unavailable:
      return drogon::k503ServiceUnavailable;
    case ErrorKind::corrupted:
    case ErrorKind::internal:
      return drogon::k500InternalServerError;
  }
  std::unreachable();
}

drogon::HttpResponsePtr json_reply(const nlohmann::ordered_json& json, drogon::HttpStatusCode status) {
  auto response = drogon::HttpResponse::newHttpResponse();
  response->setStatusCode(status);
  response->setContentTypeCode(drogon::CT_APPLICATION_JSON);
  response->addHeader("cache-control", "no-store");
  response->setBody(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  return response;
}

drogon::HttpResponsePtr error_reply(const Error& error, std::string_view field) {
  return json_reply(error_body(code_of(error.kind), mask_credentials(error.message), field), http_status(error.kind));
}

drogon::HttpResponsePtr error_reply(drogon::HttpStatusCode status) {
  const auto reply = [status](std::string_view code, std::string_view message) {
    return json_reply(error_body(code, message, {}), status);
  };
  if (status == drogon::k401Unauthorized) return reply("unauthenticated", "sign in first");
  if (status == drogon::k429TooManyRequests) return reply("too_many_requests", "too many requests; wait a moment");
  if (status == drogon::k404NotFound) return reply("not_found", "there is nothing at this address");
  if (status == drogon::k405MethodNotAllowed) return reply("method_not_allowed", "this address has no such method");
  if (status == drogon::k403Forbidden) return reply("forbidden", "this is not allowed");
  if (status == drogon::k413RequestEntityTooLarge) return reply("too_large", "the request is too large");
  if (status == drogon::k415UnsupportedMediaType)
    return reply("unsupported_media_type", "the body must be sent as application/json");
  if (status < 500) return reply("invalid_input", "the request can't be understood");
  return reply("internal", "something went wrong here");
}

drogon::HttpResponsePtr jpeg_reply(const Bytes& jpeg, int max_age_seconds) {
  auto response = drogon::HttpResponse::newHttpResponse();
  response->setContentTypeCode(drogon::CT_IMAGE_JPG);
  response->addHeader("cache-control",
                      max_age_seconds > 0 ? std::format("private, max-age={}", max_age_seconds) : "no-store");
  response->setBody(std::string(jpeg.begin(), jpeg.end()));
  return response;
}

}  // namespace hadir
