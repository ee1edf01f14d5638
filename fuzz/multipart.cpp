// Photos that come as multipart/form-data or as base64 in JSON. The first byte says which, the rest is the body.
#include <drogon/HttpRequest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "web/given_photos.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto request = drogon::HttpRequest::newHttpRequest();
  const bool is_json = data[0] == '{';
  request->setMethod(drogon::Post);
  if (is_json)
    request->addHeader("content-type", "application/json");
  else
    request->addHeader("content-type", "multipart/form-data; boundary=b");
  request->setBody(std::string(reinterpret_cast<const char*>(data), size));
  const hadir::HttpCall call{.request = request, .caller = {}, .id = {}, .sub_id = {}};
  const auto given = hadir::given_photos(call);
  if (!given) {
    const int status = given.error()->statusCode();
    if (status != 400 && status != 413 && status != 415) std::abort();
    return 0;
  }
  if (given->photos.empty() || given->photos.size() > hadir::GivenPhotos::most_photos) std::abort();
  for (const auto& photo : given->photos)
    if (photo.bytes.size() > hadir::GivenPhotos::largest_photo) std::abort();
  return 0;
}
