#include "vision/file_entry.hpp"

#include <format>
#include <stdexcept>

namespace hadir {
namespace {

using Json = nlohmann::json;

/// Thrown and caught within this file: the field that is wrong.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool condition, const std::string& what) {
  if (!condition) throw Refused(what);
}

template <class T>
T value(const Json& object, const char* key, const std::string& where) {
  require(object.is_object() && object.contains(key), std::format("{}{} is missing", where, key));
  try {
    return object.at(key).get<T>();
  } catch (const Json::exception&) {
    throw Refused(std::format("{}{} has the wrong type", where, key));
  }
}

std::string digest(const Json& object, const std::string& where) {
  auto text = value<std::string>(object, "sha256", where);
  require(text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos,
          where + "sha256 must be 64 lower-case hexadecimal digits");
  return text;
}

/// What becomes part of a line that pip reads: nothing but what names and versions are made of.
std::string package_word(const Json& object, const char* key, const std::string& where) {
  auto text = value<std::string>(object, key, where);
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  require(!text.empty() && text.front() != '-' && std::ranges::all_of(text, is_allowed),
          std::format("{}{} must be letters, digits, '.', '_' and '-'", where, key));
  return text;
}

WebAddress web_address(const std::string& url, const std::string& name, const std::string& where) {
  require(url.starts_with("https://") || url.starts_with("http://"), where + "addresses must be http or https");
  return {url, url.ends_with(".bz2") && !name.ends_with(".bz2")};
}

PackageMember package_member(const Json& json, const std::string& where) {
  PackageMember member;
  member.package.name = package_word(json, "python_package", where);
  member.package.version = package_word(json, "version", where);
  member.package.sha256 = digest(json, where);
  if (json.contains("bytes")) member.package.bytes = value<std::uintmax_t>(json, "bytes", where);
  member.path = value<std::string>(json, "member", where);
  require(!member.path.empty(), where + "member is empty");
  return member;
}

FileSource source(const Json& json, const std::string& name, const std::string& where) {
  if (json.is_string()) return web_address(json.get<std::string>(), name, where);
  require(json.is_object(), where + "addresses must hold texts and python packages");
  return package_member(json, where + "addresses.");
}

ModelFile parse(const Json& json, const std::string& where) {
  ModelFile file;
  file.name = value<std::string>(json, "name", where);
  file.bytes = value<std::uintmax_t>(json, "bytes", where);
  file.sha256 = digest(json, where);
  file.licence = value<std::string>(json, "licence", where);
  if (json.contains("origin")) file.origin = value<std::string>(json, "origin", where);
  require(!file.name.empty() && file.name.find('/') == std::string::npos && file.name.front() != '.',
          where + "name must be a plain file name");
  require(file.bytes > 0, where + "bytes must be positive");
  for (const auto& address : value<Json>(json, "addresses", where))
    file.sources.push_back(source(address, file.name, where));
  return file;
}

}  // namespace

Result<ModelFile> read_file_entry(const Json& json, const std::string& where) {
  try {
    return parse(json, where);
  } catch (const std::exception& refused) {
    return fail(ErrorKind::invalid_input, refused.what());
  }
}

}  // namespace hadir
