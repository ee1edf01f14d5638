#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace hadir {

/// A textual key that cannot be mistaken for another kind of key.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}
  const std::string& str() const { return value_; }
  bool empty() const { return value_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string value_;
};

using PersonId = Id<struct PersonTag>;      ///< UUIDv7; in `replay`, the gallery folder's name
using CameraId = Id<struct CameraTag>;      ///< "CAM1"
using SightingId = Id<struct SightingTag>;  ///< UUIDv7, made once
using TemplateId = Id<struct TemplateTag>;  ///< UUIDv7
using TrackId = std::uint64_t;              ///< counts up from 1 within one run of one camera

}  // namespace hadir

template <class Tag>
struct std::hash<hadir::Id<Tag>> {
  std::size_t operator()(const hadir::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
