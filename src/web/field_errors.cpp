#include "web/field_errors.hpp"

#include <ranges>
#include <string_view>

#include "web/http_reply.hpp"
#include "web/input_faults.hpp"

namespace hadir {

drogon::HttpResponsePtr field_errors_reply(const Error& error) {
  if (error.kind != ErrorKind::invalid_input) return error_reply(error);
  InputFaults faults;
  for (const auto line : std::views::split(std::string_view(error.message), '\n')) {
    const std::string_view text(line.begin(), line.end());
    const auto colon = text.find(": ");
    const std::string field(text.substr(0, colon));
    if (colon == std::string_view::npos || field.contains(' '))
      faults.add("body", std::string(text));
    else
      faults.add(field, std::string(text.substr(colon + 2)));
  }
  return faults.reply();
}

}  // namespace hadir
