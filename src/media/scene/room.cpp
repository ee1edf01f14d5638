#include "media/scene/room.hpp"

#include <array>

namespace hadir::scene {
namespace {

constexpr float tile_metres = 0.6F;

/// The room while it is drawn; lengths in metres on the back wall are `metre` pixels.
class RoomPainter {
 public:
  RoomPainter(Size view, float margin, std::uint64_t seed)
      : seed_(seed),
        margin_x_(static_cast<float>(view.width) * margin),
        margin_y_(static_cast<float>(view.height) * margin),
        width_(static_cast<float>(view.width)) {
    const auto height = static_cast<float>(view.height);
    room_.picture =
        Picture({view.width + 2 * static_cast<int>(margin_x_), view.height + 2 * static_cast<int>(margin_y_)});
    room_.horizon = margin_y_ + 0.24F * height;
    room_.wall_face = 0.036F * height;
    metre_ = room_.wall_face / face_metres;
    floor_line_ = room_.horizon + eye_metres * metre_;
    const bool door_left = noise(seed, 1, 1) < 0.5F;
    const float door_x = margin_x_ + width_ * (door_left ? 0.22F : 0.7F);
    room_.door = {door_x - 0.5F * metre_, floor_line_ - 2.05F * metre_, 1.0F * metre_, 2.05F * metre_};
    room_.window = {margin_x_ + width_ * (door_left ? 0.68F : 0.28F), floor_line_ - 1.6F * metre_};
  }

  Room draw() {
    draw_wall_and_floor();
    draw_window();
    draw_door();
    draw_picture_frame();
    draw_desk();
    draw_plant();
    return std::move(room_);
  }

 private:
  float x_of(float metres_from_window) const { return room_.window.x + metres_from_window * metre_; }
  float y_of(float metres_above_floor) const { return floor_line_ - metres_above_floor * metre_; }

  void box(const Rect& area, Rgb colour, float corner = 0, float strength = 1) {
    const Rect around{area.x - 2, area.y - 2, area.width + 4, area.height + 4};
    room_.picture.each_in(around, [&](int x, int y) {
      const Point p{static_cast<float>(x), static_cast<float>(y)};
      room_.picture.blend(x, y, colour, strength * cover(distance_to_box(p, area, corner)));
    });
  }
  void ellipse(Point centre, float half_width, float half_height, Rgb colour, float strength = 1, float soft = 1) {
    const Rect around{centre.x - half_width - soft, centre.y - half_height - soft, 2 * (half_width + soft),
                      2 * (half_height + soft)};
    room_.picture.each_in(around, [&](int x, int y) {
      const Point p{static_cast<float>(x), static_cast<float>(y)};
      room_.picture.blend(x, y, colour,
                          strength * cover(distance_to_ellipse(p, centre, half_width, half_height), soft));
    });
  }
  void stroke(Point a, Point b, float half_width, Rgb colour) {
    const Rect around{std::min(a.x, b.x) - half_width - 1, std::min(a.y, b.y) - half_width - 1,
                      std::abs(a.x - b.x) + 2 * half_width + 2, std::abs(a.y - b.y) + 2 * half_width + 2};
    room_.picture.each_in(around, [&](int x, int y) {
      const Point p{static_cast<float>(x), static_cast<float>(y)};
      room_.picture.blend(x, y, colour, cover(distance_to_segment(p, a, b) - half_width));
    });
  }

  Rgb wall_at(float x, float y) const {
    const Rgb tint = mix({214, 208, 196}, {196, 206, 210}, noise(seed_, 2, 2));
    const float up = std::clamp((floor_line_ - y) / (2.7F * metre_), 0.F, 1.F);
    const float away = std::hypot(x - room_.window.x, y - room_.window.y) / width_;
    return tint * ((0.86F + 0.1F * up) * (1.04F - 0.28F * std::min(away, 1.F)));
  }
  /// Tiles in perspective: a floor row lies at the depth at which a face would have `face` pixels.
  Rgb floor_at(float x, float y) const {
    const float face = room_.wall_face * (y - room_.horizon) / (floor_line_ - room_.horizon);
    const float metres_per_pixel = face_metres / face;
    const float across = (x - margin_x_ - width_ / 2) * metres_per_pixel;
    const float depth = 6 * room_.wall_face / face;
    const int column = static_cast<int>(std::floor(across / tile_metres));
    const int row = static_cast<int>(std::floor(depth / tile_metres));
    const float tone = 0.95F + 0.1F * noise(seed_ + 7, column, row);
    const float to_joint = std::min(std::abs(across / tile_metres - std::round(across / tile_metres)),
                                    std::abs(depth / tile_metres - std::round(depth / tile_metres))) *
                           tile_metres;
    const float joint = cover((to_joint - 0.008F) / metres_per_pixel, 1.5F) * 0.35F;
    const Rgb tint = mix({168, 150, 128}, {142, 140, 138}, noise(seed_, 3, 3));
    // The window's light lies on the floor in front of it.
    const float window_across = (room_.window.x - margin_x_ - width_ / 2) * face_metres / room_.wall_face;
    const float lit =
        ramp(1.1F, 0.7F, std::abs(across - window_across * 0.8F)) * ramp(5.9F, 5.2F, depth) * ramp(2.4F, 3.4F, depth);
    return tint * (tone * (1 - joint) * (0.72F + 0.05F * depth) * (1 + 0.25F * lit));
  }

  void draw_wall_and_floor() {
    for (int y = 0; y < room_.picture.height(); ++y)
      for (int x = 0; x < room_.picture.width(); ++x) {
        const auto fx = static_cast<float>(x);
        const auto fy = static_cast<float>(y);
        const float on_floor = cover(floor_line_ - fy);
        Rgb colour = on_floor < 1 ? wall_at(fx, fy) : Rgb{};
        if (on_floor > 0) colour = mix(colour, floor_at(fx, std::max(fy, floor_line_)), on_floor);
        // Where wall and floor meet it is darker.
        const float corner = std::exp(-std::abs(fy - floor_line_) / (0.12F * metre_));
        room_.picture.at(x, y) = colour * ((1 - 0.18F * corner) * (0.99F + 0.02F * noise(seed_ + 9, x, y)));
      }
    box({0, y_of(0.09F), static_cast<float>(room_.picture.width()), 0.09F * metre_}, {226, 222, 214});
  }

  void draw_window() {
    const Rect frame{x_of(-0.75F), y_of(2.2F), 1.5F * metre_, 1.25F * metre_};
    ellipse(room_.window, 1.5F * metre_, 1.2F * metre_, {255, 252, 240}, 0.18F, 1.2F * metre_);
    box({frame.x - 3, frame.y - 3, frame.width + 6, frame.height + 6}, {238, 236, 230}, 2);
    room_.picture.each_in(frame, [&](int x, int y) {
      const float down = (static_cast<float>(y) - frame.y) / frame.height;
      Rgb sky = mix({196, 222, 246}, {244, 248, 250}, std::clamp(down * 1.4F, 0.F, 1.F));
      const float tree = ramp(
          0.62F, 0.78F, down + 0.12F * std::sin(static_cast<float>(x) / frame.width * 40 + 3 * noise(seed_, 4, 4)));
      sky = mix(sky, {112, 142, 98}, 0.75F * tree);
      const Point p{static_cast<float>(x), static_cast<float>(y)};
      room_.picture.blend(x, y, sky, cover(distance_to_box(p, frame)));
    });
    const float bar = std::max(1.F, 0.025F * metre_);
    box({frame.centre().x - bar, frame.y, 2 * bar, frame.height}, {234, 232, 226});
    box({frame.x, frame.y + 0.32F * frame.height, frame.width, 2 * bar}, {234, 232, 226});
    box({frame.x - 0.08F * metre_, frame.bottom(), frame.width + 0.16F * metre_, 0.06F * metre_}, {246, 244, 240});
  }

  void draw_door() {
    const Rect& door = room_.door;
    const float jamb = 0.07F * metre_;
    box({door.x - jamb, door.y - jamb, door.width + 2 * jamb, door.height + jamb}, {232, 228, 220});
    room_.picture.each_in(door, [&](int x, int y) {  // the corridor behind it
      const float across = std::abs((static_cast<float>(x) - door.centre().x) / door.width) * 2;
      const float down = (static_cast<float>(y) - door.y) / door.height;
      const Rgb corridor = Rgb{112, 108, 102} * (0.55F + 0.35F * (1 - across) + 0.25F * ramp(0.75F, 1, down));
      room_.picture.blend(x, y, corridor, cover(distance_to_box({static_cast<float>(x), static_cast<float>(y)}, door)));
    });
    // The leaf stands open into the room, towards the nearer side of the picture.
    const bool hinge_left = door.centre().x < room_.window.x;
    const Rgb wood = mix({134, 92, 58}, {150, 116, 86}, noise(seed_, 5, 5));
    for (int step = 0; step < static_cast<int>(0.34F * metre_); ++step) {
      const auto out = static_cast<float>(step);
      const float x = hinge_left ? door.x - jamb - out : door.right() + jamb + out - 1;
      const float grow = out / (0.34F * metre_) * 0.12F * metre_;
      box({x, door.y - grow, 1.01F, door.height + 2 * grow}, wood * (0.9F + 0.06F * noise(seed_ + 3, step, 0)));
    }
    const float knob = hinge_left ? door.x - jamb - 0.28F * metre_ : door.right() + jamb + 0.28F * metre_;
    ellipse({knob, y_of(1.0F)}, 0.03F * metre_ + 1, 0.03F * metre_ + 1, {210, 204, 186});
  }

  void draw_picture_frame() {
    const float side = room_.door.centre().x < room_.window.x ? -1.F : 1.F;
    const float x = room_.window.x + side * 1.55F * metre_;
    const Rect frame{x - 0.3F * metre_, y_of(2.05F), 0.6F * metre_, 0.45F * metre_};
    box({frame.x + 3, frame.y + 4, frame.width, frame.height}, {120, 116, 110}, 0, 0.4F);
    box(frame, {70, 60, 52});
    const float edge = 0.04F * metre_;
    const Rect inner{frame.x + edge, frame.y + edge, frame.width - 2 * edge, frame.height - 2 * edge};
    box(inner, mix({180, 190, 200}, {210, 180, 150}, noise(seed_, 6, 6)));
    ellipse({inner.centre().x, inner.bottom()}, inner.width * 0.4F, inner.height * 0.5F, {120, 140, 120}, 0.8F);
    box({inner.x, inner.bottom(), inner.width, edge}, {70, 60, 52});
  }

  void draw_desk() {
    const float left = x_of(-0.8F);
    const float top = y_of(0.75F);
    ellipse({left + 0.8F * metre_, y_of(-0.12F)}, 1.0F * metre_, 0.14F * metre_, {40, 36, 32}, 0.45F, 0.2F * metre_);
    for (const float leg : {0.06F, 1.5F}) box({left + leg * metre_, top, 0.05F * metre_, 0.85F * metre_}, {84, 80, 78});
    box({left + 1.05F * metre_, top, 0.45F * metre_, 0.8F * metre_}, {176, 168, 156});
    for (const float drawer : {0.25F, 0.5F})
      box({left + 1.05F * metre_, top + drawer * metre_, 0.45F * metre_, 1.5F}, {120, 112, 102});
    box({left, top - 0.02F * metre_, 1.6F * metre_, 0.09F * metre_}, {158, 124, 88}, 1);
    box({left, top - 0.02F * metre_, 1.6F * metre_, 1.5F}, {196, 164, 128});
    const Rect screen{left + 0.35F * metre_, top - 0.45F * metre_, 0.56F * metre_, 0.34F * metre_};
    box({screen.centre().x - 0.03F * metre_, screen.bottom(), 0.06F * metre_, 0.1F * metre_}, {60, 60, 62});
    box(screen, {36, 38, 42}, 2);
    box({screen.x + 2, screen.y + 2, screen.width - 4, screen.height - 5}, {74, 96, 122});
  }

  void draw_plant() {
    const float side = room_.door.centre().x < room_.window.x ? 1.F : -1.F;
    const Point pot{room_.window.x + side * 1.45F * metre_, y_of(0.2F)};
    ellipse({pot.x, y_of(-0.1F)}, 0.3F * metre_, 0.07F * metre_, {40, 36, 32}, 0.45F, 0.12F * metre_);
    for (int leaf = 0; leaf < 16; ++leaf) {
      const float angle = (noise(seed_ + 11, leaf, 0) - 0.5F) * 2.6F;
      const float length = (0.45F + 0.55F * noise(seed_ + 11, leaf, 1)) * metre_;
      const Point tip{pot.x + std::sin(angle) * length * 0.6F, pot.y - std::cos(angle) * length};
      const Rgb green = mix({58, 98, 52}, {112, 148, 84}, noise(seed_ + 11, leaf, 2));
      stroke({pot.x, pot.y - 0.1F * metre_}, tip, 0.012F * metre_ + 0.4F, green * 0.8F);
      ellipse(tip, 0.07F * metre_, 0.13F * metre_, green);
    }
    box({pot.x - 0.16F * metre_, pot.y - 0.12F * metre_, 0.32F * metre_, 0.36F * metre_}, {188, 182, 174},
        0.04F * metre_);
    box({pot.x - 0.16F * metre_, pot.y - 0.12F * metre_, 0.1F * metre_, 0.36F * metre_}, {206, 200, 192},
        0.04F * metre_, 0.5F);
  }

  std::uint64_t seed_;
  float margin_x_, margin_y_, width_;
  float metre_ = 1;
  float floor_line_ = 0;
  Room room_;
};

}  // namespace

Room draw_room(Size view, float margin, std::uint64_t seed) {
  return RoomPainter(view, margin, seed).draw();
}

}  // namespace hadir::scene
