#pragma once
#include <span>
#include <vector>

#include "core/ports/face_models.hpp"

namespace hadir {

/// Raw outputs of one pyramid level of a detector, for one image. `cells_x` x `cells_y` cells of `stride` input pixels;
/// scores, boxes (4 a cell and anchor) and landmarks (10) in cell order, row by row.
struct LevelOutputs {
  int stride = 0;
  int cells_x = 0;
  int cells_y = 0;
  std::span<const float> score;       ///< SCRFD: the probability. YuNet: the class probability
  std::span<const float> objectness;  ///< YuNet only
  std::span<const float> boxes;
  std::span<const float> landmarks;
};

/// Appends the faces at or above `minimum_score`, in pixels of the network's input.
/// Source: Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023; libfacedetection.train, `yunet_head.py`.
void decode_yunet(const LevelOutputs& level, float minimum_score, std::vector<Detection>& faces);
/// Two anchors a cell at its corner, distances to the four sides. Source: Guo et al., "Sample and Computation
/// Redistribution for Efficient Face Detection", ICLR 2022; insightface, `detection/scrfd`.
void decode_scrfd(const LevelOutputs& level, float minimum_score, std::vector<Detection>& faces);

/// Keeps, best score first, the faces that overlap no better one by more than `maximum_iou`. Ties go by position, so
/// that the same input always gives the same order.
std::vector<Detection> suppress_overlaps(std::vector<Detection> faces, float maximum_iou);

}  // namespace hadir
