#include "app/people/encoding_exchange.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <format>
#include <nlohmann/json.hpp>

#include "core/time.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "the exchange format is little-endian");

constexpr std::size_t longest_text = 200;

/// Standard base64 with padding, as Python's base64.b64encode writes it.
Result<std::string> from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return fail(ErrorKind::invalid_input, "it is not base64");
  bytes.resize(length);
  return bytes;
}

std::string to_base64(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return text;
}

Result<Embedding> checked(std::span<const double> values) {
  if (values.size() != exchanged_dimensions)
    return fail(ErrorKind::invalid_input,
                std::format("it has {} numbers, not {}", values.size(), exchanged_dimensions));
  std::vector<float> floats;
  double squares = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) return fail(ErrorKind::invalid_input, "it has a number that is not finite");
    floats.push_back(static_cast<float>(value));
    squares += value * value;
  }
  const double norm = std::sqrt(squares);
  if (!(norm >= least_encoding_norm && norm <= greatest_encoding_norm))
    return fail(ErrorKind::invalid_input, std::format("its length is {:.3g}; those of dlib's encoder lie within {}..{}",
                                                      norm, least_encoding_norm, greatest_encoding_norm));
  return Embedding::raw(floats);
}

Status read_text(const Json& object, const char* key, std::string& to) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_string()) return fail(ErrorKind::invalid_input, std::format("{} must be a text", key));
  auto text = found->get<std::string>();
  if (text.size() > longest_text)
    return fail(ErrorKind::invalid_input, std::format("{} is longer than {} bytes", key, longest_text));
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20)
      return fail(ErrorKind::invalid_input, std::format("{} has a control character", key));
  if (!text.empty()) to = std::move(text);
  return {};
}

template <class Word>
Status read_word(const Json& object, const char* key, std::optional<Word> (*from)(std::string_view),
                 std::optional<Word>& to) {
  std::string text;
  if (auto read = read_text(object, key, text); !read) return read;
  if (text.empty()) return {};
  to = from(text);
  if (!to) return fail(ErrorKind::invalid_input, std::format("{} \"{}\" is not known", key, text));
  return {};
}

Status read_texts(const Json& object, ExchangedPerson& person) {
  const std::pair<const char*, std::string*> texts[] = {{"id_number", &person.employee_code},
                                                        {"employee_code", &person.employee_code},
                                                        {"name", &person.name},
                                                        {"first_name", &person.first_name},
                                                        {"last_name", &person.last_name},
                                                        {"email", &person.email},
                                                        {"phone", &person.phone},
                                                        {"department", &person.department},
                                                        {"organization", &person.organisation}};
  for (const auto& [key, to] : texts)
    if (auto read = read_text(object, key, *to); !read) return read;
  if (auto read = read_word(object, "person_type", person_type_from, person.type); !read) return read;
  if (auto read = read_word(object, "status", person_status_from, person.status); !read) return read;
  if (person.name.empty())
    person.name =
        person.first_name + (person.first_name.empty() || person.last_name.empty() ? "" : " ") + person.last_name;
  if (person.employee_code.empty()) return fail(ErrorKind::invalid_input, "employee_code (or id_number) is missing");
  if (person.name.empty()) return fail(ErrorKind::invalid_input, "name (or first_name and last_name) is missing");
  return {};
}

Result<Embedding> read_embedding(const Json& object) {
  if (const auto bytes = object.find("encoding"); bytes != object.end() && !bytes->is_null()) {
    if (!bytes->is_string()) return fail(ErrorKind::invalid_input, "encoding must be a text in base64");
    const auto decoded = from_base64(bytes->get<std::string>());
    if (!decoded) return std::unexpected(decoded.error());
    return embedding_from_bytes(*decoded);
  }
  const auto list = object.find("encoding_list");
  if (list == object.end()) return fail(ErrorKind::invalid_input, "neither encoding nor encoding_list is there");
  if (!list->is_array() || list->size() > exchanged_bytes ||
      !std::ranges::all_of(*list, [](const Json& value) { return value.is_number(); }))
    return fail(ErrorKind::invalid_input, "encoding_list must be 128 numbers");
  return checked(list->get<std::vector<double>>());
}

Result<ExchangedEncoding> read_encoding(const Json& json) {
  if (!json.is_object()) return fail(ErrorKind::invalid_input, "it is not an object");
  auto embedding = read_embedding(json);
  if (!embedding) return std::unexpected(embedding.error());
  ExchangedEncoding encoding{std::move(*embedding), 1};
  if (const auto confidence = json.find("confidence"); confidence != json.end() && !confidence->is_null()) {
    if (!confidence->is_number() || !(confidence->get<double>() >= 0 && confidence->get<double>() <= 1))
      return fail(ErrorKind::invalid_input, "confidence must be a number 0..1");
    encoding.confidence = confidence->get<float>();
  }
  return encoding;
}

}  // namespace

Result<Embedding> embedding_from_bytes(std::string_view bytes) {
  if (bytes.size() != exchanged_bytes)
    return fail(ErrorKind::invalid_input,
                std::format("it has {} bytes, not {} (128 float64)", bytes.size(), exchanged_bytes));
  std::array<double, exchanged_dimensions> values;
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return checked(values);
}

std::string bytes_of(const Embedding& embedding) {
  std::string bytes;
  for (const float value : embedding.values()) {
    const double wide = value;
    bytes.append(reinterpret_cast<const char*>(&wide), sizeof wide);
  }
  return bytes;
}

Result<ExchangedPerson> person_from_line(std::string_view line) {
  const auto json = Json::parse(line, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return fail(ErrorKind::invalid_input, "the line is not a JSON object");
  ExchangedPerson person;
  if (auto read = read_texts(json, person); !read) return std::unexpected(read.error());
  const auto encodings = json.find("face_encodings");
  if (encodings == json.end()) return person;
  if (!encodings->is_array()) return fail(ErrorKind::invalid_input, "face_encodings must be a list");
  for (std::size_t i = 0; i < encodings->size(); ++i) {
    auto encoding = read_encoding((*encodings)[i]);
    if (!encoding)
      return fail(ErrorKind::invalid_input, std::format("face_encodings[{}]: {}", i, encoding.error().message));
    person.encodings.push_back(std::move(*encoding));
  }
  return person;
}

std::string line_of(const Person& person, std::span<const FaceTemplate> templates) {
  Json encodings = Json::array();
  for (const auto& face : templates)
    encodings.push_back({{"encoding", to_base64(bytes_of(face.embedding))},
                         {"confidence", face.quality},
                         {"is_primary", encodings.empty()},
                         {"source", face.source == "import" ? "manual" : "enrollment"},
                         {"created_at", format_utc(face.created_at)}});
  const Json json{{"employee_code", person.employee_code},
                  {"name", person.name},
                  {"first_name", person.first_name},
                  {"last_name", person.last_name},
                  {"email", person.email},
                  {"phone", person.phone},
                  {"person_type", to_text(person.type)},
                  {"department", person.department},
                  {"organization", person.organisation},
                  {"status", to_text(person.status)},
                  {"face_encodings", std::move(encodings)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hadir
