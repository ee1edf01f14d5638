#include "vision/onnx_runtime.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vision/stderr_filter.hpp"
#include "vision/test_assets.hpp"

namespace hadir {
namespace {

ModelBytes yunet() {
  return test::model_bytes("default", "detector");
}

TEST(OnnxRuntime, FallsBackToTheCpuAndSaysSo) {
  const auto runtime = OnnxRuntime::load();
  ASSERT_TRUE(runtime) << runtime.error().message;
  const auto session =
      (*runtime)->open(yunet(), {"TensorrtExecutionProvider, CUDAExecutionProvider, CPUExecutionProvider", ""});
  ASSERT_TRUE(session) << session.error().message;
  const auto& available = (*runtime)->available_providers();
  if (std::ranges::contains(available, "CUDAExecutionProvider")) GTEST_SKIP() << "this runtime has a GPU build";
  EXPECT_TRUE((*session)->provider().starts_with("CPUExecutionProvider")) << (*session)->provider();
  EXPECT_NE((*session)->provider().find("TensorrtExecutionProvider"), std::string::npos) << (*session)->provider();
  EXPECT_NE((*session)->provider().find("CUDAExecutionProvider"), std::string::npos) << (*session)->provider();
}

TEST(OnnxRuntime, RefusesProvidersItDoesNotKnow) {
  const auto runtime = OnnxRuntime::load();
  ASSERT_TRUE(runtime);
  const auto session = (*runtime)->open(yunet(), {"CudaProvider", ""});
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(session.error().message.find("CudaProvider"), std::string::npos);
}

TEST(OnnxRuntime, BytesThatAreNotAModelAreCorrupted) {
  const auto runtime = OnnxRuntime::load();
  ASSERT_TRUE(runtime);
  const ModelBytes garbage(1000, std::byte{0x5A});
  const auto session = (*runtime)->open(garbage, {});
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().kind, ErrorKind::corrupted);
}

TEST(OnnxRuntime, AWrongShapeIsAnErrorNotACrash) {
  const auto runtime = OnnxRuntime::load();
  ASSERT_TRUE(runtime);
  const auto session = (*runtime)->open(yunet(), {});
  ASSERT_TRUE(session);
  const std::vector<float> input(3 * 33 * 33);
  const std::array<std::int64_t, 4> shape{1, 1, 99, 33};
  const auto outputs = (*session)->run(input, shape);
  ASSERT_FALSE(outputs);
  EXPECT_EQ(outputs.error().kind, ErrorKind::unavailable);
}

TEST(OnnxRuntime, AMissingLibraryIsOneClearError) {
  const auto runtime = OnnxRuntime::load("/nowhere/libonnxruntime.so");
  ASSERT_FALSE(runtime);
  EXPECT_EQ(runtime.error().kind, ErrorKind::unavailable);
  EXPECT_NE(runtime.error().message.find("/nowhere/libonnxruntime.so"), std::string::npos);
}

TEST(OnnxRuntime, ALibraryOfSomethingElseIsRefused) {
  const auto runtime = OnnxRuntime::load("libm.so.6");
  ASSERT_FALSE(runtime);
  EXPECT_NE(runtime.error().message.find("not an ONNX Runtime"), std::string::npos) << runtime.error().message;
}

/// Runs `work` in a child process (the descriptor and the runtime's registration belong to a process) and gives what it
/// wrote to standard error.
std::string stderr_of(const std::function<void()>& work) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    work();
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(count));
  ::close(ends[0]);
  EXPECT_EQ(::waitpid(child, nullptr, 0), child);
  return text;
}

void write_stderr(const std::string& text) {
  ASSERT_EQ(::write(STDERR_FILENO, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

TEST(StderrFilter, LeavesOutExactlyTheSchemaErrors) {
  const auto text = stderr_of([] {
    write_stderr("before\n");
    without_schema_errors([] {
      write_stderr("one\n\nSchema error: Trying to register\n\nSchema error: again\n\n");
      write_stderr("a Schema error: inside stays\n");
      for (int i = 0; i < 2000; ++i)
        write_stderr("Schema error: more than a pipe holds " + std::string(60, '.') + "\n\n");
      write_stderr("no line end");
    });
    write_stderr("\nafter\n");
  });
  EXPECT_EQ(text, "before\none\n\na Schema error: inside stays\nno line end\nafter\n");
}

TEST(StderrFilter, RestoresStandardErrorAfterAnException) {
  const auto text = stderr_of([] {
    try {
      without_schema_errors([] { throw std::runtime_error("x"); });
    } catch (const std::runtime_error&) {
      write_stderr("Schema error: of another kind\n");
    }
  });
  EXPECT_EQ(text, "Schema error: of another kind\n");
}

/// In a process of its own: the operators are registered once a process.
TEST(OnnxRuntimeDeathTest, StartsWithoutAWordOnStandardError) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  yunet();  // asked for here: the child cannot end the test as not run
  const auto start = [] {
    const auto runtime = OnnxRuntime::load();
    ::_exit(runtime && (*runtime)->open(yunet(), {}) ? 0 : 1);
  };
  EXPECT_EXIT(start(), testing::ExitedWithCode(0), testing::Eq(""));
}

}  // namespace
}  // namespace hadir
