#include "web/json_body.hpp"

#include <algorithm>
#include <format>
#include <stdexcept>

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// What the parser's callback gives up with.
class Unfit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Parses; throws Unfit, or the parser's exceptions.
Json parse_strictly(std::string_view text) {
  std::vector<std::set<std::string>> names;  // of the objects that are open
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    switch (event) {
      case Json::parse_event_t::object_start:
      case Json::parse_event_t::array_start:
        if (depth >= JsonBody::deepest) throw Unfit(std::format("is nested more than {} deep", JsonBody::deepest));
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        break;
      case Json::parse_event_t::key:
        if (!names.back().insert(parsed.get<std::string>()).second)
          throw Unfit(std::format("says {} twice", parsed.dump()));
        break;
      case Json::parse_event_t::object_end:
        names.pop_back();
        break;
      default:
        break;
    }
    return true;
  };
  return Json::parse(text, watch);
}

bool is_json_type(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  constexpr std::string_view json = "application/json";
  return std::ranges::equal(type, json, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

}  // namespace

Result<JsonBody> JsonBody::parse(std::string_view text) {
  if (text.empty()) return fail(ErrorKind::invalid_input, "body: a JSON object must be sent");
  if (!is_utf8(text)) return fail(ErrorKind::invalid_input, "body: must be UTF-8");
  try {
    Json json = parse_strictly(text);
    if (!json.is_object()) return fail(ErrorKind::invalid_input, "body: must be a JSON object");
    return JsonBody(std::move(json));
  } catch (const Unfit& unfit) {
    return fail(ErrorKind::invalid_input, std::format("body: {}", unfit.what()));
  } catch (const Json::parse_error& error) {
    return fail(ErrorKind::invalid_input, std::format("body: is not JSON, at byte {}", error.byte));
  } catch (const Json::exception&) {
    return fail(ErrorKind::invalid_input, "body: holds a number that is too large");
  }
}

std::expected<JsonBody, drogon::HttpResponsePtr> JsonBody::of(const HttpCall& call, std::size_t most_bytes) {
  if (call.request->body().size() > most_bytes) return std::unexpected(error_reply(drogon::k413RequestEntityTooLarge));
  if (!call.request->body().empty() && !is_json_type(call.request->getHeader("content-type")))
    return std::unexpected(error_reply(drogon::k415UnsupportedMediaType));
  auto parsed = parse(call.request->body());
  if (!parsed) return std::unexpected(error_reply(parsed.error(), "body"));
  return std::move(*parsed);
}

const Json* JsonFields::member(const std::string& name) {
  known_.insert(name);
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

const std::string* JsonFields::string_member(const std::string& name, const char* what) {
  const auto* value = member(name);
  if (value == nullptr) return nullptr;
  if (value->is_string()) return &value->get_ref<const std::string&>();
  fault(name, what);
  return nullptr;
}

void JsonFields::require(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (!has(name) || is_null(name)) fault(name, "must be given");
}

std::optional<std::string> JsonFields::text(const std::string& name, const TextRule& rule) {
  if (const auto* value = member(name); value != nullptr && value->is_null() && rule.least == 0) return std::string{};
  const auto* text = string_member(name, "must be a text");
  return text == nullptr ? std::nullopt : checked_text(faults_, prefix_ + name, *text, rule);
}

std::optional<std::int64_t> JsonFields::integer(const std::string& name, const IntegerRule& rule) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  const bool too_large =
      value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(IntegerRule{}.most);
  if (!value->is_number_integer() || too_large) {
    fault(name, "must be a whole number");
    return std::nullopt;
  }
  return checked_integer(faults_, prefix_ + name, value->get<std::int64_t>(), rule);
}

std::optional<double> JsonFields::number(const std::string& name, const NumberRule& rule) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) {
    fault(name, "must be a number");
    return std::nullopt;
  }
  return checked_number(faults_, prefix_ + name, value->get<double>(), rule);
}

std::optional<bool> JsonFields::boolean(const std::string& name) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  fault(name, "must be true or false");
  return std::nullopt;
}

std::optional<LocalDay> JsonFields::day(const std::string& name) {
  const auto* text = string_member(name, "must be a day such as 2026-01-05");
  return text == nullptr ? std::nullopt : checked_day(faults_, prefix_ + name, *text);
}

std::optional<Instant> JsonFields::time(const std::string& name) {
  const auto* text = string_member(name, "must be a time with its offset, such as 2026-01-05T07:55:00+07:00");
  return text == nullptr ? std::nullopt : checked_time(faults_, prefix_ + name, *text);
}

std::optional<std::optional<Instant>> JsonFields::time_or_null(const std::string& name) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_null()) return std::optional<Instant>{};
  const auto at = time(name);
  return at ? std::optional<std::optional<Instant>>(at) : std::nullopt;
}

std::optional<Bytes> JsonFields::base64(const std::string& name, std::size_t most_bytes) {
  const auto* text = string_member(name, "must be base64");
  return text == nullptr ? std::nullopt : checked_base64(faults_, prefix_ + name, *text, most_bytes);
}

const Json* JsonFields::array(const std::string& name, std::size_t most) {
  const auto* value = member(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    fault(name, "must be an array");
    return nullptr;
  }
  if (value->size() > most) {
    fault(name, std::format("must have at most {} entries", most));
    return nullptr;
  }
  return value;
}

std::optional<JsonFields> JsonFields::object(const std::string& name) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_object()) return JsonFields(*value, faults_, prefix_ + name + ".");
  fault(name, "must be an object");
  return std::nullopt;
}

void JsonFields::check() {
  for (const auto& [name, value] : object_.items())
    if (!known_.contains(name)) fault(name, "is no field of this request");
}

drogon::HttpResponsePtr JsonFields::reply() {
  check();
  return faults_.reply();
}

}  // namespace hadir
