#include "vision/model_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "vision/test_assets.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

constexpr const char* abc_sha256 =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // FIPS 180-2, B.1

/// Serves fixed bodies by address and counts the calls.
class ScriptedDownloader final : public Downloader {
 public:
  std::map<std::string, std::string> bodies;
  int calls = 0;
  Status fetch(const std::string& address, const fs::path& to, std::uintmax_t max_bytes) override {
    ++calls;
    const auto found = bodies.find(address);
    if (found == bodies.end()) return fail(ErrorKind::unavailable, address + " does not answer");
    if (found->second.size() > max_bytes) return fail(ErrorKind::unavailable, "too long");
    std::ofstream(to) << found->second;
    return {};
  }
};

class ModelFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / std::format("hadir-models-{}-{}", ::getpid(),
                                                    testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_ / "mirror");
    where_ = {root_ / "models", {root_ / "mirror"}};
    fs::create_directories(where_.models);
    file_ = {"detector", "net.onnx", 3, abc_sha256, "MIT", true, "a test", {"https://a/net", "https://b/net"}};
    manifest_.name = "tiny";
    manifest_.files = {file_};
  }
  void TearDown() override { fs::remove_all(root_); }
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
  static std::string read(const fs::path& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  fs::path root_;
  ModelLocations where_;
  ModelFile file_;
  Manifest manifest_;
  ScriptedDownloader downloader_;
};

TEST_F(ModelFilesTest, ReadsAnIntactFileAlsoFromTheMirror) {
  write(root_ / "mirror/net.onnx", "abc");
  const auto bytes = read_model(where_, manifest_, file_);
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(bytes->size(), 3U);
  EXPECT_EQ(inspect(where_, file_).state, FileState::ok);
}

TEST_F(ModelFilesTest, AMissingFileNamesTheCommandThatFetchesIt) {
  const auto bytes = read_model(where_, manifest_, file_);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::not_found);
  EXPECT_NE(bytes.error().message.find("net.onnx"), std::string::npos);
  EXPECT_NE(bytes.error().message.find("hadir models fetch --pack tiny"), std::string::npos) << bytes.error().message;
}

/// One flipped bit, same size; also when an intact copy lies further on: an altered file is never passed over in
/// silence.
TEST_F(ModelFilesTest, AnAlteredFileIsAnErrorWithTheCommandThatMendsIt) {
  write(where_.models / "net.onnx", "abb");
  write(root_ / "mirror/net.onnx", "abc");
  const auto bytes = read_model(where_, manifest_, file_);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::corrupted);
  EXPECT_NE(bytes.error().message.find((where_.models / "net.onnx").string()), std::string::npos);
  EXPECT_NE(bytes.error().message.find("hadir models fetch --pack tiny"), std::string::npos) << bytes.error().message;
  EXPECT_EQ(inspect(where_, file_).state, FileState::altered);

  const auto fetched = fetch_model(where_, file_, downloader_);
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_TRUE(read_model(where_, manifest_, file_));
  EXPECT_EQ(downloader_.calls, 0);  // The mirror had it.
}

TEST_F(ModelFilesTest, FetchTriesEachAddressAndChecksWhatComes) {
  downloader_.bodies = {{"https://a/net", "abd"}, {"https://b/net", "abc"}};
  const auto fetched = fetch_model(where_, file_, downloader_);
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(*fetched, where_.models / "net.onnx");
  EXPECT_EQ(read(*fetched), "abc");
  EXPECT_EQ(downloader_.calls, 2);
  EXPECT_TRUE(fetch_model(where_, file_, downloader_));
  EXPECT_EQ(downloader_.calls, 2);  // It was there.
}

TEST_F(ModelFilesTest, AFailedFetchLeavesNothingBehind) {
  downloader_.bodies = {{"https://a/net", "abd"}};
  const auto fetched = fetch_model(where_, file_, downloader_);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
  EXPECT_NE(fetched.error().message.find(abc_sha256), std::string::npos) << fetched.error().message;
  EXPECT_NE(fetched.error().message.find("https://b/net does not answer"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(where_.models));
}

TEST_F(ModelFilesTest, AFileWithoutAddressSaysWhereToPutIt) {
  file_.addresses.clear();
  const auto fetched = fetch_model(where_, file_, downloader_);
  ASSERT_FALSE(fetched);
  EXPECT_NE(fetched.error().message.find(where_.models.string()), std::string::npos) << fetched.error().message;
}

TEST_F(ModelFilesTest, AnUnknownPackNamesThoseThereAre) {
  write(where_.models / "one.json", "{}");
  write(where_.models / "two.json", "{}");
  const auto pack = find_pack(where_, "three");
  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().kind, ErrorKind::not_found);
  EXPECT_NE(pack.error().message.find("one, two"), std::string::npos) << pack.error().message;
}

TEST_F(ModelFilesTest, DigestsAreThoseOfTheStandard) {
  write(root_ / "abc", "abc");
  EXPECT_EQ(*sha256_of(root_ / "abc"), abc_sha256);
  EXPECT_FALSE(sha256_of(root_ / "nothing"));
}

/// The shipped manifests are complete, and every file of them is what the shared folder holds.
TEST(ShippedPacks, AreCompleteAndTheirFilesIntact) {
  const auto where = test::shared_models();
  const auto names = list_packs(where);
  for (const char* expected : {"default", "foamliu", "w600k", "scrfd-w600k"})
    EXPECT_TRUE(std::ranges::contains(names, expected)) << expected;
  for (const auto& name : names) {
    const auto manifest = find_pack(where, name);
    ASSERT_TRUE(manifest) << manifest.error().message;
    for (const auto& file : manifest->files) EXPECT_EQ(inspect(where, file).state, FileState::ok) << file.name;
    for (const auto& file : manifest->files)
      for (const auto& address : file.addresses) EXPECT_TRUE(address.starts_with("https://")) << address;
  }
  EXPECT_TRUE(find_pack(where, "default")->commercial_use());
  EXPECT_FALSE(find_pack(where, "w600k")->commercial_use());
}

/// Each change of the default manifest below must be refused, with a message that names the field.
TEST_F(ModelFilesTest, AManifestWithAWrongFieldIsRefusedByName) {
  std::ifstream stream(fs::path(HADIR_SOURCE_DIR) / "models/default.json");
  const auto good = nlohmann::json::parse(stream);
  const std::vector<std::pair<std::string, std::function<void(nlohmann::json&)>>> changes{
      {"detector.kind", [](auto& j) { j["detector"]["kind"] = "haar"; }},
      {"detector.minimum_score", [](auto& j) { j["detector"]["minimum_score"] = "high"; }},
      {"embedder.colour", [](auto& j) { j["embedder"]["colour"] = "grey"; }},
      {"embedder.dimensions", [](auto& j) { j["embedder"].erase("dimensions"); }},
      {"embedder.deviation", [](auto& j) { j["embedder"]["deviation"] = 0; }},
      {"embedder.input", [](auto& j) { j["embedder"]["input"] = {112}; }},
      {"metric", [](auto& j) { j["metric"] = "hamming"; }},
      {"calibration.impostors", [](auto& j) { j["calibration"]["impostors"] = {{0.5, 0.1}, {0.4, 0.01}}; }},
      {"calibration", [](auto& j) { j.erase("calibration"); }},
      {"sha256", [](auto& j) { j["files"][0]["sha256"] = "abc"; }},
      {"name", [](auto& j) { j["files"][0]["name"] = "../etc/passwd"; }},
      {"\"embedder\"", [](auto& j) { j["files"][1]["role"] = "other"; }},
      {"liveness_v2", [](auto& j) { j["files"].erase(2); }},
      {"name", [](auto& j) { j["name"] = "another"; }},
  };
  for (const auto& [field, change] : changes) {
    auto json = good;
    change(json);
    write(where_.models / "default.json", json.dump());
    const auto manifest = read_manifest(where_.models / "default.json");
    ASSERT_FALSE(manifest) << field;
    EXPECT_EQ(manifest.error().kind, ErrorKind::invalid_input);
    EXPECT_NE(manifest.error().message.find(field), std::string::npos) << field << ": " << manifest.error().message;
    EXPECT_NE(manifest.error().message.find("default.json"), std::string::npos);
  }
  write(where_.models / "default.json", good.dump());
  EXPECT_TRUE(read_manifest(where_.models / "default.json"));
  write(where_.models / "default.json", "{ not json");
  EXPECT_FALSE(read_manifest(where_.models / "default.json"));
}

}  // namespace
}  // namespace hadir
