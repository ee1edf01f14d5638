#include "cli/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <fstream>

#include "cli/logging.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Answer {
  ExitCode exit = 0;
  std::string out;
  std::string err;
};

Answer run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "hadir");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Answer answer;
  answer.exit = run_command_line(static_cast<int>(arguments.size()), arguments.data());
  std::fflush(stdout);
  answer.out = testing::internal::GetCapturedStdout();
  answer.err = testing::internal::GetCapturedStderr();
  return answer;
}

bool is_one_line(const std::string& text) {
  return std::ranges::count(text, '\n') == 1 && text.ends_with('\n');
}

TEST(CommandLineTest, VersionAndHelpSucceed) {
  EXPECT_THAT(run({"--version"}).out, testing::StartsWith("hadir 0."));
  EXPECT_EQ(run({"--help"}).exit, 0);
  for (const char* command : {"serve", "doctor", "enroll", "people", "models", "eval", "bench"}) {
    const Answer answer = run({command, "--help"});
    EXPECT_EQ(answer.exit, 0) << command;
    EXPECT_THAT(answer.out, HasSubstr("Usage")) << command;
  }
}

TEST(CommandLineTest, BadInputIsOneLineAndAFailure) {
  for (const std::vector<const char*>& arguments :
       std::vector<std::vector<const char*>>{{},
                                             {"sevre"},
                                             {"serve", "--prot", "1"},
                                             {"serve", "--port", "70000"},
                                             {"serve", "--host", "example.org"},
                                             {"serve", "--config-dir", "/nowhere/at/all"},
                                             {"enroll"},
                                             {"enroll", "photo.jpg"},
                                             {"--log-level", "loud", "doctor"},
                                             {"people", "list", "--data", "/nowhere/at/all"}}) {
    const Answer answer = run(arguments);
    EXPECT_NE(answer.exit, 0) << testing::PrintToString(arguments);
    EXPECT_TRUE(is_one_line(answer.err)) << answer.err;
    EXPECT_THAT(answer.err, testing::StartsWith("hadir: "));
  }
}

TEST(CommandLineTest, AMistypedCommandIsSuggested) {
  EXPECT_THAT(run({"sevre"}).err, HasSubstr("did you mean serve?"));
  EXPECT_THAT(run({"docter"}).err, HasSubstr("did you mean doctor?"));
  EXPECT_THAT(run({"xyzzy"}).err, Not(HasSubstr("did you mean")));
}

TEST(CommandLineTest, ABrokenConfigurationStopsServeWithItsPlace) {
  const auto root = std::filesystem::temp_directory_path() / std::format("hadir-cli-{}", getpid());
  std::filesystem::create_directories(root / "config");
  std::ofstream(root / "config/parameter_config.json") << "{\n \"fps_target\": }";
  const Answer answer = run({"serve", "--config-dir", root.c_str()});
  EXPECT_EQ(answer.exit, 2);
  EXPECT_THAT(answer.err, HasSubstr("parameter_config.json:2:16: not valid JSON"));
  std::filesystem::remove_all(root);
}

TEST(CommandLineTest, AMissingModelStopsServeWithTheCommandThatMendsIt) {
  const auto root = std::filesystem::temp_directory_path() / std::format("hadir-cli-models-{}", getpid());
  std::filesystem::create_directories(root / "models");
  std::filesystem::copy_file(HADIR_SOURCE_DIR "/models/default.json", root / "models/default.json");
  ::setenv("HADIR_MODELS", (root / "models").c_str(), 1);
  ::setenv("HADIR_MODEL_MIRROR", root.c_str(), 1);
  const Answer answer =
      run({"--log-level", "off", "serve", "--config-dir", root.c_str(), "--data", (root / "data").c_str()});
  ::unsetenv("HADIR_MODELS");
  ::unsetenv("HADIR_MODEL_MIRROR");
  EXPECT_EQ(answer.exit, 1);
  EXPECT_TRUE(is_one_line(answer.err)) << answer.err;
  EXPECT_THAT(answer.err, HasSubstr("hadir models fetch"));
  std::filesystem::remove_all(root);
}

TEST(LoggingTest, CredentialsAreMaskedWhoeverLogsThem) {
  testing::internal::CaptureStderr();
  set_up_logging("info");
  spdlog::info("reading rtsp://admin:hunter2@10.0.0.1/stream");
  spdlog::debug("not told");
  spdlog::default_logger()->flush();
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_THAT(told, HasSubstr("rtsp://***@10.0.0.1/stream"));
  EXPECT_THAT(told, Not(HasSubstr("hunter2")));
  EXPECT_THAT(told, Not(HasSubstr("not told")));
}

}  // namespace
}  // namespace hadir
