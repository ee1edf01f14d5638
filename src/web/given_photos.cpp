#include "web/given_photos.hpp"

#include <drogon/MultiPart.h>

#include <algorithm>
#include <format>

#include "web/json_body.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using Refused = std::unexpected<drogon::HttpResponsePtr>;

constexpr const char* poses[] = {"front", "left", "right"};

std::optional<std::string> pose_from(std::string_view text) {
  return std::ranges::contains(poses, text) ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> source_from(std::string_view text) {
  return text == "photo" || text == "webcam" ? std::optional(std::string(text)) : std::nullopt;
}

void check_count(const std::vector<EnrolPhoto>& photos, InputFaults& faults) {
  if (photos.empty() && faults.empty()) faults.add("photos", "at least one must be sent");
  if (photos.size() > GivenPhotos::most_photos)
    faults.add("photos", std::format("at most {} at once", GivenPhotos::most_photos));
}

void add_listed(JsonFields& in, GivenPhotos& given) {
  const Json* list = in.array("photos", GivenPhotos::most_photos);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto name = std::format("photos[{}]", i);
    if (!(*list)[i].is_object()) {
      in.fault(name, "must be an object");
      continue;
    }
    JsonFields one((*list)[i], in.faults(), name + ".");
    one.require({"image"});
    auto image = one.base64("image", GivenPhotos::largest_photo);
    const auto pose = one.word("pose", pose_from, "front, left or right");
    const auto called = one.text("name", {.most = 100});
    one.check();
    if (image) given.photos.push_back({called.value_or(pose.value_or(name)), std::move(*image), pose.value_or("")});
  }
}

std::expected<GivenPhotos, drogon::HttpResponsePtr> from_json(const HttpCall& call) {
  auto body = JsonBody::of(call, GivenPhotos::largest_body);
  if (!body) return Refused(body.error());
  JsonFields in = body->fields();
  GivenPhotos given;
  for (const char* pose : poses)
    if (auto image = in.base64(pose, GivenPhotos::largest_photo))
      given.photos.push_back({pose, std::move(*image), pose});
  add_listed(in, given);
  given.source = in.word("source", source_from, "photo or webcam").value_or("photo");
  given.primary = in.boolean("is_primary").value_or(false);
  in.check();
  check_count(given.photos, in.faults());
  if (auto wrong = in.reply()) return Refused(wrong);
  return given;
}

void add_file(const drogon::HttpFile& file, GivenPhotos& given, InputFaults& faults) {
  const std::string field = file.getItemName();
  const bool is_pose = pose_from(field).has_value();
  if (!is_pose && field != "photos" && field != "photo")
    return faults.add(is_utf8(field) ? field : "photos", "is no field of this request");
  const auto content = file.fileContent();
  if (content.empty()) return faults.add(field, "must not be empty");
  if (content.size() > GivenPhotos::largest_photo)
    return faults.add(field, std::format("must have at most {} bytes", GivenPhotos::largest_photo));
  InputFaults ignored;
  const auto name = checked_text(ignored, field, file.getFileName(), {.most = 100});
  given.photos.push_back({is_pose ? field : name.value_or(std::format("photo {}", given.photos.size() + 1)),
                          Bytes(content.begin(), content.end()), is_pose ? field : ""});
}

std::expected<GivenPhotos, drogon::HttpResponsePtr> from_multipart(const HttpCall& call) {
  InputFaults faults;
  GivenPhotos given;
  drogon::MultiPartParser parser;
  if (parser.parse(call.request) != 0) {
    faults.add("body", "is not multipart/form-data as it says");
    return Refused(faults.reply());
  }
  for (const auto& file : parser.getFiles()) add_file(file, given, faults);
  for (const auto& [name, value] : parser.getParameters()) {
    if (name == "source" && source_from(value))
      given.source = value;
    else if (name == "is_primary" && (value == "true" || value == "false"))
      given.primary = value == "true";
    else
      faults.add(is_utf8(name) ? name : "body", "is no field of this request, or has no such value");
  }
  check_count(given.photos, faults);
  if (auto wrong = faults.reply()) return Refused(wrong);
  return given;
}

}  // namespace

std::expected<GivenPhotos, drogon::HttpResponsePtr> given_photos(const HttpCall& call) {
  if (call.request->body().size() > GivenPhotos::largest_body)
    return Refused(error_reply(drogon::k413RequestEntityTooLarge));
  return call.request->getHeader("content-type").starts_with("multipart/form-data") ? from_multipart(call)
                                                                                    : from_json(call);
}

}  // namespace hadir
