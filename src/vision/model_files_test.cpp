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
class ScriptedFetcher final : public FileFetcher {
 public:
  std::map<std::string, std::string> bodies;
  int calls = 0;
  Status fetch(const FileSource& source, const fs::path& to, std::uintmax_t max_bytes) override {
    ++calls;
    const auto address = describe(source);
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
    file_ = {"detector", "net.onnx", 3,        abc_sha256,
             "MIT",      true,       "a test", {WebAddress{"https://a/net"}, WebAddress{"https://b/net"}}};
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
  ScriptedFetcher downloader_;
  std::string told_;
  const TellLine tell_ = [this](const std::string& line) { told_ += line + "\n"; };
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
  const auto fetched = fetch_model(where_, file_, downloader_, tell_);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
  EXPECT_NE(fetched.error().message.find(abc_sha256), std::string::npos) << fetched.error().message;
  EXPECT_EQ(told_, std::format("net.onnx: what https://a/net has does not have SHA-256 {}\n"
                               "net.onnx: https://b/net does not answer\n",
                               abc_sha256));
  EXPECT_TRUE(fs::is_empty(where_.models));
}

TEST_F(ModelFilesTest, AFileWithoutAddressSaysWhereToPutIt) {
  file_.sources.clear();
  const auto fetched = fetch_model(where_, file_, downloader_);
  ASSERT_FALSE(fetched);
  EXPECT_NE(fetched.error().message.find(where_.models.string()), std::string::npos) << fetched.error().message;
}

TEST_F(ModelFilesTest, SourcesAreReadFromTheManifest) {
  std::ifstream stream(fs::path(HADIR_SOURCE_DIR) / "models/default.json");
  auto json = nlohmann::json::parse(stream);
  const nlohmann::json package{{"python_package", "some_models"},
                               {"version", "0.3.0"},
                               {"bytes", 100},
                               {"sha256", abc_sha256},
                               {"member", "some_models/a.dat"}};
  json["files"][0]["addresses"] = {"https://a/yunet_s_dynamic.onnx.bz2", "http://b/yunet_s_dynamic.onnx", package};
  write(where_.models / "default.json", json.dump());
  const auto manifest = read_manifest(where_.models / "default.json");
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& sources = manifest->files[0].sources;
  ASSERT_EQ(sources.size(), 3U);
  EXPECT_TRUE(std::get<WebAddress>(sources[0]).bzip2);
  EXPECT_FALSE(std::get<WebAddress>(sources[1]).bzip2);
  const auto& member = std::get<PackageMember>(sources[2]);
  EXPECT_EQ(member.package, (PythonPackage{"some_models", "0.3.0", abc_sha256, 100}));
  EXPECT_EQ(member.path, "some_models/a.dat");
  // These words become part of a line that pip reads.
  for (const char* wrong : {"", "--index-url", "a b", "a\nb", "a;b", "a @ file:///x"}) {
    auto bad = package;
    bad["python_package"] = wrong;
    json["files"][0]["addresses"] = nlohmann::json::array({bad});
    write(where_.models / "default.json", json.dump());
    EXPECT_FALSE(read_manifest(where_.models / "default.json")) << wrong;
  }
}

/// The pack in the place of the first one runs only where nobody chose, and only when it can.
TEST_F(ModelFilesTest, TheFallbackRunsOnlyWhereNothingWasChosenAndItIsWhole) {
  const auto shipped = fs::path(HADIR_SOURCE_DIR) / "models";
  fs::copy_file(shipped / "default.json", where_.models / "default.json");
  auto another = nlohmann::json::parse(read(shipped / "foamliu.json"));
  another["name"] = "dlib";
  write(where_.models / "dlib.json", another.dump());
  const auto put = [&](const std::string& pack) {
    const auto manifest = find_pack(where_, pack);
    ASSERT_TRUE(manifest) << manifest.error().message;
    for (const auto& file : manifest->files) write(root_ / "mirror" / file.name, "x");
  };
  ModelSettings nothing_chosen;
  EXPECT_EQ(choose_pack(nothing_chosen, where_).name, "default");
  EXPECT_EQ(choose_pack(nothing_chosen, where_).notice, "");
  put("dlib");
  const auto fallen_back = choose_pack(nothing_chosen, where_);
  EXPECT_EQ(fallen_back.name, "dlib");
  EXPECT_NE(fallen_back.notice.find("hadir models fetch --pack default"), std::string::npos) << fallen_back.notice;
  ModelSettings chosen;
  chosen.pack = "default";
  EXPECT_EQ(choose_pack(chosen, where_).name, "default");
  put("default");
  EXPECT_EQ(choose_pack(nothing_chosen, where_).name, "default");
  EXPECT_EQ(choose_pack(nothing_chosen, where_).notice, "");
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
  shared_asset("models");
  const auto where = test::shared_models();
  const auto names = list_packs(where);
  for (const char* expected : {"default", "foamliu", "w600k", "scrfd-w600k"})
    EXPECT_TRUE(std::ranges::contains(names, expected)) << expected;
  for (const auto& name : names) {
    const auto manifest = find_pack(where, name);
    ASSERT_TRUE(manifest) << manifest.error().message;
    for (const auto& file : manifest->files) EXPECT_EQ(inspect(where, file).state, FileState::ok) << file.name;
    for (const auto& file : manifest->files) EXPECT_FALSE(file.sources.empty() && file.origin.empty()) << file.name;
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
      {"addresses", [](auto& j) { j["files"][0]["addresses"] = {"file:///etc/passwd"}; }},
      {"addresses", [](auto& j) { j["files"][0]["addresses"] = {7}; }},
      {"addresses.python_package", [](auto& j) { j["files"][0]["addresses"] = {{{"member", "x"}}}; }},
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
