#include "vision/dlib_embedder.hpp"

#include <format>

namespace hadir {

Result<std::unique_ptr<DlibEmbedder>> DlibEmbedder::make(const ModelBytes& file, std::shared_ptr<const DlibShape> shape,
                                                         const EmbedderSpec& spec, ModelId model,
                                                         Calibration calibration) {
  constexpr int size = DlibEncoderNetwork::chip_size;
  if (spec.input != Size{size, size} || spec.dimensions != DlibEncoderNetwork::dimensions)
    return fail(ErrorKind::invalid_input, std::format("dlib's encoder takes {}x{} pixels and gives {} values", size,
                                                      size, DlibEncoderNetwork::dimensions));
  auto network = DlibEncoderNetwork::load(file);
  if (!network) return std::unexpected(network.error());
  std::unique_ptr<DlibEmbedder> embedder(new DlibEmbedder);
  embedder->network_ = std::move(*network);
  embedder->shape_ = std::move(shape);
  embedder->spec_ = spec;
  embedder->model_ = std::move(model);
  embedder->calibration_ = std::move(calibration);
  return embedder;
}

Result<AlignedFace> DlibEmbedder::align(const Frame& frame, const Landmarks& landmarks) const {
  if (frame.empty()) return fail(ErrorKind::invalid_input, "cannot align a face of an empty frame");
  const auto box = box_implied_by(landmarks);
  if (!box) return std::unexpected(box.error());
  try {
    return shape_->chip_of(frame, *box, spec_.input.width, spec_.padding);
  } catch (const std::exception& failed) {
    return fail(ErrorKind::unavailable, std::format("dlib cannot align the face: {}", failed.what()));
  }
}

Result<std::vector<Embedding>> DlibEmbedder::embed(std::span<const AlignedFace> faces) {
  std::vector<Embedding> embeddings;
  embeddings.reserve(faces.size());
  for (const auto& face : faces) {
    if (Size{face.width, face.height} != spec_.input || face.bgr.size() != 3UL * face.width * face.height)
      return fail(ErrorKind::invalid_input,
                  std::format("an aligned face of {}x{} where the model takes {}x{}", face.width, face.height,
                              spec_.input.width, spec_.input.height));
    try {
      // dlib works through a batch one picture at a time, so one at a time costs the same and less memory.
      auto embedding = Embedding::raw(network_->encode(face.bgr));
      if (!embedding) return std::unexpected(embedding.error());
      embeddings.push_back(std::move(*embedding));
    } catch (const std::exception& failed) {
      return fail(ErrorKind::unavailable, std::format("dlib cannot encode the face: {}", failed.what()));
    }
  }
  return embeddings;
}

}  // namespace hadir
