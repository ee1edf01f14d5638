#pragma once
#include <expected>
#include <optional>
#include <set>
#include <string>

#include "web/input_rules.hpp"
#include "web/router.hpp"

namespace hadir {

/// The members of a JSON object as checked values. Each call answers the value; where the member is missing, nothing;
/// where it is wrong, nothing, too, and the fault is noted under its name. What was asked for by no call until `check`
/// is an unknown field, and a fault. Looks into the JSON it was made of.
///
///   JsonFields in = body->fields();
///   in.require({"name"});
///   person.name = in.text("name", {.most = 200}).value_or("");
///   if (auto wrong = in.reply()) return wrong;
class JsonFields {
 public:
  /// `object` is an object. `prefix` stands before the names in messages: "hours.".
  JsonFields(const nlohmann::ordered_json& object, InputFaults& faults, std::string prefix = {})
      : object_(object), faults_(faults), prefix_(std::move(prefix)) {}

  /// A member that is missing or null is a fault.
  void require(std::initializer_list<const char*> names);
  /// There, even as null.
  bool has(const std::string& name) const { return object_.contains(name); }
  bool is_null(const std::string& name) const { return has(name) && object_.at(name).is_null(); }

  /// null is an empty text where the rule allows one.
  std::optional<std::string> text(const std::string& name, const TextRule& rule = {});
  std::optional<std::int64_t> integer(const std::string& name, const IntegerRule& rule = {});
  std::optional<double> number(const std::string& name, const NumberRule& rule = {});
  std::optional<bool> boolean(const std::string& name);
  std::optional<LocalDay> day(const std::string& name);
  std::optional<Instant> time(const std::string& name);
  /// A time, or null: "there is none".
  std::optional<std::optional<Instant>> time_or_null(const std::string& name);
  std::optional<Bytes> base64(const std::string& name, std::size_t most_bytes);
  /// A word of an enumeration: `parse` answers an optional; `choices`, "employee, visitor or contractor", for messages.
  template <class Parse>
  auto word(const std::string& name, Parse&& parse, const char* choices) -> decltype(parse(std::string_view{})) {
    const auto* value = member(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string())
      if (auto found = parse(std::string_view(value->get_ref<const std::string&>()))) return found;
    fault(name, std::string("must be ") + choices);
    return std::nullopt;
  }
  /// An array of at most so many entries, each to be checked by the caller; nullptr when missing or wrong.
  const nlohmann::ordered_json* array(const std::string& name, std::size_t most);
  /// The members of an object within.
  std::optional<JsonFields> object(const std::string& name);
  /// Any value, to be checked by the caller; nullptr when missing.
  const nlohmann::ordered_json* value(const std::string& name) { return member(name); }

  void fault(const std::string& name, std::string message) { faults_.add(prefix_ + name, std::move(message)); }
  InputFaults& faults() { return faults_; }
  /// Notes members nobody asked for.
  void check();
  /// After `check`: 400 with what is wrong, nullptr when all is well.
  drogon::HttpResponsePtr reply();

 private:
  const nlohmann::ordered_json* member(const std::string& name);
  const std::string* string_member(const std::string& name, const char* what);

  const nlohmann::ordered_json& object_;
  InputFaults& faults_;
  std::string prefix_;
  std::set<std::string> known_;
};

/// A request's JSON: one object, sent as application/json, UTF-8, nested at most 32 deep, no name twice in an object.
class JsonBody {
 public:
  /// Usual requests are small; those with pictures say their own limit.
  static constexpr std::size_t usual_size = 256 * 1024;
  static constexpr int deepest = 32;

  /// Otherwise the answer: 415 for another type, 413 for more than `most_bytes`, 400 with one message for the rest.
  static std::expected<JsonBody, drogon::HttpResponsePtr> of(const HttpCall& call, std::size_t most_bytes = usual_size);
  /// The same of a text alone; `invalid_input`, the message beginning with "body: ".
  static Result<JsonBody> parse(std::string_view text);

  JsonFields fields() { return {json_, faults_}; }
  const nlohmann::ordered_json& json() const { return json_; }

 private:
  explicit JsonBody(nlohmann::ordered_json json) : json_(std::move(json)) {}
  nlohmann::ordered_json json_;
  InputFaults faults_;
};

}  // namespace hadir
