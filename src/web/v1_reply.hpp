#pragma once
#include "web/http_reply.hpp"
#include "web/query_values.hpp"

namespace hadir {

/// {"success":true,"data":…} with, where given, "meta".
drogon::HttpResponsePtr v1_reply(nlohmann::ordered_json data, nlohmann::ordered_json meta = nullptr,
                                 drogon::HttpStatusCode status = drogon::k200OK);

/// {"page":1,"pageSize":20,"total":150,"totalPages":8}.
nlohmann::ordered_json page_meta(const PageNumber& page, std::int64_t total);

}  // namespace hadir
