// Enrolment with the real models, photos, database and picture folder.
#include "app/people/enrol_person.hpp"

#include <format>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/people/gallery_loading.hpp"
#include "app/people/re_embed.hpp"
#include "media/jpeg.hpp"
#include "media/photo_reader.hpp"
#include "store/picture_folder.hpp"
#include "store/sqlite_database.hpp"
#include "support/shared_assets.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Pack {
  std::unique_ptr<FaceModelFactory> factory;
  FaceModels models;
};

Pack open_pack(const std::string& name) {
  ModelSettings settings;
  settings.pack = name;
  settings.providers = "CPUExecutionProvider";
  auto factory = load_pack(settings, ModelLocations::standard());
  if (!factory) throw std::runtime_error(factory.error().message);
  auto models = (*factory)->make();
  if (!models) throw std::runtime_error(models.error().message);
  return {std::move(*factory), std::move(*models)};
}

EnrolPhoto photo(const std::string& path) {
  const auto file = shared_asset("faces/" + path);
  return {file.filename().string(), file_bytes(file)};
}

class EnrolTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { pack_ = new Pack(open_pack("default")); }
  static void TearDownTestSuite() {
    delete pack_;
    pack_ = nullptr;
  }
  EnrolTest() {
    std::filesystem::remove_all(folder_);
    database_ = open_sqlite(":memory:", SecretKey::random()).value();
    pictures_ = PictureFolder::open(folder_).value();
    const auto& embedder = *pack_->models.embedder;
    gallery_ = std::make_unique<FaissGallery>(embedder.calibration().metric, embedder.dimensions(),
                                              embedder.calibration().minimum_threshold);
  }
  ~EnrolTest() override { std::filesystem::remove_all(folder_); }

  EnrolPerson enrolment(PhotoRules rules = {}) {
    EnrolRules enrol_rules;
    enrol_rules.photo = rules;
    return EnrolPerson({.database = *database_,
                        .pictures = *pictures_,
                        .reader = *reader_,
                        .models = pack_->models,
                        .clock = clock_,
                        .uuids = uuids_,
                        .gallery = gallery_.get()},
                       enrol_rules);
  }
  Result<EnrolOutcome> enrol(const std::string& name, std::vector<EnrolPhoto> photos, PhotoRules rules = {}) {
    EnrolRequest request;
    request.name = name;
    request.photos = std::move(photos);
    return enrolment(rules).enrol(request);
  }
  /// Nothing at all was kept.
  void expect_untouched() {
    EXPECT_THAT(*database_->persons().list(), IsEmpty());
    EXPECT_EQ(gallery_->person_count(), 0U);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "face_images"));
  }
  /// The photo again, its luma changed by `change(luma, width, height)`.
  template <class Change>
  EnrolPhoto changed(const std::string& path, Change change) {
    auto frame = reader_->decode(photo(path).bytes).value();
    std::vector<std::uint8_t> luma(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height));
    for (int y = 0; y < frame.height; ++y)
      std::copy_n(frame.planes[0].data + y * frame.planes[0].stride, frame.width,
                  luma.begin() + std::ptrdiff_t{y} * frame.width);
    change(luma, frame.width, frame.height);
    frame.planes[0] = {luma.data(), frame.width};
    return {path + " changed", make_jpeg_encoder()->encode(frame, {.crop = {}, .max_width = 0, .quality = 95}).value()};
  }
  /// The photo again, smaller.
  EnrolPhoto scaled(const std::string& path, int width) {
    const auto encoder = make_jpeg_encoder();
    auto frame = reader_->decode(photo(path).bytes).value();
    auto bytes = encoder->encode(frame, {.crop = {}, .max_width = width, .quality = 90}).value();
    return {path + " scaled", std::move(bytes)};
  }

  static Pack* pack_;
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-enrol-{}", ::getpid());
  std::unique_ptr<Database> database_;
  std::unique_ptr<PictureFolder> pictures_;
  std::unique_ptr<PhotoReader> reader_ = make_photo_reader();
  std::unique_ptr<FaissGallery> gallery_;
  FixedClock clock_{Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};
  SeededUuidSource uuids_{1};
};

Pack* EnrolTest::pack_ = nullptr;

TEST_F(EnrolTest, EnrolsFromPhotosAndRecognises) {
  const auto original = photo("people/obama.jpg");
  const auto outcome = enrol("Barack Obama", {original, photo("people/obama2.jpg")});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->refused, IsEmpty());
  EXPECT_EQ(outcome->person.employee_code, "E0001");
  ASSERT_THAT(outcome->templates, SizeIs(2));
  EXPECT_EQ(outcome->templates[0].photo, "face_images/E0001/001.jpg");
  EXPECT_EQ(outcome->templates[1].photo, "face_images/E0001/002.jpg");
  EXPECT_EQ(pictures_->get("face_images/E0001/001.jpg").value(), original.bytes) << "kept as it came";
  EXPECT_EQ(database_->templates().of_model(pack_->factory->model())->size(), 2U);

  const auto probe = read_photo_face(*reader_, pack_->models, photo("people/obama3.jpg").bytes, {});
  ASSERT_TRUE(probe);
  const auto matches = gallery_->search(std::get<PhotoFace>(*probe).embedding, 1);
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_EQ(matches[0].person, outcome->person.id);
  EXPECT_GT(matches[0].similarity, 0.6F);
}

TEST_F(EnrolTest, GivesTheNextFreeCode) {
  EXPECT_EQ(enrol("A", {photo("people/obama.jpg")})->person.employee_code, "E0001");
  EXPECT_EQ(enrol("B", {photo("people/biden.jpg")})->person.employee_code, "E0002");
  EnrolRequest request;
  request.name = "C";
  request.employee_code = "E0002";
  request.photos = {photo("people/rose_leslie1.jpg")};
  const auto taken = enrolment().enrol(request);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
  EXPECT_THAT(taken.error().message, AllOf(HasSubstr("E0002"), HasSubstr("B")));
}

TEST_F(EnrolTest, RefusesSeveralFaces) {
  for (const char* file : {"people/two_people.jpg", "people/obama_and_biden.jpg", "people/kit_with_rose.jpg"}) {
    const auto outcome = enrol("Somebody", {photo(file)});
    ASSERT_FALSE(outcome) << file;
    EXPECT_EQ(outcome.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(outcome.error().message, AllOf(HasSubstr(photo(file).name), HasSubstr("faces in it"))) << file;
  }
  expect_untouched();
}

TEST_F(EnrolTest, RefusesWhatIsNoPictureOrHasNoFace) {
  const auto text = enrol("Somebody", {{"notes.jpg", {'h', 'e', 'l', 'l', 'o'}}});
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().message, AllOf(HasSubstr("notes.jpg"), HasSubstr("cannot be read")));

  Bytes grey(320 * 240, 128);
  Bytes chroma(160 * 120, 128);
  Frame empty;
  empty.width = 320;
  empty.height = 240;
  empty.planes = {Plane{grey.data(), 320}, Plane{chroma.data(), 160}, Plane{chroma.data(), 160}};
  const auto nobody = enrol("Somebody", {{"wall.jpg", make_jpeg_encoder()->encode(empty, {}).value()}});
  ASSERT_FALSE(nobody);
  EXPECT_THAT(nobody.error().message, AllOf(HasSubstr("wall.jpg"), HasSubstr("no face")));

  auto cut = photo("people/obama.jpg");
  cut.bytes.resize(cut.bytes.size() / 3);
  const auto truncated = enrol("Somebody", {cut});
  ASSERT_FALSE(truncated);
  EXPECT_THAT(truncated.error().message, HasSubstr("obama.jpg: it cannot be read"));
  EXPECT_FALSE(enrol("Nobody", {}));
  EXPECT_FALSE(enrol("", {photo("people/obama.jpg")}));
  expect_untouched();
}

TEST_F(EnrolTest, RefusesAFaceTooSmall) {
  const auto outcome = enrol("Somebody", {scaled("people/biden.jpg", 120)});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("too small"));
  expect_untouched();
}

TEST_F(EnrolTest, RefusesABlurredFace) {
  const auto blurred = changed("people/obama.jpg", [](std::vector<std::uint8_t>& luma, int width, int height) {
    for (int pass = 0; pass < 2; ++pass)
      for (int y = 0; y < height; ++y) {
        std::vector<int> sums(1, 0);
        const auto row = luma.begin() + std::ptrdiff_t{y} * width;
        for (int x = 0; x < width; ++x) sums.push_back(sums.back() + row[x]);
        for (int x = 0; x < width; ++x) {
          const int from = std::max(0, x - 12);
          const int to = std::min(width, x + 13);
          row[x] = static_cast<std::uint8_t>(
              (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) / (to - from));
        }
      }
    for (int x = 0; x < width; ++x)
      for (int y = 12; y < height; ++y) {
        int sum = 0;
        for (int k = 0; k <= 12; ++k) sum += luma[static_cast<std::size_t>((y - k) * width + x)];
        luma[static_cast<std::size_t>((y - 12) * width + x)] = static_cast<std::uint8_t>(sum / 13);
      }
  });
  const auto outcome = enrol("Somebody", {blurred});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("too blurred"));
  expect_untouched();
}

TEST_F(EnrolTest, RefusesAFaceTooDarkOrTooBright) {
  const auto scaled_luma = [](int percent, int plus) {
    return [percent, plus](std::vector<std::uint8_t>& luma, int, int) {
      for (auto& value : luma) value = static_cast<std::uint8_t>(std::clamp(value * percent / 100 + plus, 0, 255));
    };
  };
  const auto dark = enrol("Somebody", {changed("people/obama.jpg", scaled_luma(22, 0))});
  ASSERT_FALSE(dark);
  EXPECT_THAT(dark.error().message, HasSubstr("too dark"));
  const auto bright = enrol("Somebody", {changed("people/obama.jpg", scaled_luma(25, 200))});
  ASSERT_FALSE(bright);
  EXPECT_THAT(bright.error().message, HasSubstr("too bright"));
  expect_untouched();
}

TEST_F(EnrolTest, RefusesSomebodyElse) {
  ASSERT_TRUE(enrol("Barack Obama", {photo("people/obama.jpg")}));
  const auto twice = enrol("Robert Smith", {photo("people/obama2.jpg"), photo("people/obama3.jpg")});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, ErrorKind::conflict);
  EXPECT_THAT(twice.error().message, AllOf(HasSubstr("obama2.jpg"), HasSubstr("Barack Obama (E0001)")));
  EXPECT_EQ(database_->persons().list()->size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "face_images" / "E0002"));
}

TEST_F(EnrolTest, RefusesThePhotoOfAnotherPersonAmongThem) {
  const auto outcome =
      enrol("Barack Obama", {photo("people/obama.jpg"), photo("people/biden.jpg"), photo("people/obama2.jpg")});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->templates, SizeIs(2));
  ASSERT_THAT(outcome->refused, SizeIs(1));
  EXPECT_EQ(outcome->refused[0].photo, "biden.jpg");
  EXPECT_EQ(outcome->refused[0].fault, PhotoFault::unlike_the_others);
}

TEST_F(EnrolTest, AddsPhotosToSomebody) {
  const auto first = enrol("Alex", {photo("people/alex-lacamoire1.jpg")});
  ASSERT_TRUE(first) << first.error().message;
  EnrolRequest more;
  more.person = first->person.id;
  more.photos = {photo("people/alex-lacamoire1.jpg"), photo("people/alex-lacamoire2.jpg"), photo("people/obama.jpg"),
                 photo("people/obama2.jpg")};
  const auto outcome = enrolment().enrol(more);
  ASSERT_TRUE(outcome) << outcome.error().message;
  ASSERT_THAT(outcome->templates, SizeIs(1));
  EXPECT_EQ(outcome->templates[0].photo, "face_images/E0001/002.jpg");
  ASSERT_THAT(outcome->refused, SizeIs(3));
  EXPECT_EQ(outcome->refused[0].fault, PhotoFault::repeated);
  EXPECT_EQ(outcome->refused[1].fault, PhotoFault::unlike_the_others);
  EXPECT_EQ(outcome->refused[2].fault, PhotoFault::unlike_the_others) << "two strangers do not outvote the person";
  EXPECT_EQ(gallery_->template_count(), 2U);
  more.person = PersonId("nobody");
  EXPECT_EQ(enrolment().enrol(more).error().kind, ErrorKind::not_found);
}

TEST_F(EnrolTest, EverySinglePersonPhotoIsGoodEnough) {
  for (const auto& entry : std::filesystem::directory_iterator(shared_asset("faces/people"))) {
    const auto name = entry.path().filename().string();
    if (name == "two_people.jpg" || name == "obama_and_biden.jpg" || name == "kit_with_rose.jpg" ||
        name == "obama_partial_face.jpg")
      continue;
    const auto reading = read_photo_face(*reader_, pack_->models, photo("people/" + name).bytes, {});
    ASSERT_TRUE(reading);
    const auto* refusal = std::get_if<PhotoRefusal>(&*reading);
    EXPECT_EQ(refusal, nullptr) << name << ": " << refusal->reason;
  }
}

TEST_F(EnrolTest, TheGalleryIsLoadedWithItsRejections) {
  const auto obama = enrol("Barack Obama", {photo("people/obama.jpg"), photo("people/obama2.jpg")});
  ASSERT_TRUE(enrol("Joe Biden", {photo("people/biden.jpg")}));
  const auto& embedder = *pack_->models.embedder;
  FaissGallery fresh(embedder.calibration().metric, embedder.dimensions(), embedder.calibration().minimum_threshold);
  const auto reading = read_photo_face(*reader_, pack_->models, photo("people/obama3.jpg").bytes, {});
  const auto& probe = std::get<PhotoFace>(*reading).embedding;

  auto contents = load_gallery(*database_, pack_->factory->model(), fresh);
  ASSERT_TRUE(contents);
  EXPECT_EQ(contents->people, 2U);
  EXPECT_EQ(contents->templates, 3U);
  EXPECT_EQ(fresh.search(probe, 1).at(0).person, obama->person.id);

  ASSERT_TRUE(reject_match(
      *database_, &fresh,
      {.person = obama->person.id, .model = pack_->factory->model(), .embedding = probe, .created_at = clock_.now()}));
  const auto matches_now = fresh.search(probe, 1);
  EXPECT_TRUE(matches_now.empty() || matches_now[0].person != obama->person.id);
  FaissGallery after_restart(embedder.calibration().metric, embedder.dimensions(),
                             embedder.calibration().minimum_threshold);
  EXPECT_EQ(load_gallery(*database_, pack_->factory->model(), after_restart)->rejections, 1U);
  const auto matches_later = after_restart.search(probe, 1);
  EXPECT_TRUE(matches_later.empty() || matches_later[0].person != obama->person.id);
}

TEST_F(EnrolTest, AnotherPackReadsTheKeptPhotos) {
  ASSERT_TRUE(enrol("Barack Obama", {photo("people/obama.jpg"), photo("people/obama2.jpg")}));
  ASSERT_TRUE(enrol("Joe Biden", {photo("people/biden.jpg")}));
  auto other = open_pack("foamliu");
  ASSERT_NE(other.factory->model(), pack_->factory->model());
  const auto made = re_embed_all(*database_, *pictures_, *reader_, other.models, clock_, uuids_, {});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->people, 2U);
  EXPECT_EQ(made->added, 3U);
  EXPECT_THAT(made->failed, IsEmpty());
  EXPECT_EQ(database_->templates().of_model(other.factory->model())->size(), 3U);
  EXPECT_EQ(database_->templates().of_model(pack_->factory->model())->size(), 3U) << "the old ones stay";
  const auto again = re_embed_all(*database_, *pictures_, *reader_, other.models, clock_, uuids_, {});
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(again->present, 3U);

  ASSERT_TRUE(pictures_->remove("face_images/E0002/001.jpg"));
  auto third = open_pack("default");
  const auto old = database_->templates().of_model(third.factory->model());
  for (const auto& face : *old) ASSERT_TRUE(database_->templates().remove(face.id));
  const auto partly = re_embed_all(*database_, *pictures_, *reader_, third.models, clock_, uuids_, {});
  ASSERT_TRUE(partly);
  EXPECT_EQ(partly->added, 2U);
  ASSERT_THAT(partly->failed, SizeIs(1));
  EXPECT_EQ(partly->failed[0].photo, "face_images/E0002/001.jpg");
  EXPECT_THAT(partly->without, SizeIs(1));
}

}  // namespace
}  // namespace hadir
