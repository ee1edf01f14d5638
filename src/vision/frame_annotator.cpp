#include "vision/frame_annotator.hpp"

#include <cmath>
#include <format>
#include <opencv2/imgproc.hpp>

#include "vision/pixels.hpp"
#include "vision/text_folding.hpp"

namespace hadir {
namespace {

struct Rgb {
  float red, green, blue;
};

Rgb colour_of(OverlayKind kind) {
  switch (kind) {
    case OverlayKind::known:
      return {0, 190, 70};
    case OverlayKind::unknown:
      return {255, 176, 0};
    case OverlayKind::undecided:
      break;
  }
  return {150, 150, 150};
}

struct Canvas {
  std::array<cv::Mat, 3> planes;
  YuvToRgb conversion;

  /// The inverse of `YuvToRgb` for one colour.
  std::array<double, 3> yuv(Rgb c) const {
    const auto& k = conversion;
    // y = luma before scaling: R = y + rv V, B = y + bu U, G = y + gu U + gv V.
    const float weight_u = k.gu / k.bu;
    const float weight_v = k.gv / k.rv;
    const float y = (c.green - weight_u * c.blue - weight_v * c.red) / (1 - weight_u - weight_v);
    return {y / k.y_scale + k.y_offset, (c.blue - y) / k.bu + 128, (c.red - y) / k.rv + 128};
  }

  void rectangle(const cv::Rect& box, Rgb colour, int thickness) {
    const auto values = yuv(colour);
    cv::rectangle(planes[0], box, cv::Scalar(values[0]), thickness);
    const cv::Rect half(box.x / 2, box.y / 2, (box.width + 1) / 2, (box.height + 1) / 2);
    for (int i = 1; i < 3; ++i)
      cv::rectangle(planes[i], half, cv::Scalar(values[i]), thickness < 0 ? thickness : std::max(1, thickness / 2));
  }

  void text(const std::string& text, cv::Point at, double size, Rgb colour) {
    cv::putText(planes[0], text, at, cv::FONT_HERSHEY_SIMPLEX, size, cv::Scalar(yuv(colour)[0]), 1, cv::LINE_AA);
  }
};

void draw_overlay(Canvas& canvas, const Overlay& overlay, double scale) {
  const auto pixel = [&](float value) {
    return static_cast<int>(std::lround(std::clamp(double(value) * scale, -1e5, 1e5)));
  };
  const int width = canvas.planes[0].cols;
  const cv::Rect box(pixel(overlay.box.x), pixel(overlay.box.y), std::max(1, pixel(overlay.box.width)),
                     std::max(1, pixel(overlay.box.height)));
  canvas.rectangle(box, colour_of(overlay.kind), width >= 480 ? 2 : 1);
  if (overlay.label.empty()) return;
  std::string text = fold_to_ascii(overlay.label);
  if (overlay.kind == OverlayKind::known) text += std::format(" {:.0f}%", 100 * overlay.confidence);
  const double size = width >= 480 ? 0.5 : 0.4;
  int baseline = 0;
  const auto extent = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, size, 1, &baseline);
  const int height = extent.height + baseline + 4;
  // Above the box where there is room, else inside it; never over the right edge.
  const int top = box.y >= height ? box.y - height : box.y;
  const int left = std::max(0, std::min(box.x, width - extent.width - 6));
  canvas.rectangle({left, top, extent.width + 6, height}, colour_of(overlay.kind), cv::FILLED);
  canvas.text(text, {left + 3, top + extent.height + 2}, size, Rgb{0, 0, 0});
}

}  // namespace

Frame FrameAnnotator::draw(const Frame& frame, const std::vector<Overlay>& overlays, int max_width) const {
  if (frame.empty()) return frame;
  const double scale = max_width > 0 && frame.width > max_width ? double(max_width) / frame.width : 1;
  Frame drawn = frame;
  if (scale < 1) {
    drawn.width = std::max(2, max_width / 2 * 2);
    drawn.height = std::max(2, static_cast<int>(std::lround(frame.height * scale / 2)) * 2);
  }
  auto canvas = std::make_shared<Canvas>(Canvas{{}, conversion_of(frame)});
  const auto planes = planes_of(frame);
  for (int i = 0; i < 3; ++i) {
    const cv::Size size =
        i == 0 ? cv::Size(drawn.width, drawn.height) : cv::Size(drawn.chroma_width(), drawn.chroma_height());
    if (planes[i].size() == size)
      planes[i].copyTo(canvas->planes[i]);
    else
      cv::resize(planes[i], canvas->planes[i], size, 0, 0, cv::INTER_AREA);
    drawn.planes[i] = {canvas->planes[i].data, static_cast<std::ptrdiff_t>(canvas->planes[i].step)};
  }
  for (const auto& overlay : overlays) draw_overlay(*canvas, overlay, scale);
  drawn.owner = canvas;
  return drawn;
}

}  // namespace hadir
