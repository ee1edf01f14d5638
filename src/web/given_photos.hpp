#pragma once
#include <expected>
#include <string>
#include <vector>

#include "app/people/enrol_person.hpp"
#include "web/router.hpp"

namespace hadir {

/// Photos that came with a request.
struct GivenPhotos {
  static constexpr std::size_t largest_photo = 8U << 20U;  ///< bytes of one file
  static constexpr std::size_t largest_body = 12U << 20U;  ///< bytes of the request
  static constexpr std::size_t most_photos = 10;

  std::vector<EnrolPhoto> photos;
  std::string source = "photo";
  bool primary = false;
};

/// Reads them from multipart/form-data (files named front, left, right, or photos; `source` and `is_primary` beside
/// them) or JSON ({"front": base64, …} or {"photos": [{"image": base64, "pose": "left", "name": "…"}]}). A pose that is
/// named is one the face must show. Otherwise the answer: 400, 413 or 415.
std::expected<GivenPhotos, drogon::HttpResponsePtr> given_photos(const HttpCall& call);

}  // namespace hadir
