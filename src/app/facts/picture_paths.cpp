#include "app/facts/picture_paths.hpp"

#include <cstdint>
#include <format>

namespace hadir {
namespace {

constexpr std::size_t longest_name = 120;  // file systems allow 255 bytes; temporary names and suffixes need room

bool stays(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

}  // namespace

std::string safe_file_name(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool inside = i > 0 && i + 1 < text.size();
    if (stays(c) || (c == '.' && i > 0) || (c == ' ' && inside))
      name += c;
    else
      name += std::format("={:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  if (name.empty()) return "=";
  if (name.size() > longest_name) name = std::format("{}={:016x}", name.substr(0, longest_name - 17), hash_of(text));
  return name;
}

std::string attendance_folder(LocalDay day, std::string_view employee_code) {
  return std::format("attendance_captures/{}/{}", format_day(day), safe_file_name(employee_code));
}

std::string unknown_face_path(const CameraId& camera, LocalDay day, const SightingId& sighting) {
  return std::format("captures/{}/unknown/{}/{}.jpg", safe_file_name(camera.str()), format_day(day),
                     safe_file_name(sighting.str()));
}

std::string face_image_folder(std::string_view employee_code) {
  return "face_images/" + safe_file_name(employee_code);
}

}  // namespace hadir
