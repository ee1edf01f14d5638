#include "media/scene/walker.hpp"

#include <array>

#include "media/scene/room.hpp"

namespace hadir::scene {
namespace {

constexpr float feet_below_face = (eye_metres - face_below_eye_metres) / face_metres;  // in face widths

/// A limb in face widths from the face's middle: a rounded line.
struct Limb {
  Point from, to;
  float half_width;
  float tone;  ///< of its colour
  bool trousers;
};

std::array<Limb, 7> limbs_at(float stride) {
  const float swing = std::sin(stride);
  const float left_foot = 0.35F * swing;
  const float right_foot = -0.35F * swing;
  return {{{{0.45F, 4.6F}, {0.5F + right_foot, feet_below_face - 0.3F}, 0.42F, 0.85F, true},
           {{-0.45F, 4.6F}, {-0.5F + left_foot, feet_below_face - 0.3F}, 0.42F, 0.95F, true},
           {{1.2F, 1.75F}, {1.45F - 0.3F * swing, 4.6F}, 0.3F, 0.85F, false},
           {{-1.2F, 1.75F}, {-1.45F + 0.3F * swing, 4.6F}, 0.3F, 0.92F, false},
           {{-0.75F, 1.75F}, {0.75F, 1.75F}, 0.72F, 1, false},
           {{-0.45F, 2.4F}, {-0.35F, 4.5F}, 0.7F, 1, false},
           {{0.45F, 2.4F}, {0.35F, 4.5F}, 0.7F, 0.98F, false}}};
}

bool is_seen(const Stance& stance, int x, int y) {
  if (!stance.doorway) return true;
  const Rect& door = *stance.doorway;
  const auto fx = static_cast<float>(x);
  const auto fy = static_cast<float>(y);
  return fx >= door.x && fx <= door.right() && fy >= door.y;
}

void draw_limb(Picture& view, const Stance& stance, const Limb& limb, Rgb colour) {
  const auto place = [&](Point p) {
    return Point{stance.face.x + p.x * stance.face_px, stance.face.y + p.y * stance.face_px};
  };
  const Point a = place(limb.from);
  const Point b = place(limb.to);
  const float thick = limb.half_width * stance.face_px;
  const Rect around{std::min(a.x, b.x) - thick - 1, std::min(a.y, b.y) - thick - 1, std::abs(a.x - b.x) + 2 * thick + 2,
                    std::abs(a.y - b.y) + 2 * thick + 2};
  view.each_in(around, [&](int x, int y) {
    const Point p{static_cast<float>(x), static_cast<float>(y)};
    const float distance = distance_to_segment(p, a, b);
    if (distance > thick + 1 || !is_seen(stance, x, y)) return;
    const float round = 1 - 0.3F * (distance / thick) * (distance / thick);  // darker towards its outline
    view.blend(x, y, colour * (limb.tone * round), cover(distance - thick, 1.5F));
  });
}

}  // namespace

void draw_shadow(Picture& view, const Stance& stance) {
  const Point feet{stance.face.x, stance.face.y + feet_below_face * stance.face_px};
  const float wide = 1.9F * stance.face_px;
  const float high = 0.4F * stance.face_px;
  view.each_in({feet.x - 2 * wide, feet.y - 2 * high, 4 * wide, 4 * high}, [&](int x, int y) {
    if (!is_seen(stance, x, y)) return;
    const Point p{static_cast<float>(x), static_cast<float>(y)};
    view.blend(x, y, {24, 22, 20}, 0.4F * cover(distance_to_ellipse(p, feet, wide, high), high));
  });
}

void draw_person(Picture& view, const CutOut& cut_out, const Stance& stance) {
  const Rgb upper = cut_out.clothes() * stance.light;
  const Rgb lower = mix(cut_out.clothes(), {46, 48, 58}, 0.75F) * stance.light;
  for (const Limb& limb : limbs_at(stance.stride)) draw_limb(view, stance, limb, limb.trousers ? lower : upper);
  const Rect reach = cut_out.reach();
  const float px = stance.face_px;
  view.each_in({stance.face.x + reach.x * px, stance.face.y + reach.y * px, reach.width * px, reach.height * px},
               [&](int x, int y) {
                 if (!is_seen(stance, x, y)) return;
                 const auto sample = cut_out.at((static_cast<float>(x) - stance.face.x) / px,
                                                (static_cast<float>(y) - stance.face.y) / px, px);
                 if (sample.share > 0) view.blend(x, y, sample.colour * stance.light, sample.share);
               });
}

Rect bust_of(const Stance& stance) {
  const float px = stance.face_px;
  return {stance.face.x - 1.2F * px, stance.face.y - 1.1F * px, 2.4F * px, 12 * px};
}

}  // namespace hadir::scene
