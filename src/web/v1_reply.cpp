#include "web/v1_reply.hpp"

namespace hadir {

using Json = nlohmann::ordered_json;

drogon::HttpResponsePtr v1_reply(Json data, Json meta, drogon::HttpStatusCode status) {
  Json json{{"success", true}, {"data", std::move(data)}};
  if (!meta.is_null()) json["meta"] = std::move(meta);
  return json_reply(json, status);
}

Json page_meta(const PageNumber& page, std::int64_t total) {
  return {{"page", page.page}, {"pageSize", page.size}, {"total", total}, {"totalPages", page.pages_of(total)}};
}

}  // namespace hadir
