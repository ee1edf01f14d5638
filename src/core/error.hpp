#pragma once
#include <expected>
#include <string>
#include <utility>

namespace hadir {

/// What kind of thing went wrong, so that an edge (HTTP, the command line) can answer in one place.
enum class ErrorKind {
  invalid_input = 1,  ///< the caller can mend it: a wrong value, a file that is not what it should be
  not_found,          ///< the thing named does not exist
  conflict,           ///< it would contradict what is already recorded
  unavailable,        ///< a device, file system, server or database does not answer; may be retried
  corrupted,          ///< stored data is not what was written
  internal            ///< a defect of ours
};

/// An expected failure: its kind and one clear sentence that names the field, file or address it is about.
/// Never carries credentials or biometric data.
struct Error {
  ErrorKind kind;
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// `return fail(ErrorKind::not_found, "no camera CAM9");`
inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

}  // namespace hadir
