#include "vision/dlib_shape.hpp"

#include <dlib/image_processing.h>
#include <dlib/image_transforms.h>
#include <dlib/revision.h>

#include <cmath>
#include <format>
#include <spanstream>

#include "vision/dlib_picture.hpp"

namespace hadir {
namespace {

constexpr float surroundings = 2.0F;      // of the box; a face turned by 45° still has its whole chip within
constexpr Size largest_crop{1024, 1024};  // larger faces are scaled down first: a chip has 150 pixels

/// A face's surroundings and its points there.
struct Located {
  DlibPicture picture;
  dlib::full_object_detection shape;
};

Located locate(const dlib::shape_predictor& predictor, const Frame& frame, const Rect& box) {
  const Point centre = box.centre();
  const float width = surroundings * box.width, height = surroundings * box.height;
  Located located{
      picture_of(frame, clamp_to({centre.x - width / 2, centre.y - height / 2, width, height}, frame.size()),
                 largest_crop),
      {}};
  const Rect there = located.picture.from_frame(box);
  const dlib::rectangle rect(std::lround(there.x), std::lround(there.y), std::lround(there.right()) - 1,
                             std::lround(there.bottom()) - 1);
  located.shape = predictor(located.picture.pixels, rect);
  return located;
}

}  // namespace

std::string dlib_version() {
  return std::format("{}.{}.{}", DLIB_MAJOR_VERSION, DLIB_MINOR_VERSION, DLIB_PATCH_VERSION);
}

struct DlibShape::Predictor {
  dlib::shape_predictor predictor;
};

DlibShape::DlibShape(std::unique_ptr<const Predictor> predictor) : predictor_(std::move(predictor)) {}
DlibShape::~DlibShape() = default;

Result<std::shared_ptr<const DlibShape>> DlibShape::load(const ModelBytes& file) {
  auto loaded = std::make_unique<Predictor>();
  try {
    std::ispanstream stream(std::span(reinterpret_cast<const char*>(file.data()), file.size()));
    dlib::deserialize(loaded->predictor, stream);
  } catch (const std::exception& refused) {
    return fail(ErrorKind::corrupted, std::format("it holds no dlib shape predictor: {}", refused.what()));
  }
  if (loaded->predictor.num_parts() != std::tuple_size_v<DlibPoints>)
    return fail(ErrorKind::corrupted,
                std::format("its shape predictor has {} points, not five", loaded->predictor.num_parts()));
  return std::shared_ptr<const DlibShape>(new DlibShape(std::move(loaded)));
}

DlibPoints DlibShape::points_in(const Frame& frame, const Rect& box) const {
  DlibPoints points;
  if (clamp_to(box, frame.size()).area() < 1) return points;
  const auto located = locate(predictor_->predictor, frame, box);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& part = located.shape.part(i);
    points[i] = located.picture.to_frame(Point{static_cast<float>(part.x()), static_cast<float>(part.y())});
  }
  return points;
}

AlignedFace DlibShape::chip_of(const Frame& frame, const Rect& box, int size, double padding) const {
  AlignedFace face{size, size, std::vector<std::uint8_t>(3UL * size * size)};
  if (clamp_to(box, frame.size()).area() < 1) return face;
  const auto located = locate(predictor_->predictor, frame, box);
  dlib::matrix<dlib::rgb_pixel> chip;
  dlib::extract_image_chip(located.picture.pixels,
                           dlib::get_face_chip_details(located.shape, static_cast<unsigned long>(size), padding), chip);
  std::uint8_t* out = face.bgr.data();
  for (const dlib::rgb_pixel& pixel : chip) {
    *out++ = pixel.blue;
    *out++ = pixel.green;
    *out++ = pixel.red;
  }
  return face;
}

}  // namespace hadir
