#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/records.hpp"

namespace hadir {

/// One face of dlib's encoder as other systems keep it: 128 float64, little-endian, 1024 bytes.
struct ExchangedEncoding {
  Embedding embedding;
  float confidence = 0;  ///< 0..1, the face's quality
};

/// A person with their encodings, one line of an exchange file (docs/encodings.md). Empty fields were not given.
struct ExchangedPerson {
  std::string employee_code;
  std::string name;
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string phone;
  std::string department;
  std::string organisation;
  std::optional<PersonType> type;
  std::optional<PersonStatus> status;
  std::vector<ExchangedEncoding> encodings;
};

inline constexpr std::size_t exchanged_dimensions = 128;
inline constexpr std::size_t exchanged_bytes = exchanged_dimensions * 8;

/// Lengths that dlib's encodings have: over 2311 photos of LFW 1.18 to 1.71, here with room around them. Numbers
/// outside are of another model (those of most have length 1) or broken.
inline constexpr float least_encoding_norm = 1.05F;
inline constexpr float greatest_encoding_norm = 2.0F;

/// Checks length, bytes, finiteness and plausibility. `invalid_input` says what is wrong.
Result<Embedding> embedding_from_bytes(std::string_view bytes);
std::string bytes_of(const Embedding& embedding);

/// One line of JSON. `invalid_input` names the field; nothing of an encoding is ever in a message.
Result<ExchangedPerson> person_from_line(std::string_view line);
/// Without a line end.
std::string line_of(const Person& person, std::span<const FaceTemplate> templates);

}  // namespace hadir
