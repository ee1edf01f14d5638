#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "core/records.hpp"

namespace hadir {

/// The pictures of facts: crops of strangers, and attendance_captures/<day>/<code>/ (first_in.jpg, last_out.jpg,
/// meta.json) in step with attendance.
///
/// What changes is staged; a last out, which moves with every sighting, is written only every `hold_back`, or, with a
/// delay, once the person was not seen for that long: then it shows them leaving rather than passing by. What cannot
/// be written stays staged and is tried again, up to `most_staged` folders; beyond that the oldest loses its pictures,
/// which is counted and said by `health`. Belongs to one thread at a time, except `health`.
class FactPictures {
 public:
  static constexpr Millis hold_back{10'000};
  static constexpr std::size_t most_staged = 500;

  FactPictures(PictureStore& pictures, const std::chrono::time_zone& site, Millis last_out_delay = Millis{0})
      : pictures_(pictures), site_(site), last_out_delay_(last_out_delay) {}

  /// Writes the crop of a stranger at once; false when it could not, which `health` says.
  bool put_unknown(const std::string& path, const Bytes& bytes);

  struct Change {
    Person person;
    AttendanceDay day;
    std::optional<Bytes> first_in;  ///< the new picture, empty bytes where there is none; nothing: it stays
    std::optional<Bytes> last_out;
  };
  void stage(Change change, Instant now, bool at_once);
  /// The bytes of a mark's picture as they are staged or stored; empty when there are none.
  Bytes picture_at(const std::string& path) const;

  /// Writes what has waited for `hold_back`.
  void write_due(Instant now);
  /// Writes what is staged for that person, who has left; a last out stays for its delay.
  void write_person(const PersonId& person, Instant now);
  /// Writes everything that is staged.
  void write_all(Instant now);

  HealthItem health() const;

 private:
  struct Staged {
    Change change;
    Instant due;
  };
  using Staging = std::map<std::string, Staged>;

  enum class LastOut { when_due = 1, now };
  Staging::iterator write(Staging::iterator staged, Instant now, LastOut last_out = LastOut::when_due);
  Status write_parts(const std::string& folder, Change& change, bool without_last_out);
  std::string meta_of(const Change& change) const;
  bool waits(const Change& change, Instant now) const;
  void make_room(Instant now);
  void note(const std::string& failure);

  PictureStore& pictures_;
  const std::chrono::time_zone& site_;
  const Millis last_out_delay_;
  Staging staged_;  ///< by folder

  mutable std::mutex health_mutex_;
  std::string failure_;
  std::size_t waiting_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace hadir
