#include "vision/frame_annotator.hpp"

#include <gtest/gtest.h>

#include "vision/test_assets.hpp"
#include "vision/text_folding.hpp"

namespace hadir {
namespace {

struct Yuv {
  int y, u, v;
};
Yuv at(const Frame& frame, int x, int y) {
  return {frame.planes[0].data[y * frame.planes[0].stride + x],
          frame.planes[1].data[y / 2 * frame.planes[1].stride + x / 2],
          frame.planes[2].data[y / 2 * frame.planes[2].stride + x / 2]};
}

Overlay overlay(OverlayKind kind, const std::string& label) {
  return {1, {200, 200, 300, 300}, kind, std::nullopt, label, 0.87F};
}

TEST(FrameAnnotator, DrawsOnAScaledCopyAndLeavesTheFrameAlone) {
  const test::PaintedFrame painted(1280, 720, 60, 128, 128);
  const auto drawn = FrameAnnotator().draw(painted.frame, {overlay(OverlayKind::known, "Ana")}, 640);
  EXPECT_EQ(drawn.size(), (Size{640, 360}));
  EXPECT_TRUE(std::ranges::all_of(painted.luma, [](auto v) { return v == 60; }));
  EXPECT_NE(at(drawn, 100, 180).y, 60);  // The left edge of the box.
  EXPECT_EQ(at(drawn, 180, 180).y, 60);  // Inside it.
  EXPECT_EQ(at(drawn, 600, 300).y, 60);
}

TEST(FrameAnnotator, ColoursTellTheKindsApart) {
  const test::PaintedFrame painted(800, 600, 60, 128, 128);
  const FrameAnnotator annotator;
  const auto edge = [&](OverlayKind kind) {
    return at(annotator.draw(painted.frame, {overlay(kind, "")}, 0), 200, 350);
  };
  const auto known = edge(OverlayKind::known), unknown = edge(OverlayKind::unknown),
             grey = edge(OverlayKind::undecided);
  EXPECT_LT(known.v, 100);    // Green: little red.
  EXPECT_LT(unknown.u, 80);   // Amber: little blue,
  EXPECT_GT(unknown.v, 140);  // much red.
  EXPECT_NEAR(grey.u, 128, 2);
  EXPECT_NEAR(grey.v, 128, 2);
  EXPECT_NEAR(grey.y, 16 + 150 / 1.164, 3);
}

TEST(FrameAnnotator, WritesTheNameAndStaysInsideThePicture) {
  const test::PaintedFrame painted(320, 240, 60, 128, 128);
  auto corner = overlay(OverlayKind::known, "A very long name that can't fit into so small a picture at all");
  corner.box = {250, -30, 500, 900};
  const auto drawn = FrameAnnotator().draw(painted.frame, {corner}, 0);
  EXPECT_EQ(drawn.size(), painted.frame.size());
  auto odd = overlay(OverlayKind::unknown, "Unknown");
  odd.box = {-1e9F, 0, 1e12F, 5};
  const test::PaintedFrame one(3, 3, 60, 128, 128);
  EXPECT_EQ(FrameAnnotator().draw(one.frame, {odd}, 0).size(), (Size{3, 3}));
  EXPECT_TRUE(FrameAnnotator().draw(Frame{}, {odd}, 100).empty());
}

TEST(FoldToAscii, LeavesOutAccentsAndMarksWhatItCannotSpell) {
  EXPECT_EQ(fold_to_ascii("Siti Nurhaliza"), "Siti Nurhaliza");
  EXPECT_EQ(fold_to_ascii("Zoë Müller-Lüdenscheidt"), "Zoe Muller-Ludenscheidt");
  EXPECT_EQ(fold_to_ascii("Łukasz Żółć Čapek Őrsi Ğül"), "Lukasz Zolc Capek Orsi Gul");
  EXPECT_EQ(fold_to_ascii("Straße Æther Œuvre Þór"), "Strasse AEther OEuvre Thor");
  EXPECT_EQ(fold_to_ascii("Nguyễn Thị Hường"), "Nguyen Thi Huong");
  EXPECT_EQ(fold_to_ascii("e\xCC\x81 composed"), "e composed");
  EXPECT_EQ(fold_to_ascii("王小明 Wang"), "? Wang");
  EXPECT_EQ(fold_to_ascii("a\xFF\xC3"), "a?");  // Not UTF-8.
  EXPECT_EQ(fold_to_ascii(""), "");
}

}  // namespace
}  // namespace hadir
