#include "web/reply_cache.hpp"

#include <drogon/utils/Utilities.h>

#include <algorithm>
#include <cctype>

namespace hadir {
namespace {

/// What the caller sees, and what they ask for. Neither ids nor queries hold a line end: queries are percent-encoded.
std::string key_of(const char* name, const drogon::HttpRequestPtr& request, const Principal& caller) {
  std::string key = std::string(name) + "\n" + request->query();
  for (const auto& camera : caller.cameras) key += "\nc" + std::to_string(camera.str().size()) + camera.str();
  for (const auto& department : caller.departments) key += "\nd" + std::to_string(department.size()) + department;
  return key;
}

std::string tag_of(const std::string& body) {
  std::string digest = drogon::utils::getSha256(body.data(), body.size()).substr(0, 32);
  std::ranges::transform(digest, digest.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return '"' + digest + '"';
}

bool takes_gzip(const drogon::HttpRequestPtr& request) {
  return request->getHeader("accept-encoding").contains("gzip");
}

}  // namespace

ReplyCache::Entry ReplyCache::find(const std::string& key, std::uint64_t generation) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second->generation != generation ||
      Clock::now() - found->second->made > longest)
    return nullptr;
  return found->second;
}

void ReplyCache::keep(const std::string& key, Entry entry) {
  const std::scoped_lock lock(mutex_);
  if (entries_.size() >= most && !entries_.contains(key)) entries_.clear();
  entries_.insert_or_assign(key, std::move(entry));
}

drogon::HttpResponsePtr ReplyCache::reply(const char* name, const drogon::HttpRequestPtr& request,
                                          const Principal& caller, const Make& make) {
  const std::string key = key_of(name, request, caller);
  // Before the database is read: what is written meanwhile makes it old.
  const std::uint64_t generation = generation_;
  const auto made_at = Clock::now();
  Entry entry = find(key, generation);
  if (!entry) {
    auto made = make();
    if (made->statusCode() != drogon::k200OK) return made;
    auto kept = std::make_shared<Kept>();
    kept->plain = std::string(made->body());
    kept->packed = drogon::utils::gzipCompress(kept->plain.data(), kept->plain.size());
    kept->tag = tag_of(kept->plain);
    kept->total = made->getHeader("x-total-count");
    kept->generation = generation;
    kept->made = made_at;
    entry = std::move(kept);
    keep(key, entry);
  }
  auto response = drogon::HttpResponse::newHttpResponse();
  response->addHeader("cache-control", "no-store");
  response->addHeader("etag", entry->tag);
  response->addHeader("vary", "accept-encoding");
  if (!entry->total.empty()) response->addHeader("x-total-count", entry->total);
  if (request->getHeader("if-none-match") == entry->tag) {
    response->setStatusCode(drogon::k304NotModified);
    return response;
  }
  response->setContentTypeCode(drogon::CT_APPLICATION_JSON);
  if (takes_gzip(request) && !entry->packed.empty()) {
    response->addHeader("content-encoding", "gzip");
    response->setBody(entry->packed);
  } else {
    response->setBody(entry->plain);
  }
  return response;
}

}  // namespace hadir
