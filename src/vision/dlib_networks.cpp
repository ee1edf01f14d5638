#include "vision/dlib_networks.hpp"

#include <dlib/data_io.h>
#include <dlib/dnn.h>

#include <format>
#include <spanstream>

namespace hadir {
namespace {

using namespace dlib;  // The network types are sentences in its words.

// The types that dlib's published weights were written from: its documentation describes them layer by layer. A file
// read into another type is refused by dlib.
template <int Filters, template <typename> class Norm, int Stride, typename Below>
using Block = Norm<con<Filters, 3, 3, 1, 1, relu<Norm<con<Filters, 3, 3, Stride, Stride, Below>>>>>;
template <int Filters, typename Below>
using Residual = relu<add_prev1<Block<Filters, affine, 1, tag1<Below>>>>;
template <int Filters, typename Below>
using HalvingResidual = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<Block<Filters, affine, 2, tag1<Below>>>>>>>;

using Stem = max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, input_rgb_image_sized<150>>>>>;
using Level32 = Residual<32, Residual<32, Residual<32, Stem>>>;
using Level64 = Residual<64, Residual<64, Residual<64, HalvingResidual<64, Level32>>>>;
using Level128 = Residual<128, Residual<128, HalvingResidual<128, Level64>>>;
using Level256 = Residual<256, Residual<256, HalvingResidual<256, Level128>>>;
using EncoderNet = loss_metric<fc_no_bias<128, avg_pool_everything<HalvingResidual<256, Level256>>>>;

template <long Filters, typename Below>
using Halving5 = relu<affine<con<Filters, 5, 5, 2, 2, Below>>>;
template <typename Below>
using Same5 = relu<affine<con<45, 5, 5, 1, 1, Below>>>;
using FaceNet = loss_mmod<
    con<1, 9, 9, 1, 1,
        Same5<Same5<Same5<Halving5<32, Halving5<32, Halving5<16, input_rgb_image_pyramid<pyramid_down<6>>>>>>>>>>;

template <class Net>
Status read_net(Net& net, const ModelBytes& file, const char* what) {
  try {
    std::ispanstream stream(std::span(reinterpret_cast<const char*>(file.data()), file.size()));
    deserialize(net, stream);
    return {};
  } catch (const std::exception& refused) {
    return fail(ErrorKind::corrupted, std::format("it holds no {} of dlib: {}", what, refused.what()));
  }
}

}  // namespace

struct DlibFaceNetwork::Network {
  FaceNet net;
};

DlibFaceNetwork::DlibFaceNetwork(std::unique_ptr<Network> network) : network_(std::move(network)) {}
DlibFaceNetwork::~DlibFaceNetwork() = default;

Result<std::unique_ptr<DlibFaceNetwork>> DlibFaceNetwork::load(const ModelBytes& file) {
  auto network = std::make_unique<Network>();
  if (auto read = read_net(network->net, file, "face detector"); !read) return std::unexpected(read.error());
  return std::unique_ptr<DlibFaceNetwork>(new DlibFaceNetwork(std::move(network)));
}

std::vector<DlibFace> DlibFaceNetwork::find(const DlibPicture& picture, double least) {
  std::vector<DlibFace> faces;
  for (const mmod_rect& face : network_->net.process(picture.pixels, least))
    faces.push_back({rect_of(face.rect), face.detection_confidence});
  return faces;
}

struct DlibEncoderNetwork::Network {
  EncoderNet net;
  matrix<rgb_pixel> chip;
};

DlibEncoderNetwork::DlibEncoderNetwork(std::unique_ptr<Network> network) : network_(std::move(network)) {}
DlibEncoderNetwork::~DlibEncoderNetwork() = default;

Result<std::unique_ptr<DlibEncoderNetwork>> DlibEncoderNetwork::load(const ModelBytes& file) {
  auto network = std::make_unique<Network>();
  if (auto read = read_net(network->net, file, "face encoder"); !read) return std::unexpected(read.error());
  return std::unique_ptr<DlibEncoderNetwork>(new DlibEncoderNetwork(std::move(network)));
}

DlibEncoderNetwork::Encoding DlibEncoderNetwork::encode(std::span<const std::uint8_t> bgr) {
  auto& chip = network_->chip;
  chip.set_size(chip_size, chip_size);
  const std::uint8_t* in = bgr.data();
  for (rgb_pixel& pixel : chip) {
    pixel = {in[2], in[1], in[0]};
    in += 3;
  }
  const matrix<float, 0, 1>& values = network_->net(chip);
  Encoding encoding{};
  std::copy(values.begin(), values.end(), encoding.begin());
  return encoding;
}

}  // namespace hadir
