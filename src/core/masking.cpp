#include "core/masking.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace hadir {
namespace {

constexpr std::array<std::string_view, 9> secret_keys = {"password", "passwd", "pwd",  "pass",     "token",
                                                         "secret",   "key",    "auth", "signature"};

bool ends_address(char c) {
  return std::isspace(static_cast<unsigned char>(c)) || c == '"' || c == '<' || c == '>';
}

bool looks_secret(std::string_view key) {
  std::string lower(key);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto word : secret_keys)
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

/// Everything behind "scheme://" up to the end of the address.
std::string mask_address(std::string_view rest) {
  std::string out;
  // Passwords hold '@', '/' and '?' unescaped more often than one would think, so everything up to the last '@' goes;
  // an '@' further back costs a readable path, never a secret.
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    out += "***@";
    rest.remove_prefix(at + 1);
  }
  const auto query = rest.find('?');
  out += rest.substr(0, query);
  if (query == std::string_view::npos) return out;
  out += '?';
  rest.remove_prefix(query + 1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && looks_secret(pair.substr(0, equals))) {
      out += pair.substr(0, equals + 1);
      out += "***";
    } else {
      out += pair;
    }
    rest.remove_prefix(end);
    if (!rest.empty()) {
      out += '&';
      rest.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

std::string mask_credentials(std::string_view text) {
  std::string out;
  while (true) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, scheme + 3));
    text.remove_prefix(scheme + 3);
    std::size_t end = 0;
    while (end < text.size() && !ends_address(text[end])) ++end;
    out += mask_address(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace hadir
