// Another model pack than the templates were made with: they are made anew from the kept photos.
#include <format>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/people/encoding_exchange.hpp"
#include "app/people/enrol_person.hpp"
#include "app/people/gallery_loading.hpp"
#include "app/people/import_encodings.hpp"
#include "app/people/re_embed.hpp"
#include "media/photo_reader.hpp"
#include "store/picture_folder.hpp"
#include "store/sqlite_database.hpp"
#include "support/shared_assets.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::unique_ptr<FaceModelFactory> open_pack(const std::string& name) {
  ModelSettings settings;
  settings.pack = name;
  settings.providers = "CPUExecutionProvider";
  auto factory = load_pack(settings, ModelLocations::standard());
  if (!factory && factory.error().kind == ErrorKind::not_found && shared_assets_out_of_reach())
    not_run("the models of pack " + name + " are not on this machine");
  if (!factory) throw std::runtime_error(factory.error().message);
  return std::move(*factory);
}

class PackSwitchTest : public testing::Test {
 protected:
  PackSwitchTest() {
    std::filesystem::remove_all(folder_);
    database_ = open_sqlite(":memory:", SecretKey::random()).value();
    pictures_ = PictureFolder::open(folder_).value();
  }
  ~PackSwitchTest() override { std::filesystem::remove_all(folder_); }

  ReEmbedOutcome renew(FaceModelFactory& pack) {
    auto models = pack.make().value();
    auto outcome = re_embed_all(*database_, *pictures_, *reader_, models, clock_, uuids_, {});
    if (!outcome) throw std::runtime_error(outcome.error().message);
    return *outcome;
  }

  void enrol(FaceModelFactory& pack, const std::string& name, const std::string& photo) {
    auto models = pack.make().value();
    EnrolRequest request;
    request.name = name;
    request.photos.push_back({photo, file_bytes(shared_asset("faces/people/" + photo))});
    EnrolPerson use_case({.database = *database_,
                          .pictures = *pictures_,
                          .reader = *reader_,
                          .models = models,
                          .clock = clock_,
                          .uuids = uuids_},
                         {});
    const auto done = use_case.enrol(request);
    ASSERT_TRUE(done) << done.error().message;
  }
  Embedding face_of(FaceModels& models, const std::string& photo) {
    const auto bytes = file_bytes(shared_asset("faces/people/" + photo));
    auto read = read_photo_face(*reader_, models, bytes, {}).value();
    if (const auto* refused = std::get_if<PhotoRefusal>(&read)) throw std::runtime_error(photo + refused->reason);
    return std::get<PhotoFace>(read).embedding;
  }
  /// Who the photo is, at the threshold in force; "" for nobody.
  std::string who(FaceModelFactory& pack, const Embedding& probe) {
    const auto& calibration = pack.calibration();
    FaissGallery gallery(calibration.metric, pack.dimensions(), calibration.minimum_threshold);
    EXPECT_TRUE(load_gallery(*database_, pack.model(), gallery));
    const auto found = gallery.search(probe, 1);
    if (found.empty() || found.front().similarity < threshold_for(calibration, gallery.person_count(), 0.003))
      return "";
    return database_->persons().get(found.front().person)->name;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-pack-switch-{}", getpid());
  std::unique_ptr<Database> database_;
  std::unique_ptr<PictureFolder> pictures_;
  std::unique_ptr<PhotoReader> reader_ = make_photo_reader();
  FixedClock clock_{Instant{std::chrono::seconds{1'800'000'000}}};
  SeededUuidSource uuids_{3};
};

TEST_F(PackSwitchTest, PeopleEnrolledWithTheDefaultPackAreRecognisedByDlib) {
  const auto before = open_pack("default");
  enrol(*before, "Obama", "obama.jpg");
  enrol(*before, "Biden", "biden.jpg");
  const auto pack = open_pack("dlib");
  auto models = pack->make().value();
  const auto obama = face_of(models, "obama2.jpg");
  EXPECT_EQ(who(*pack, obama), "");

  EXPECT_EQ(renew(*pack).added, 2U);
  EXPECT_EQ(who(*pack, obama), "Obama");
  EXPECT_EQ(who(*pack, face_of(models, "biden.jpg")), "Biden");
  EXPECT_EQ(who(*pack, face_of(models, "alex-lacamoire1.jpg")), "");
  // Once is enough, the old templates stay, and the CNN's pack needs nothing new.
  EXPECT_EQ(renew(*pack).added, 0U);
  EXPECT_EQ(renew(*before).added, 0U);
  EXPECT_EQ(renew(*open_pack("dlib-cnn")).added, 0U);
  const auto people = database_->persons().list().value();
  for (const auto& person : people)
    EXPECT_THAT(database_->templates().of_person(person.id).value(), SizeIs(2)) << person.name;
}

/// Encodings of another system work like enrolled photos, and cannot be made anew.
TEST_F(PackSwitchTest, PeopleImportedAsEncodingsAreRecognisedByDlibAlone) {
  const auto pack = open_pack("dlib");
  auto models = pack->make().value();
  Person person;
  person.employee_code = "E7";
  person.name = "Obama";
  std::vector<FaceTemplate> faces(2);
  faces[0].embedding = face_of(models, "obama.jpg");
  faces[1].embedding = face_of(models, "obama3.jpg");
  std::istringstream file(line_of(person, faces));
  const auto report = import_encodings(file, *database_, pack->model(), clock_, uuids_, {});
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_TRUE(report->written);
  EXPECT_EQ(who(*pack, face_of(models, "obama2.jpg")), "Obama");
  const auto other = open_pack("default");
  const auto outcome = renew(*other);
  EXPECT_EQ(outcome.added, 0U);
  EXPECT_THAT(outcome.without, SizeIs(1));  // who has no photo is named
  EXPECT_THAT(database_->templates().of_model(other->model()).value(), IsEmpty());
}

/// The same photo again is refused, also where similarities are distances.
TEST_F(PackSwitchTest, DlibEnrolsAndRefusesARepeatedPhoto) {
  const auto pack = open_pack("dlib");
  auto models = pack->make().value();
  EnrolPerson use_case({.database = *database_,
                        .pictures = *pictures_,
                        .reader = *reader_,
                        .models = models,
                        .clock = clock_,
                        .uuids = uuids_},
                       {});
  EnrolRequest request;
  request.name = "Obama";
  for (const char* photo : {"obama.jpg", "obama.jpg", "obama2.jpg", "biden.jpg"})
    request.photos.push_back({photo, file_bytes(shared_asset(std::string("faces/people/") + photo))});
  const auto done = use_case.enrol(request);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->templates, SizeIs(2));
  ASSERT_THAT(done->refused, SizeIs(2));
  EXPECT_EQ(done->refused[0].fault, PhotoFault::repeated);
  EXPECT_EQ(done->refused[1].fault, PhotoFault::unlike_the_others);
}

}  // namespace
}  // namespace hadir
