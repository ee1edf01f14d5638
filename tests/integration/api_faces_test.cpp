// Enrolment and search by face over the wire, with the real models, photos and pictures that are meant to hurt.
#include <zlib.h>

#include <format>

#include "app/people/face_desk.hpp"
#include "app/people/gallery_loading.hpp"
#include "integration/api_fixture.hpp"
#include "media/photo_reader.hpp"
#include "support/shared_assets.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using Json = nlohmann::json;

std::string base64(const Bytes& bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = (bits << 8U) | (k < left ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= left ? letters[(bits >> (18U - 6U * k)) & 63U] : '=';
  }
  return text;
}

Bytes face(const std::string& path) {
  return file_bytes(shared_asset("faces/" + path));
}

void put_number(Bytes& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put_chunk(Bytes& png, const char* type, const Bytes& data) {
  put_number(png, static_cast<std::uint32_t>(data.size()));
  Bytes checked(type, type + 4);
  checked.insert(checked.end(), data.begin(), data.end());
  png.insert(png.end(), checked.begin(), checked.end());
  put_number(png, static_cast<std::uint32_t>(crc32(0, checked.data(), static_cast<uInt>(checked.size()))));
}

/// A whole, valid PNG of side × side black and white pixels, of some ten thousand bytes.
Bytes png_bomb(std::uint32_t side) {
  const Bytes pixels(static_cast<std::size_t>(side) * (side / 8 + 1), 0);
  Bytes packed(compressBound(pixels.size()));
  uLongf size = packed.size();
  EXPECT_EQ(compress2(packed.data(), &size, pixels.data(), pixels.size(), 9), Z_OK);
  packed.resize(size);
  Bytes png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  Bytes header;
  put_number(header, side);
  put_number(header, side);
  header.insert(header.end(), {1, 0, 0, 0, 0});
  put_chunk(png, "IHDR", header);
  put_chunk(png, "IDAT", packed);
  put_chunk(png, "IEND", {});
  return png;
}

class ApiFacesTest : public ApiTest {
 protected:
  void start_with_faces() {
    ModelSettings settings;
    settings.providers = "CPUExecutionProvider";
    auto pack = load_pack(settings, ModelLocations::standard());
    ASSERT_TRUE(pack) << pack.error().message;
    pack_ = std::move(*pack);
    const auto& calibration = pack_->calibration();
    gallery_ = std::make_unique<FaissGallery>(calibration.metric, pack_->dimensions(), calibration.minimum_threshold);
    desk_ = std::make_unique<FaceDesk>(FaceDesk::Parts{.database = *database_,
                                                       .pictures = pictures_,
                                                       .reader = *reader_,
                                                       .models = *pack_,
                                                       .gallery = *gallery_,
                                                       .clock = clock_,
                                                       .people_changed = [this]() -> Status {
                                                         const auto loaded =
                                                             load_gallery(*database_, pack_->model(), *gallery_);
                                                         return loaded ? Status{} : std::unexpected(loaded.error());
                                                       }},
                                       EnrolRules{});
    faces_ = desk_.get();
    start_api();
  }
  ~ApiFacesTest() override { server_.reset(); }

  WireReply enroll(const std::string& id, const Bytes& photo) {
    return call("POST", "/api/v1/persons/" + id + "/enroll", Json{{"frame_data", base64(photo)}});
  }
  WireReply search(const Bytes& photo, Json more = Json::object()) {
    more["frame_data"] = base64(photo);
    return call("POST", "/api/v1/persons/search/by-face", more);
  }

  std::unique_ptr<PhotoReader> reader_ = make_photo_reader();
  std::unique_ptr<FaceModelFactory> pack_;
  std::unique_ptr<FaissGallery> gallery_;
  std::unique_ptr<FaceDesk> desk_;
};

TEST_F(ApiFacesTest, EnrolledPeopleAreFoundAtOnceAndErasedOnesNoMore) {
  start_with_faces();
  const auto alex = new_person("Alex", "Lacamoire", {{"employee_code", "A1"}});
  const auto rose = new_person("Rose", "Leslie");
  EXPECT_EQ(search(face("people/alex-lacamoire2.jpg")).json()["data"]["matched"], false);
  const auto enrolled = enroll(alex, face("people/alex-lacamoire1.jpg"));
  ASSERT_EQ(enrolled.status, 200) << enrolled.body;
  EXPECT_EQ(enrolled.json()["data"]["total_encodings"], 1);
  EXPECT_EQ(enrolled.json()["data"]["is_primary"], true) << "the first one is";
  EXPECT_EQ(enroll(rose, face("people/rose_leslie1.jpg")).status, 200);

  const auto found = search(face("people/alex-lacamoire2.jpg")).json()["data"];
  EXPECT_EQ(found["matched"], true);
  EXPECT_EQ(found["best_match"]["person_id"], alex);
  EXPECT_EQ(found["best_match"]["first_name"], "Alex");
  EXPECT_GE(found["best_match"]["confidence"].get<double>(), 0.6);
  EXPECT_EQ(search(face("people/obama.jpg")).json()["data"]["matched"], false);
  EXPECT_EQ(
      search(face("people/alex-lacamoire2.jpg"), {{"confidence_threshold", 0}}).json()["data"]["all_matches"].size(),
      2U);
  EXPECT_GE(audit_count("face.search"), 3);

  // The same photo, or somebody else's, is refused.
  const auto repeated = enroll(alex, face("people/alex-lacamoire1.jpg"));
  EXPECT_EQ(repeated.status, 400);
  EXPECT_THAT(repeated.json()["error"]["message"].get<std::string>(), HasSubstr("enrolled already"));
  const auto other = enroll(alex, face("people/rose_leslie2.jpg"));
  EXPECT_EQ(other.status, 409) << other.body;

  const auto person = call("GET", "/api/v1/persons/" + alex).json()["data"];
  EXPECT_EQ(person["face_encoding_count"], 1);
  EXPECT_EQ(person["enrolled_at"], "2026-01-05T12:00:00.000+07:00");
  const auto photos = call("GET", "/api/employees/A1/photos").json();
  ASSERT_EQ(photos.size(), 1U);
  EXPECT_EQ(photos[0]["is_primary"], true);
  EXPECT_GT(photos[0]["face"]["width"].get<double>(), 40.0);
  const Bytes original = face("people/alex-lacamoire1.jpg");
  const auto picture = call("GET", photos[0]["url"].get<std::string>());
  EXPECT_EQ(picture.body, std::string(original.begin(), original.end()));
  EXPECT_TRUE(picture.has_header("content-type: image/jpeg"));

  // Without the template they are not found, and the photo is gone with it.
  const auto templates = call("GET", "/api/employees/A1/face_templates").json();
  ASSERT_EQ(templates.size(), 1U);
  const auto removed = call("DELETE", "/api/employees/A1/face_templates/" + templates[0]["id"].get<std::string>());
  EXPECT_EQ(removed.status, 200) << removed.body;
  EXPECT_EQ(search(face("people/alex-lacamoire2.jpg")).json()["data"]["matched"], false);
  EXPECT_EQ(call("GET", "/api/employees/A1/photos").json().size(), 0U);
  EXPECT_EQ(call("GET", photos[0]["url"].get<std::string>()).status, 404);
  EXPECT_EQ(call("DELETE", "/api/employees/A1/face_templates/nothing").status, 404);

  EXPECT_EQ(search(face("people/rose_leslie2.jpg")).json()["data"]["matched"], true);
  EXPECT_EQ(call("PUT", "/api/v1/persons/" + rose, Json{{"status", "inactive"}}).status, 200);
  EXPECT_EQ(search(face("people/rose_leslie2.jpg")).json()["data"]["matched"], false)
      << "inactive ones are not looked for";
  EXPECT_EQ(call("PUT", "/api/v1/persons/" + rose, Json{{"status", "active"}}).status, 200);
  EXPECT_EQ(search(face("people/rose_leslie2.jpg")).json()["data"]["matched"], true);
  EXPECT_EQ(call("DELETE", "/api/v1/persons/" + rose).status, 204);
  EXPECT_EQ(search(face("people/rose_leslie2.jpg")).json()["data"]["all_matches"].size(), 0U);
  EXPECT_EQ(gallery_->template_count(), 0U);
}

TEST_F(ApiFacesTest, PhotosComeAsMultipartOrJsonAndAreRefusedEachWithItsReason) {
  start_with_faces();
  new_person("Rose", "Leslie", {{"employee_code", "M1"}});
  const std::string boundary = "----hadir-test";
  const auto part = [&](const std::string& name, const std::string& file, const Bytes& bytes) {
    return std::format(
               "--{}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n"
               "Content-Type: application/octet-stream\r\n\r\n",
               boundary, name, file) +
           std::string(bytes.begin(), bytes.end()) + "\r\n";
  };
  const std::map<std::string, std::string> multipart{{"content-type", "multipart/form-data; boundary=" + boundary}};
  const std::string target = "/api/employees/M1/face_templates";
  const auto mixed = call("POST", target,
                          part("photos", "rose.jpg", face("people/rose_leslie1.jpg")) +
                              part("photos", "crowd.jpg", face("people/obama_and_biden.jpg")) +
                              part("photos", "note.txt", Bytes{'h', 'i'}) + "--" + boundary + "--\r\n",
                          multipart);
  ASSERT_EQ(mixed.status, 201) << mixed.body;
  EXPECT_EQ(mixed.json()["templates"].size(), 1U);
  std::map<std::string, std::string> codes;
  const auto answer = mixed.json();
  for (const auto& refused : answer["refused"]) codes[refused["photo"]] = refused["code"];
  EXPECT_EQ(codes, (std::map<std::string, std::string>{{"crowd.jpg", "several_faces"}, {"note.txt", "not_a_picture"}}));

  // A pose that is named must be seen: this face looks into the camera.
  const std::string pose = mixed.json()["templates"][0]["pose"];
  const std::string wrong = pose == "left" ? "right" : "left";
  const auto turned = call("POST", target, Json{{wrong, base64(face("people/rose_leslie2.jpg"))}});
  EXPECT_EQ(turned.status, 400) << turned.body;
  EXPECT_THAT(faults(turned), ElementsAre(wrong));
  EXPECT_EQ(turned.json()["error"]["refused"][0]["code"], "wrong_pose");

  for (const auto& [body, field] : std::vector<std::pair<Json, std::string>>{
           {Json::object(), "photos"},
           {{{"photos", Json::array()}}, "photos"},
           {{{"photos", {1}}}, "photos[0]"},
           {{{"photos", {{{"pose", "front"}}}}}, "photos[0].image"},
           {{{"front", "no base64!"}}, "front"},
           {{{"front", base64(face("people/rose_leslie2.jpg"))}, {"source", "guess"}}, "source"}}) {
    const auto reply = call("POST", target, body);
    EXPECT_EQ(reply.status, 400) << body.dump().substr(0, 80);
    EXPECT_THAT(faults(reply), Contains(field)) << reply.body;
  }
  for (const std::string& broken : {std::string("nothing at all"), "--" + boundary, std::string()})
    EXPECT_EQ(call("POST", target, broken, multipart).status, 400) << broken;
  EXPECT_EQ(call("POST", "/api/employees/nobody/face_templates", Json{{"front", "Zm9v"}}).status, 404);
}

TEST_F(ApiFacesTest, PhotosAreCheckedAndNothingIsKept) {
  start_with_faces();
  new_person("Rose", "Leslie", {{"employee_code", "C1"}});
  const auto check = [&](Json photos) {
    const auto reply = call("POST", "/api/faces/check", Json{{"photos", std::move(photos)}});
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.status == 200 ? reply.json()["photos"] : Json::array();
  };
  const std::string rose = base64(face("people/rose_leslie1.jpg"));
  const auto seen = check({{{"image", rose}, {"name", "rose"}},
                           {{"image", base64(face("people/obama_and_biden.jpg"))}, {"name", "two"}},
                           {{"image", "aGk="}, {"name", "note"}}});
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0]["photo"], "rose");
  EXPECT_EQ(seen[0]["ok"], true) << seen[0].dump();
  EXPECT_TRUE(seen[0]["code"].is_null());
  EXPECT_EQ(seen[0]["faces"], 1);
  EXPECT_GT(seen[0]["face"]["width"].get<double>(), 40.0);
  EXPECT_LE(seen[0]["face"]["x"].get<double>() + seen[0]["face"]["width"].get<double>(),
            seen[0]["width"].get<double>());
  EXPECT_GT(seen[0]["quality"].get<double>(), 0.0);
  EXPECT_EQ(seen[1]["code"], "several_faces");
  EXPECT_EQ(seen[1]["faces"], 3);
  EXPECT_FALSE(seen[1]["face"].is_null()) << "where the widest one is";
  EXPECT_EQ(seen[2]["code"], "not_a_picture");
  EXPECT_EQ(seen[2]["width"], 0);

  // The wanted side counts; what enrolling says is the same.
  const std::string pose = seen[0]["pose"];
  EXPECT_EQ(check({{{"image", rose}, {"pose", pose}}})[0]["ok"], true);
  const std::string other = pose == "right" ? "left" : "right";
  const auto turned = check({{{"image", rose}, {"pose", other}}})[0];
  EXPECT_EQ(turned["code"], "wrong_pose");
  const auto refused = call("POST", "/api/employees/C1/face_templates", Json{{other, rose}});
  EXPECT_EQ(refused.json()["error"]["refused"][0]["reason"], turned["reason"]);
  EXPECT_EQ(call("POST", "/api/faces/check", Json::object()).status, 400);

  EXPECT_EQ(call("GET", "/api/employees/C1/photos").json().size(), 0U);
  EXPECT_EQ(audit_count("face.search") + audit_count("person.enrol"), 0) << "nobody was looked for";
  sign_in_as("viewer");
  EXPECT_EQ(call("POST", "/api/faces/check", Json{{"front", rose}}).status, 403);
}

TEST_F(ApiFacesTest, ChecksOfOneUserAreLimited) {
  start_with_faces();
  Json photos = Json::array();
  for (int i = 0; i < 10; ++i) photos.push_back({{"image", "aGk="}});
  WireReply reply;
  for (int asked = 0; asked < 100 && reply.status != 429; ++asked)
    reply = call("POST", "/api/faces/check", Json{{"photos", photos}});
  EXPECT_EQ(reply.status, 429);
  EXPECT_THAT(reply.head, HasSubstr("retry-after: "));
}

TEST_F(ApiFacesTest, PicturesMeantToHurtAreRefusedWithTheirReason) {
  start_with_faces();
  const auto id = new_person("Ana", "Bomb");
  Bytes truncated = face("people/obama.jpg");
  truncated.resize(truncated.size() / 3);
  Bytes only_head = truncated;
  only_head.resize(20);
  const std::pair<const char*, Bytes> pictures[] = {{"a PNG of 20 000 x 20 000 pixels", png_bomb(20'000)},
                                                    {"a truncated JPEG", truncated},
                                                    {"the head of a JPEG", only_head},
                                                    {"a text", Bytes{'h', 'e', 'l', 'l', 'o'}},
                                                    {"zeros", Bytes(10'000, 0)},
                                                    {"several faces", face("people/obama_and_biden.jpg")}};
  for (const auto& [name, bytes] : pictures) {
    for (const auto& reply : {enroll(id, bytes), search(bytes)}) {
      EXPECT_EQ(reply.status, 400) << name << reply.body;
      EXPECT_THAT(faults(reply), ElementsAre("frame_data")) << name;
    }
  }
  EXPECT_EQ(call("GET", "/api/v1/persons/" + id).json()["data"]["face_encoding_count"], 0);
  EXPECT_EQ(call("POST", "/api/v1/persons/nobody/enroll", Json{{"frame_data", "Zm9v"}}).status, 404);
  EXPECT_EQ(call("POST", "/api/v1/persons/search/by-face", Json::object()).status, 400);
  EXPECT_EQ(
      call("POST", "/api/v1/persons/search/by-face", Json{{"frame_data", "Zm9v"}, {"confidence_threshold", -1}}).status,
      400);
}

}  // namespace
}  // namespace hadir
