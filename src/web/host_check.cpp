#include "web/host_check.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace hadir {

bool is_local_host(std::string_view host_header) {
  std::string_view name = host_header;
  std::string_view port;
  const auto end_of_name = name.starts_with('[') ? name.find(']') : name.find(':');
  if (end_of_name != std::string_view::npos) {
    const std::size_t cut = name[end_of_name] == ']' ? end_of_name + 1 : end_of_name;
    port = name.substr(cut);
    name = name.substr(0, cut);
  }
  if (!port.empty() && (port.front() != ':' || port.size() < 2 || port.size() > 6)) return false;
  if (!port.empty() && !std::ranges::all_of(port.substr(1), [](unsigned char c) { return std::isdigit(c) != 0; }))
    return false;
  std::string small(name);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small == "localhost" || small == "127.0.0.1" || small == "[::1]";
}

}  // namespace hadir
