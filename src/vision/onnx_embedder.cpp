#include "vision/onnx_embedder.hpp"

#include <algorithm>
#include <format>

#include "vision/alignment.hpp"

namespace hadir {

Result<std::unique_ptr<OnnxEmbedder>> OnnxEmbedder::make(std::unique_ptr<OnnxSession> session, const EmbedderSpec& spec,
                                                         ModelId model, Calibration calibration) {
  const auto& names = session->output_names();
  const auto found = spec.output.empty() ? names.begin() : std::ranges::find(names, spec.output);
  if (found == names.end())
    return fail(ErrorKind::corrupted, std::format("the embedder has no output \"{}\"", spec.output));
  std::unique_ptr<OnnxEmbedder> embedder(new OnnxEmbedder);
  embedder->output_ = static_cast<std::size_t>(found - names.begin());
  embedder->session_ = std::move(session);
  embedder->spec_ = spec;
  embedder->model_ = std::move(model);
  embedder->calibration_ = std::move(calibration);
  return embedder;
}

Result<AlignedFace> OnnxEmbedder::align(const Frame& frame, const Landmarks& landmarks) const {
  if (frame.empty()) return fail(ErrorKind::invalid_input, "cannot align a face of an empty frame");
  auto target = arcface_template;
  const float scale = static_cast<float>(spec_.input.width) / 112.F;
  for (auto& point : target) point = {point.x * scale, point.y * scale};
  const auto transform = similarity_transform(landmarks, target);
  if (!transform) return std::unexpected(transform.error());
  return AlignedFace{spec_.input.width, spec_.input.height,
                     warp_to_bgr(frame, *transform, spec_.input, Outside::black)};
}

Result<std::vector<Embedding>> OnnxEmbedder::embed(std::span<const AlignedFace> faces) {
  std::vector<Embedding> embeddings;
  embeddings.reserve(faces.size());
  for (std::size_t begin = 0; begin < faces.size(); begin += spec_.maximum_batch) {
    const auto batch = faces.subspan(begin, std::min(spec_.maximum_batch, faces.size() - begin));
    if (auto done = embed_batch(batch, embeddings); !done) return std::unexpected(done.error());
  }
  return embeddings;
}

Status OnnxEmbedder::embed_batch(std::span<const AlignedFace> faces, std::vector<Embedding>& to) {
  const Size size = spec_.input;
  const std::size_t face_values = 3UL * size.width * size.height;
  input_.resize(faces.size() * face_values);
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const auto& face = faces[i];
    if (Size{face.width, face.height} != size || face.bgr.size() != face_values)
      return fail(ErrorKind::invalid_input, std::format("an aligned face of {}x{} where the model takes {}x{}",
                                                        face.width, face.height, size.width, size.height));
    pack_nchw(face.bgr.data(), size, spec_.normalisation, input_.data() + i * face_values);
  }
  const std::array<std::int64_t, 4> shape{static_cast<std::int64_t>(faces.size()), 3, size.height, size.width};
  const auto outputs = session_->run(input_, shape);
  if (!outputs) return std::unexpected(outputs.error());
  const auto& output = (*outputs)[output_];
  if (output.GetTensorTypeAndShapeInfo().GetElementCount() != faces.size() * spec_.dimensions)
    return fail(ErrorKind::corrupted, std::format("the embedder does not give {} values a face", spec_.dimensions));
  const float* values = output.GetTensorData<float>();
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const std::span<const float> raw(values + i * spec_.dimensions, spec_.dimensions);
    auto embedding = calibration_.metric == Metric::cosine ? Embedding::normalised(raw) : Embedding::raw(raw);
    if (!embedding) return std::unexpected(embedding.error());
    to.push_back(std::move(*embedding));
  }
  return {};
}

}  // namespace hadir
