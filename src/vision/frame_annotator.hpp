#pragma once
#include "core/ports/live_view.hpp"

namespace hadir {

/// Draws boxes, names and confidences by OpenCV straight on the planes: known people green, unknown amber, undecided
/// grey. Thread-safe: it has no state.
class FrameAnnotator final : public Annotator {
 public:
  /// Never scales up; `max_width` 0 keeps the size.
  Frame draw(const Frame& frame, const std::vector<Overlay>& overlays, int max_width) const override;
};

}  // namespace hadir
