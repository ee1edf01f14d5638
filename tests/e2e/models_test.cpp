// hadir models through the binary: what is here, what could be had, and what runs in the place of what can't.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <format>
#include <fstream>
#include <nlohmann/json.hpp>

#include "program.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

/// A folder of manifests without a way to any file, and nothing beside it.
class ModelsCommand : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* pack : {"default", "foamliu"}) {
      std::ifstream stream(fs::path(HADIR_SOURCE_DIR) / "models" / std::format("{}.json", pack));
      auto manifest = Json::parse(stream);
      for (auto& file : manifest["files"])
        file["addresses"] = {"http://127.0.0.1:1/" + file["name"].get<std::string>()};
      // The other pack plays the one that takes the default one's place; its files are small texts of our own.
      if (std::string(pack) == "foamliu") {
        manifest["name"] = "dlib";
        for (auto& file : manifest["files"]) {
          file["name"] = "of-dlib-" + file["role"].get<std::string>();
          file["bytes"] = 3;
          file["sha256"] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // "abc"
          folder_.write("mirror/" + file["name"].get<std::string>(), "abc");
        }
      }
      folder_.write(std::format("site/models/{}.json", manifest["name"].get<std::string>()), manifest.dump());
    }
    ::setenv("HADIR_MODELS", (folder_.path() / "site/models").c_str(), 1);
    ::setenv("HADIR_MODEL_MIRROR", (folder_.path() / "mirror").c_str(), 1);
  }
  void TearDown() override {
    ::unsetenv("HADIR_MODELS");
    ::unsetenv("HADIR_MODEL_MIRROR");
  }
  TestFolder folder_;
};

TEST_F(ModelsCommand, FetchFallsBackOnlyWhereNoPackWasAskedFor) {
  const auto asked = run_hadir({"models", "fetch", "--pack", "default"});
  EXPECT_EQ(asked.exit, 1);
  EXPECT_THAT(asked.err, HasSubstr("yunet_s_dynamic.onnx can't be had from any source"));
  EXPECT_THAT(asked.err, HasSubstr("http://127.0.0.1:1/yunet_s_dynamic.onnx: "));
  const auto any = run_hadir({"models", "fetch", "--json"});
  ASSERT_EQ(any.exit, 0) << any.err;
  EXPECT_EQ(Json::parse(any.out).at("pack"), "dlib");
  EXPECT_THAT(any.err, HasSubstr("hadir models fetch --pack default"));
  EXPECT_THAT(Json::parse(any.out).at("notice").get<std::string>(), HasSubstr("hadir models fetch --pack default"));
  EXPECT_EQ(run_hadir({"models", "verify", "--pack", "dlib"}).exit, 0);
  EXPECT_EQ(run_hadir({"models", "verify", "--pack", "default"}).exit, 1);
}

TEST_F(ModelsCommand, ListSaysWhatIsHereAndWhereTheRestCouldBeHad) {
  const auto list = run_hadir({"models", "list", "--json"});
  ASSERT_EQ(list.exit, 0) << list.err;
  for (const auto& pack : Json::parse(list.out).at("packs"))
    for (const auto& file : pack.at("files")) {
      const bool here = pack.at("pack") == "dlib";
      EXPECT_EQ(file.at("state"), here ? "ok" : "missing") << file.dump();
      EXPECT_EQ(file.at("sources").size(), here ? 2U : 1U) << file.dump();
      EXPECT_EQ(file.at("sources").back().at("kind"), "address");
    }
  EXPECT_THAT(run_hadir({"models", "list", "--pack", "default"}).out,
              HasSubstr("could be had from: its public address"));
}

}  // namespace
}  // namespace hadir
