#include "vision/prelu_rewrite.hpp"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <string>

namespace hadir {
namespace {

using Initializers = std::map<std::string, const onnx::TensorProto*>;

/// One slope a channel, given as [channels, 1, 1]; empty for anything else.
std::vector<float> channel_slopes(const onnx::NodeProto& node, const Initializers& initializers) {
  if (node.op_type() != "PRelu" || !node.domain().empty() || node.input_size() != 2) return {};
  const auto found = initializers.find(node.input(1));
  if (found == initializers.end()) return {};
  const auto& tensor = *found->second;
  // Plain little-endian floats, as every exporter writes them; x86 and ARM both read them as they are.
  if (tensor.data_type() != onnx::TensorProto::FLOAT || tensor.dims_size() != 3 || tensor.dims(0) < 2 ||
      tensor.dims(1) != 1 || tensor.dims(2) != 1)
    return {};
  std::vector<float> slopes(static_cast<std::size_t>(tensor.dims(0)));
  if (tensor.raw_data().size() == slopes.size() * sizeof(float))
    std::memcpy(slopes.data(), tensor.raw_data().data(), tensor.raw_data().size());
  else if (tensor.float_data_size() == tensor.dims(0))
    std::ranges::copy(tensor.float_data(), slopes.begin());
  else
    return {};
  return slopes;
}

void add_weights(onnx::GraphProto& graph, const std::string& name, const std::vector<float>& factors) {
  auto& tensor = *graph.add_initializer();
  tensor.set_name(name);
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  tensor.add_dims(static_cast<std::int64_t>(factors.size()));
  for (int i = 0; i < 3; ++i) tensor.add_dims(1);
  tensor.set_raw_data(factors.data(), factors.size() * sizeof(float));
}

onnx::NodeProto& add_node(onnx::GraphProto& graph, const char* type, std::initializer_list<std::string> inputs,
                          const std::string& output) {
  auto& node = *graph.add_node();
  node.set_op_type(type);
  node.set_name(output + "_node");
  for (const auto& input : inputs) node.add_input(input);
  node.add_output(output);
  return node;
}

/// Multiplies each channel by its factor: a depthwise convolution with a kernel of one pixel.
void add_scaling(onnx::GraphProto& graph, const std::string& input, const std::vector<float>& factors,
                 const std::string& output) {
  add_weights(graph, output + "_factors", factors);
  auto& node = add_node(graph, "Conv", {input, output + "_factors"}, output);
  auto& group = *node.add_attribute();
  group.set_name("group");
  group.set_type(onnx::AttributeProto::INT);
  group.set_i(static_cast<std::int64_t>(factors.size()));
  auto& kernel = *node.add_attribute();
  kernel.set_name("kernel_shape");
  kernel.set_type(onnx::AttributeProto::INTS);
  kernel.add_ints(1);
  kernel.add_ints(1);
}

void add_prelu(onnx::GraphProto& graph, const onnx::NodeProto& prelu, std::vector<float> slopes) {
  const std::string& x = prelu.input(0);
  const std::string name = "hadir_prelu_" + prelu.output(0);
  add_scaling(graph, x, std::vector<float>(slopes.size(), -1.F), name + "_negated");
  add_node(graph, "Relu", {name + "_negated"}, name + "_below");
  for (float& slope : slopes) slope = 1 - slope;
  add_scaling(graph, name + "_below", slopes, name + "_bent");
  add_node(graph, "Add", {name + "_bent", x}, prelu.output(0));
}

}  // namespace

std::vector<std::byte> with_blocked_prelu(std::span<const std::byte> bytes) {
  onnx::ModelProto model;
  if (bytes.size() > std::size_t{std::numeric_limits<int>::max()} ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return {};
  auto& graph = *model.mutable_graph();
  Initializers initializers;
  for (const auto& tensor : graph.initializer()) initializers.emplace(tensor.name(), &tensor);

  const onnx::GraphProto original = graph;
  graph.clear_node();
  bool rewritten = false;
  for (const auto& node : original.node()) {
    auto slopes = channel_slopes(node, initializers);
    if (slopes.empty()) {
      *graph.add_node() = node;
      continue;
    }
    add_prelu(graph, node, std::move(slopes));
    rewritten = true;
  }
  if (!rewritten) return {};
  std::vector<std::byte> result(model.ByteSizeLong());
  if (!model.SerializeToArray(result.data(), static_cast<int>(result.size()))) return {};
  return result;
}

}  // namespace hadir
