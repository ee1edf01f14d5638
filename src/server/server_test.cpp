#include "server/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "core/uuid.hpp"
#include "server/people_directory.hpp"
#include "store/secret_key.hpp"
#include "store/sqlite_database.hpp"
#include "vision/faiss_gallery.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;

Person person_of(const char* code, Instant changed) {
  Person person;
  person.id = PersonId(std::string("id-") + code);
  person.employee_code = code;
  person.name = std::string("Name ") + code;
  person.created_at = changed;
  person.updated_at = changed;
  return person;
}

FaceTemplate template_of(const Person& person, const ModelId& model, float direction) {
  const float values[] = {direction, 1, 0, 0};
  return {.id = TemplateId("t-" + person.id.str()),
          .person = person.id,
          .model = model,
          .embedding = *Embedding::normalised(values),
          .pose = "front",
          .quality = 1,
          .source = "photo",
          .photo = "",
          .created_at = person.created_at};
}

TEST(PeopleDirectoryTest, PeopleEnrolledByAnotherProgramAreFound) {
  auto database = open_sqlite(":memory:", SecretKey::random());
  ASSERT_TRUE(database);
  const ModelId model{.name = "test", .sha256 = std::string(64, 'a')};
  FaissGallery gallery(Metric::cosine, 4, 0.3F);
  auto directory = PeopleDirectory::load(**database, gallery, model);
  ASSERT_TRUE(directory) << directory.error().message;
  EXPECT_EQ(gallery.person_count(), 0U);
  EXPECT_FALSE(*(*directory)->refresh());

  const Instant now{std::chrono::seconds{1'700'000'000}};
  Person ana = person_of("E1", now);
  ASSERT_TRUE((*database)->persons().add(ana));
  const FaceTemplate face = template_of(ana, model, 0.1F);
  ASSERT_TRUE((*database)->templates().add({&face, 1}));
  EXPECT_TRUE(*(*directory)->refresh());
  EXPECT_EQ(gallery.person_count(), 1U);
  EXPECT_EQ((*directory)->name_of(ana.id), "Name E1");

  ana.name = "Ana";
  ana.updated_at = now + std::chrono::seconds{1};
  ASSERT_TRUE((*database)->persons().update(ana));
  EXPECT_TRUE(*(*directory)->refresh());
  EXPECT_EQ((*directory)->name_of(ana.id), "Ana");
  EXPECT_FALSE(*(*directory)->refresh());

  ASSERT_TRUE((*database)->persons().remove(ana.id));
  EXPECT_TRUE(*(*directory)->refresh());
  EXPECT_EQ(gallery.person_count(), 0U);
  EXPECT_EQ((*directory)->name_of(ana.id), "Somebody");
  EXPECT_TRUE((*directory)->health().ok);
}

TEST(PeopleDirectoryTest, ItWatchesByItself) {
  auto database = open_sqlite(":memory:", SecretKey::random());
  ASSERT_TRUE(database);
  FaissGallery gallery(Metric::cosine, 4, 0.3F);
  auto directory = PeopleDirectory::load(**database, gallery, ModelId{.name = "test", .sha256 = std::string(64, 'a')});
  ASSERT_TRUE(directory);
  (*directory)->watch(std::chrono::milliseconds{10});
  const Person ana = person_of("E1", Instant{std::chrono::seconds{1'700'000'000}});
  ASSERT_TRUE((*database)->persons().add(ana));
  for (int i = 0; i < 500 && (*directory)->name_of(ana.id) == "Somebody"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_EQ((*directory)->name_of(ana.id), "Name E1");
}

TEST(DataFolderTest, IsMadeAndFoundAgainWithTheSameKey) {
  const auto root = std::filesystem::temp_directory_path() / std::format("hadir-data-{}", getpid());
  {
    auto data = DataFolder::open(root);
    ASSERT_TRUE(data) << data.error().message;
    ASSERT_TRUE(data->database->persons().add(person_of("E1", Instant{std::chrono::seconds{1}})));
  }
  const auto again = DataFolder::open(root);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->database->persons().list()->size(), 1U);
  std::filesystem::remove_all(root);

  std::ofstream(root) << "a file where the folder belongs";
  const auto refused = DataFolder::open(root);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr(root.string()));
  std::filesystem::remove(root);
}

TEST(ServerTest, AForeignHostAndAnUnknownPackAreRefusedBeforeAnythingIsMade) {
  const auto root = std::filesystem::temp_directory_path() / std::format("hadir-server-{}", getpid());
  ServerOptions options;
  options.data = root;
  Settings settings;
  settings.models.pack = "nosuchpack";
  const auto no_pack = Server::start(options, settings);
  ASSERT_FALSE(no_pack);
  EXPECT_THAT(no_pack.error().message, HasSubstr("nosuchpack"));
  EXPECT_FALSE(std::filesystem::exists(root));
}

}  // namespace
}  // namespace hadir
