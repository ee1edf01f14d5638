#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <format>
#include <fstream>
#include <map>
#include <sstream>

#include "core/frame.hpp"
#include "core/ports/pictures.hpp"
#include "media/photo_reader.hpp"
#include "support/shared_assets.hpp"
#include "vision/model_pack.hpp"

/// What the tests of this folder share: models, the shared faces, and pictures made on the spot.
namespace hadir::test {

inline std::filesystem::path shared_file(const std::string& path) {
  return shared_asset(path);
}

/// Models where ./test fetched them to, and the shared ones where there are any.
inline ModelLocations shared_models() {
  return {std::filesystem::path(HADIR_SOURCE_DIR) / "models", {shared_root() / "models"}};
}

inline std::unique_ptr<FaceModelFactory> pack(const std::string& name) {
  ModelSettings settings;
  settings.pack = name;
  auto loaded = load_pack(settings, shared_models());
  if (loaded) return std::move(*loaded);
  if (loaded.error().kind == ErrorKind::not_found && shared_assets_out_of_reach())
    not_run("the models of pack " + name + " are not on this machine");
  throw std::runtime_error(loaded.error().message);
}

/// A file of a pack, as bytes.
inline ModelBytes model_bytes(const std::string& pack, const std::string& role) {
  const auto where = shared_models();
  const auto manifest = find_pack(where, pack);
  if (!manifest) throw std::runtime_error(manifest.error().message);
  const ModelFile& file = *manifest->file_of(role);
  auto bytes = read_model(where, *manifest, file);
  if (bytes) return std::move(*bytes);
  if (bytes.error().kind == ErrorKind::not_found && shared_assets_out_of_reach())
    not_run(file.name + " of pack " + pack + " is not on this machine");
  throw std::runtime_error(bytes.error().message);
}

inline FaceModels models(FaceModelFactory& factory) {
  auto made = factory.make();
  if (!made) {
    ADD_FAILURE() << made.error().message;
    std::abort();
  }
  return std::move(*made);
}

inline Frame photo(const std::string& path) {
  static const auto reader = make_photo_reader();
  auto frame = reader->read(shared_file(path));
  if (!frame) {
    ADD_FAILURE() << frame.error().message;
    return {};
  }
  return *frame;
}

/// A frame of planes that can be written to.
struct PaintedFrame {
  PaintedFrame(int width, int height, std::uint8_t y, std::uint8_t u, std::uint8_t v) {
    frame.width = width;
    frame.height = height;
    luma.assign(static_cast<std::size_t>(width) * height, y);
    for (auto* chroma : {&first_chroma, &second_chroma})
      chroma->assign(static_cast<std::size_t>(frame.chroma_width()) * frame.chroma_height(),
                     chroma == &first_chroma ? u : v);
    frame.planes = {Plane{luma.data(), width}, Plane{first_chroma.data(), frame.chroma_width()},
                    Plane{second_chroma.data(), frame.chroma_width()}};
  }
  PaintedFrame(const PaintedFrame&) = delete;
  PaintedFrame& operator=(const PaintedFrame&) = delete;
  std::uint8_t& at(int x, int y) { return luma[static_cast<std::size_t>(y) * frame.width + x]; }
  std::vector<std::uint8_t> luma, first_chroma, second_chroma;
  Frame frame;
};

/// The photo set into a larger grey frame, with its top left corner at (x, y), both even.
inline std::unique_ptr<PaintedFrame> set_into(const Frame& photo, Size size, int x, int y) {
  auto painted = std::make_unique<PaintedFrame>(size.width, size.height, 128, 128, 128);
  painted->frame.full_range = photo.full_range;
  painted->frame.matrix = photo.matrix;
  for (int row = 0; row < photo.height; ++row)
    std::copy_n(photo.planes[0].data + row * photo.planes[0].stride, photo.width,
                &painted->luma[static_cast<std::size_t>(y + row) * size.width + x]);
  for (int i = 1; i < 3; ++i)
    for (int row = 0; row < photo.chroma_height(); ++row)
      std::copy_n(
          photo.planes[i].data + row * photo.planes[i].stride, photo.chroma_width(),
          &(i == 1 ? painted->first_chroma
                   : painted->second_chroma)[static_cast<std::size_t>(y / 2 + row) * painted->frame.chroma_width() +
                                             x / 2]);
  return painted;
}

using Row = std::vector<std::string>;
inline std::vector<Row> csv_rows(const std::string& path) {
  std::ifstream stream(shared_file(path));
  std::vector<Row> rows;
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    Row row;
    for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace hadir::test
