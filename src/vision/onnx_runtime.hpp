#pragma once
#include <onnxruntime/onnxruntime_cxx_api.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// How a session shall run.
struct OnnxOptions {
  /// Execution providers in order of preference, separated by commas. Those the library does not offer, or that fail to
  /// start, are passed over; the CPU is always the last resort.
  std::string providers = "CPUExecutionProvider";
  /// Folder for the engines TensorRT builds (minutes a model); empty: they are built anew at each start.
  std::string engine_cache;
  /// On the CPU, write the network's PReLUs so that they run fast (prelu_rewrite.hpp).
  bool rewrite_for_cpu = true;
};

class OnnxRuntime;

/// One network, ready to run on the calling thread. Belongs to one thread at a time.
class OnnxSession {
 public:
  /// `input`: NCHW values, kept by the caller until the call returns. Outputs in the order of `output_names()`.
  /// `unavailable` when the runtime refuses.
  Result<std::vector<Ort::Value>> run(std::span<const float> input, std::span<const std::int64_t> shape);

  const std::vector<std::string>& output_names() const { return output_names_; }
  /// The declared shape of the first input; -1 where it is free.
  const std::vector<std::int64_t>& input_shape() const { return input_shape_; }
  /// The provider that really runs, with the reason for each preferred one that does not.
  const std::string& provider() const { return provider_; }

 private:
  friend class OnnxRuntime;
  OnnxSession(Ort::Session session, std::shared_ptr<OnnxRuntime> runtime);
  std::shared_ptr<OnnxRuntime> runtime_;  // Outlives the session.
  Ort::Session session_;
  Ort::MemoryInfo memory_;
  std::string input_name_;
  std::vector<std::int64_t> input_shape_;
  std::vector<std::string> output_names_;
  std::string provider_;
};

/// ONNX Runtime, taken at run time. Safe from any thread.
///
/// Sessions have one intra-op thread that does not spin, run their nodes in order, and use no memory arena: parallelism
/// is the pipeline's alone (docs/threading.md), and changing input shapes would make an arena grow without end.
class OnnxRuntime : public std::enable_shared_from_this<OnnxRuntime> {
 public:
  /// `library`: path of a libonnxruntime; empty: environment HADIR_ONNXRUNTIME, else the system's.
  /// `unavailable` when it cannot be loaded or is older than the API this was built against; `conflict` when this
  /// process has already loaded another one.
  static Result<std::shared_ptr<OnnxRuntime>> load(const std::string& library = {});

  /// `invalid_input` for an unknown provider name; `corrupted` when the bytes are not a model this runtime can read.
  Result<std::unique_ptr<OnnxSession>> open(std::span<const std::byte> model, const OnnxOptions& options);

  const std::string& version() const { return version_; }
  const std::vector<std::string>& available_providers() const { return available_; }

 private:
  OnnxRuntime() = default;
  Ort::Env env_{nullptr};
  std::string version_;
  std::vector<std::string> available_;
};

}  // namespace hadir
