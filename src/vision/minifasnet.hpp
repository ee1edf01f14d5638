#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/ports/face_models.hpp"
#include "vision/manifest.hpp"
#include "vision/onnx_runtime.hpp"

namespace hadir {

/// Print and replay attacks by the MiniFASNet networks, averaged. Trained on faces near one camera: below some 80
/// pixels of face width its word is worth little. Source: minivision-ai/Silent-Face-Anti-Spoofing.
class MiniFasNet final : public LivenessCheck {
 public:
  struct Network {
    std::unique_ptr<OnnxSession> session;
    float crop_scale;
  };
  /// `open` is called once, at the first check: most cameras never ask for one.
  using Open = std::function<Result<std::vector<Network>>()>;
  MiniFasNet(Open open, Size input) : open_(std::move(open)), input_size_(input) {}

  Result<float> live_probability(const Frame& frame, const Rect& face) override;

 private:
  Result<float> live_probability(Network& network, const Frame& frame, const Rect& face);
  Open open_;
  std::vector<Network> networks_;
  Size input_size_;
  std::vector<float> input_;
};

/// The face box widened about its centre by `scale`, or by less where the frame is too small, moved back inside the
/// frame.
Rect widened(const Rect& face, float scale, Size frame);

}  // namespace hadir
