#pragma once
#include "core/frame.hpp"

namespace hadir {

/// A copy of that part of the frame, with pixels of its own, so the whole frame can go. The part is clamped to the
/// frame and widened to even coordinates; an empty part gives an empty frame.
Frame copy_region(const Frame& frame, const Rect& part);

/// A face with its surroundings: the box widened by `factor` about its centre, inside the frame.
Rect with_surroundings(const Rect& box, double factor, Size frame);

}  // namespace hadir
