#include "vision/onnx_runtime.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <map>
#include <mutex>

#include "vision/prelu_rewrite.hpp"
#include "vision/stderr_filter.hpp"

namespace hadir {
namespace {

/// An ONNX model of one Identity node. Opening it makes the runtime register its operators (see stderr_filter.hpp).
constexpr std::array<unsigned char, 51> identity_model{
    0x08, 0x08,                                                                                          // ir_version 8
    0x3a, 0x2b,                                                                                          // graph
    0x0a, 0x10, 0x0a, 0x01, 'x', 0x12, 0x01, 'y',  0x22, 0x08, 'I',  'd', 'e', 'n', 't', 'i', 't', 'y',  // node
    0x12, 0x01, 'g',                                                                                     // name
    0x5a, 0x09, 0x0a, 0x01, 'x', 0x12, 0x04, 0x0a, 0x02, 0x08, 0x01,  // input float x
    0x62, 0x09, 0x0a, 0x01, 'y', 0x12, 0x04, 0x0a, 0x02, 0x08, 0x01,  // output float y
    0x42, 0x02, 0x10, 0x0d};                                          // opset 13

constexpr const char* cpu = "CPUExecutionProvider";
constexpr const char* cuda = "CUDAExecutionProvider";
constexpr const char* tensorrt = "TensorrtExecutionProvider";

Ort::SessionOptions common_options() {
  Ort::SessionOptions options;
  options.SetIntraOpNumThreads(1);
  options.SetInterOpNumThreads(1);
  options.SetExecutionMode(ExecutionMode::ORT_SEQUENTIAL);
  options.SetGraphOptimizationLevel(GraphOptimizationLevel::ORT_ENABLE_ALL);
  options.DisableCpuMemArena();
  options.AddConfigEntry("session.intra_op.allow_spinning", "0");
  options.AddConfigEntry("session.inter_op.allow_spinning", "0");
  options.SetLogSeverityLevel(ORT_LOGGING_LEVEL_ERROR);
  return options;
}

void append_cuda(Ort::SessionOptions& options) {
  OrtCUDAProviderOptionsV2* raw = nullptr;
  Ort::ThrowOnError(Ort::GetApi().CreateCUDAProviderOptions(&raw));
  const std::unique_ptr<OrtCUDAProviderOptionsV2, void (*)(OrtCUDAProviderOptionsV2*)> cuda_options(
      raw, Ort::GetApi().ReleaseCUDAProviderOptions);
  options.AppendExecutionProvider_CUDA_V2(*raw);
}

void append_tensorrt(Ort::SessionOptions& options, const std::string& engine_cache) {
  OrtTensorRTProviderOptionsV2* raw = nullptr;
  Ort::ThrowOnError(Ort::GetApi().CreateTensorRTProviderOptions(&raw));
  const std::unique_ptr<OrtTensorRTProviderOptionsV2, void (*)(OrtTensorRTProviderOptionsV2*)> trt_options(
      raw, Ort::GetApi().ReleaseTensorRTProviderOptions);
  if (!engine_cache.empty()) {
    std::filesystem::create_directories(engine_cache);
    const std::array keys{"trt_engine_cache_enable", "trt_engine_cache_path", "trt_timing_cache_enable",
                          "trt_timing_cache_path"};
    const std::array values{"1", engine_cache.c_str(), "1", engine_cache.c_str()};
    Ort::ThrowOnError(Ort::GetApi().UpdateTensorRTProviderOptions(raw, keys.data(), values.data(), keys.size()));
  }
  options.AppendExecutionProvider_TensorRT_V2(*raw);
}

Result<std::vector<std::string>> parse_providers(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string name = text.substr(begin, end - begin);
    name.erase(0, name.find_first_not_of(" \t"));
    name.erase(name.find_last_not_of(" \t") + 1);
    begin = end + 1;
    if (name.empty()) continue;
    if (name != cpu && name != cuda && name != tensorrt)
      return fail(ErrorKind::invalid_input,
                  std::format("providers: \"{}\" is not one of {}, {}, {}", name, tensorrt, cuda, cpu));
    names.push_back(std::move(name));
  }
  return names;
}

/// The first sentence of what a library said, on one line.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  if (text.size() > 300) text.resize(300);
  return text;
}

std::vector<std::string> library_candidates(const std::string& library) {
  if (!library.empty()) return {library};
  if (const char* named = std::getenv("HADIR_ONNXRUNTIME"); named != nullptr && *named != '\0') return {named};
  return {"libonnxruntime.so.1.21", "libonnxruntime.so.1", "libonnxruntime.so"};
}

Result<const OrtApiBase*> find_api_base(const std::string& library) {
  std::string reason;
  for (const auto& candidate : library_candidates(library)) {
    // Never closed: ONNX Runtime keeps threads and statics that do not survive it.
    void* handle = ::dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      if (reason.empty()) reason = ::dlerror();
      continue;
    }
    if (void* symbol = ::dlsym(handle, "OrtGetApiBase"); symbol != nullptr)
      return reinterpret_cast<const OrtApiBase* (*)()>(symbol)();
    return fail(ErrorKind::unavailable, std::format("{} is not an ONNX Runtime library", candidate));
  }
  return fail(ErrorKind::unavailable,
              std::format("cannot load ONNX Runtime: {}; install libonnxruntime1.21 or set HADIR_ONNXRUNTIME", reason));
}

}  // namespace

Result<std::shared_ptr<OnnxRuntime>> OnnxRuntime::load(const std::string& library) {
  // The C++ API keeps its function table in one global; it may be set once, and only once at a time.
  static std::mutex loading;
  static const OrtApi* loaded = nullptr;
  const std::scoped_lock lock(loading);
  const auto base = find_api_base(library);
  if (!base) return std::unexpected(base.error());
  const OrtApi* api = (*base)->GetApi(ORT_API_VERSION);
  if (api == nullptr)
    return fail(ErrorKind::unavailable, std::format("ONNX Runtime {} is too old: API {} or newer is needed",
                                                    (*base)->GetVersionString(), ORT_API_VERSION));
  if (loaded != nullptr && loaded != api)
    return fail(ErrorKind::conflict, "another ONNX Runtime library is already loaded in this process");
  loaded = api;
  Ort::InitApi(api);
  try {
    std::shared_ptr<OnnxRuntime> runtime(new OnnxRuntime);
    without_schema_errors([&] {
      runtime->env_ = Ort::Env(ORT_LOGGING_LEVEL_ERROR, "hadir");
      const Ort::Session registers_operators(runtime->env_, identity_model.data(), identity_model.size(),
                                             common_options());
    });
    runtime->version_ = (*base)->GetVersionString();
    runtime->available_ = Ort::GetAvailableProviders();
    return runtime;
  } catch (const std::exception& exception) {
    return fail(ErrorKind::unavailable, "ONNX Runtime does not start: " + one_line(exception.what()));
  }
}

Result<std::unique_ptr<OnnxSession>> OnnxRuntime::open(std::span<const std::byte> model, const OnnxOptions& options) {
  auto preferred = parse_providers(options.providers);
  if (!preferred) return std::unexpected(preferred.error());
  if (std::ranges::find(*preferred, cpu) == preferred->end()) preferred->push_back(cpu);

  std::string passed_over;
  std::vector<std::byte> rewritten;
  for (const auto& provider : *preferred) {
    if (std::ranges::find(available_, provider) == available_.end()) {
      passed_over += std::format("; no {} in this build", provider);
      continue;
    }
    try {
      auto session_options = common_options();
      if (provider == cpu && options.rewrite_for_cpu)
        if (rewritten = with_blocked_prelu(model); !rewritten.empty()) model = rewritten;
      if (provider == tensorrt) append_tensorrt(session_options, options.engine_cache);
      // What TensorRT cannot run goes to CUDA where there is one, and only then to the CPU.
      if (provider == cuda || (provider == tensorrt && std::ranges::contains(available_, cuda)))
        append_cuda(session_options);
      std::unique_ptr<OnnxSession> session(
          new OnnxSession(Ort::Session(env_, model.data(), model.size(), session_options), shared_from_this()));
      session->provider_ = provider + passed_over;
      return session;
    } catch (const std::exception& exception) {
      if (provider == cpu) return fail(ErrorKind::corrupted, "cannot open the model: " + one_line(exception.what()));
      passed_over += std::format("; {} does not start: {}", provider, one_line(exception.what()));
    }
  }
  return fail(ErrorKind::unavailable, "no execution provider can run the model" + passed_over);
}

OnnxSession::OnnxSession(Ort::Session session, std::shared_ptr<OnnxRuntime> runtime)
    : runtime_(std::move(runtime)),
      session_(std::move(session)),
      memory_(Ort::MemoryInfo::CreateCpu(OrtDeviceAllocator, OrtMemTypeCPU)) {
  Ort::AllocatorWithDefaultOptions allocator;
  input_name_ = session_.GetInputNameAllocated(0, allocator).get();
  input_shape_ = session_.GetInputTypeInfo(0).GetTensorTypeAndShapeInfo().GetShape();
  for (std::size_t i = 0; i < session_.GetOutputCount(); ++i)
    output_names_.emplace_back(session_.GetOutputNameAllocated(i, allocator).get());
}

Result<std::vector<Ort::Value>> OnnxSession::run(std::span<const float> input, std::span<const std::int64_t> shape) {
  try {
    // The API takes a mutable pointer for inputs and outputs alike; an input is only read.
    const Ort::Value tensor = Ort::Value::CreateTensor<float>(memory_, const_cast<float*>(input.data()), input.size(),
                                                              shape.data(), shape.size());
    std::vector<const char*> outputs;
    outputs.reserve(output_names_.size());
    for (const auto& name : output_names_) outputs.push_back(name.c_str());
    const char* input_name = input_name_.c_str();
    return session_.Run(Ort::RunOptions{nullptr}, &input_name, &tensor, 1, outputs.data(), outputs.size());
  } catch (const std::exception& exception) {
    return fail(ErrorKind::unavailable, "inference failed: " + one_line(exception.what()));
  }
}

}  // namespace hadir
