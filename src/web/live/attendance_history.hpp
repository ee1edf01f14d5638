#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"

namespace hadir {

/// A message about attendance, with what decides who may hear it.
struct AttendanceTold {
  std::uint64_t number = 0;
  PersonId person;
  std::string department;
  CameraId camera;                   ///< empty: none, entered by hand
  std::optional<double> confidence;  ///< of events
  std::shared_ptr<const std::string> text;
};

/// The last messages, for clients that come back. Belongs to one thread.
class AttendanceHistory {
 public:
  struct Missed {
    std::vector<AttendanceTold> messages;  ///< oldest first
    std::string gap;                       ///< why there may have been more; empty: these are all
  };

  /// `run` makes ids of different runs of the program differ: "9f8a11c02b7d".
  AttendanceHistory(std::string run, std::size_t most) : run_(std::move(run)), most_(most) {}

  /// The id of the message that is added next: "9f8a11c02b7d-42".
  std::string next_id() const { return id_of(last_ + 1); }
  std::string last_id() const { return id_of(last_); }
  const AttendanceTold& add(AttendanceTold told);
  /// Something was lost here that nobody can be told any more.
  void lose();
  Missed since(const std::string& id) const;

 private:
  std::string id_of(std::uint64_t number) const { return run_ + "-" + std::to_string(number); }

  const std::string run_;
  const std::size_t most_;
  std::uint64_t last_ = 0;
  std::deque<AttendanceTold> kept_;
};

}  // namespace hadir
