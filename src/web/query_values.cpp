#include "web/query_values.hpp"

#include <drogon/utils/Utilities.h>

#include <charconv>

namespace hadir {
namespace {

template <class Number>
std::optional<Number> parsed(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

QueryValues::QueryValues(std::string_view query) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto name = drogon::utils::urlDecode(pair.substr(0, equals));
    const auto value =
        equals == std::string_view::npos ? std::string{} : drogon::utils::urlDecode(pair.substr(equals + 1));
    if (!is_utf8(name)) {
      faults_.add("query", "must be UTF-8");
      continue;
    }
    if (!values_.emplace(name, value).second) faults_.add(name, "must not be given twice");
  }
  std::erase_if(values_, [this](const auto& value) {
    if (value.second.empty()) known_.insert(value.first);  // given empty: not given
    return value.second.empty();
  });
}

const std::string* QueryValues::find(const std::string& name) {
  known_.insert(name);
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

void QueryValues::require(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (!has(name)) faults_.add(name, "must be given");
}

std::optional<std::string> QueryValues::text(const std::string& name, const TextRule& rule) {
  const auto* value = find(name);
  return value == nullptr ? std::nullopt : checked_text(faults_, name, *value, rule);
}

std::optional<std::int64_t> QueryValues::integer(const std::string& name, const IntegerRule& rule) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = parsed<std::int64_t>(*value);
  if (number) return checked_integer(faults_, name, *number, rule);
  faults_.add(name, "must be a whole number");
  return std::nullopt;
}

std::optional<double> QueryValues::number(const std::string& name, const NumberRule& rule) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = parsed<double>(*value);
  if (number) return checked_number(faults_, name, *number, rule);
  faults_.add(name, "must be a number");
  return std::nullopt;
}

std::optional<bool> QueryValues::boolean(const std::string& name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (*value == "true" || *value == "1") return true;
  if (*value == "false" || *value == "0") return false;
  faults_.add(name, "must be true or false");
  return std::nullopt;
}

std::optional<LocalDay> QueryValues::day(const std::string& name) {
  const auto* value = find(name);
  return value == nullptr ? std::nullopt : checked_day(faults_, name, *value);
}

std::optional<Instant> QueryValues::time(const std::string& name) {
  const auto* value = find(name);
  return value == nullptr ? std::nullopt : checked_time(faults_, name, *value);
}

PageNumber QueryValues::page(std::int64_t usual_size, std::int64_t largest_size) {
  return {.page = integer("page", {.least = 1, .most = last_page}).value_or(1),
          .size = integer("page_size", {.least = 1, .most = largest_size}).value_or(usual_size)};
}

void QueryValues::check() {
  for (const auto& [name, value] : values_)
    if (!known_.contains(name)) faults_.add(name, "is no value of this address");
}

drogon::HttpResponsePtr QueryValues::reply() {
  check();
  return faults_.reply();
}

}  // namespace hadir
