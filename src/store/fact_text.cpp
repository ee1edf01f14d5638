#include "store/fact_text.hpp"

#include <sodium.h>
#include <nlohmann/json.hpp>

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;

std::string encoded(const Bytes& bytes) {
  if (bytes.empty()) return {};  // libsodium takes no null pointers
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), base64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64);
  text.pop_back();  // the terminating zero
  return text;
}

bool decode(const std::string& text, Bytes& bytes) {
  if (text.empty()) return true;
  bytes.resize(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, base64) != 0)
    return false;
  bytes.resize(size);
  return true;
}

}  // namespace

std::string text_of(const SightingFact& fact, const std::string& reason) {
  const auto& seen = fact.sighting;
  Json json = {{"id", seen.id.str()},
               {"camera", seen.camera.str()},
               {"track", seen.track},
               {"person", seen.person ? Json(seen.person->str()) : Json(nullptr)},
               {"confidence", seen.confidence},
               {"similarity", seen.similarity},
               {"at_ms", seen.at.time_since_epoch().count()},
               {"pts_ms", seen.pts.count()},
               {"box", {seen.box.x, seen.box.y, seen.box.width, seen.box.height}},
               {"frame", {seen.frame.width, seen.frame.height}},
               {"liveness", seen.liveness ? Json(*seen.liveness) : Json(nullptr)},
               {"picture", encoded(fact.picture)}};
  if (!reason.empty()) json["reason"] = reason;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<SightingFact> fact_from(std::string_view line) {
  try {
    const auto json = Json::parse(line);
    SightingFact fact;
    auto& seen = fact.sighting;
    seen.id = SightingId(json.at("id").get<std::string>());
    seen.camera = CameraId(json.at("camera").get<std::string>());
    seen.track = json.at("track").get<TrackId>();
    if (!json.at("person").is_null()) seen.person = PersonId(json.at("person").get<std::string>());
    seen.confidence = json.at("confidence").get<float>();
    seen.similarity = json.at("similarity").get<float>();
    seen.at = Instant{Millis{json.at("at_ms").get<std::int64_t>()}};
    seen.pts = Millis{json.at("pts_ms").get<std::int64_t>()};
    const auto box = json.at("box").get<std::array<float, 4>>();
    seen.box = {box[0], box[1], box[2], box[3]};
    const auto frame = json.at("frame").get<std::array<int, 2>>();
    seen.frame = {frame[0], frame[1]};
    if (!json.at("liveness").is_null()) seen.liveness = json.at("liveness").get<float>();
    if (!decode(json.at("picture").get<std::string>(), fact.picture))
      return fail(ErrorKind::corrupted, "the picture of a spooled fact is not base64");
    return fact;
  } catch (const Json::exception& failure) {
    return fail(ErrorKind::corrupted, std::string("a spooled fact is not readable: ") + failure.what());
  }
}

}  // namespace hadir
