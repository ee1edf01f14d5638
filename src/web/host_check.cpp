#include "web/host_check.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace hadir {
namespace {

std::string small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

/// The name without the port, in small letters; nothing when the header is malformed.
std::optional<std::string> name_in(std::string_view host_header) {
  std::string_view name = host_header;
  std::string_view port;
  const auto end_of_name = name.starts_with('[') ? name.find(']') : name.find(':');
  if (end_of_name != std::string_view::npos) {
    const std::size_t cut = name[end_of_name] == ']' ? end_of_name + 1 : end_of_name;
    port = name.substr(cut);
    name = name.substr(0, cut);
  }
  if (!port.empty() && (port.front() != ':' || port.size() < 2 || port.size() > 6)) return std::nullopt;
  if (!port.empty() && !std::ranges::all_of(port.substr(1), [](unsigned char c) { return std::isdigit(c) != 0; }))
    return std::nullopt;
  return small_letters(name);
}

bool is_address(std::string name) {
  std::array<unsigned char, 16> ignored{};
  if (name.starts_with('[') && name.ends_with(']'))
    return ::inet_pton(AF_INET6, name.substr(1, name.size() - 2).c_str(), ignored.data()) == 1;
  return ::inet_pton(AF_INET, name.c_str(), ignored.data()) == 1;
}

bool is_local(const std::string& name) {
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

}  // namespace

bool is_local_host(std::string_view host_header) {
  const auto name = name_in(host_header);
  return name && is_local(*name);
}

bool is_known_host(std::string_view host_header, const std::vector<std::string>& names, bool listens_to_all) {
  const auto name = name_in(host_header);
  if (!name) return false;
  if (is_local(*name) || (listens_to_all && is_address(*name))) return true;
  return std::ranges::any_of(names, [&](const std::string& known) { return small_letters(known) == *name; });
}

}  // namespace hadir
