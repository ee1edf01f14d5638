#include "vision/dlib_detector.hpp"

#include <dlib/image_processing/frontal_face_detector.h>

#include <algorithm>
#include <cmath>
#include <format>

namespace hadir {
namespace {

// What one look may cost: HOG of a 1280 x 720 picture takes 110 ms of a core, the CNN of a 640 x 480 one 700 ms.
constexpr double most_hog_pixels = 1280.0 * 720;
constexpr double most_cnn_pixels = 640.0 * 480;

Size whole_pixels(const Rect& part) {
  return {std::max(1, static_cast<int>(part.width)), std::max(1, static_cast<int>(part.height))};
}

class HogDetector final : public DlibDetector {
 public:
  HogDetector(const DetectorSpec& spec, std::shared_ptr<const DlibShape> shape)
      : DlibDetector(spec, std::move(shape)) {}

 private:
  std::vector<DlibFace> find(const Frame& frame, const Rect& part, Size input, double least) override {
    const auto picture = scaled_picture_of(frame, part, dlib_scale(whole_pixels(part), input, most_hog_pixels));
    std::vector<dlib::rect_detection> found;
    detector_(picture.pixels, found, least);
    std::vector<DlibFace> faces;
    for (const auto& face : found) faces.push_back({picture.to_frame(rect_of(face.rect)), face.detection_confidence});
    return faces;
  }

  dlib::frontal_face_detector detector_ = dlib::get_frontal_face_detector();
};

class CnnDetector final : public DlibDetector {
 public:
  CnnDetector(const DetectorSpec& spec, std::shared_ptr<const DlibShape> shape,
              std::unique_ptr<DlibFaceNetwork> network)
      : DlibDetector(spec, std::move(shape)), network_(std::move(network)) {}

 private:
  std::vector<DlibFace> find(const Frame& frame, const Rect& part, Size input, double least) override {
    const auto picture = scaled_picture_of(frame, part, dlib_scale(whole_pixels(part), input, most_cnn_pixels));
    auto faces = network_->find(picture, least);
    for (auto& face : faces) face.box = picture.to_frame(face.box);
    return faces;
  }

  std::unique_ptr<DlibFaceNetwork> network_;
};

}  // namespace

Result<std::unique_ptr<DlibDetector>> DlibDetector::make_hog(const DetectorSpec& spec,
                                                             std::shared_ptr<const DlibShape> shape) {
  return std::make_unique<HogDetector>(spec, std::move(shape));
}

Result<std::unique_ptr<DlibDetector>> DlibDetector::make_cnn(const DetectorSpec& spec,
                                                             std::shared_ptr<const DlibShape> shape,
                                                             const ModelBytes& file) {
  auto network = DlibFaceNetwork::load(file);
  if (!network) return std::unexpected(network.error());
  return std::make_unique<CnnDetector>(spec, std::move(shape), std::move(*network));
}

Result<std::vector<Detection>> DlibDetector::detect(const Frame& frame, Size input, std::optional<Rect> region) {
  if (frame.empty()) return fail(ErrorKind::invalid_input, "cannot look for faces in an empty frame");
  if (input.width < 1 || input.height < 1)
    return fail(ErrorKind::invalid_input, std::format("a detection size of {}x{}", input.width, input.height));
  const Rect whole{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
  const Rect part = region ? clamp_to(*region, frame.size()) : whole;
  std::vector<Detection> faces;
  if (part.width < 2 || part.height < 2) return faces;
  try {
    auto found = find(frame, part, input, dlib_from_score(spec_.minimum_score));
    // Below dlib's own threshold there are more false faces than real ones: they count where nothing better is found.
    if (std::ranges::any_of(found, [](const DlibFace& face) { return face.confidence >= 0; }))
      std::erase_if(found, [](const DlibFace& face) { return face.confidence < 0; });
    for (const auto& face : found)
      faces.push_back({face.box, landmarks_of(shape_->points_in(frame, face.box)), score_from_dlib(face.confidence)});
  } catch (const std::exception& failed) {
    return fail(ErrorKind::unavailable, std::format("dlib cannot look for faces: {}", failed.what()));
  }
  std::ranges::stable_sort(faces, std::greater{}, &Detection::score);
  return faces;
}

}  // namespace hadir
