#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/records/page.hpp"
#include "web/input_rules.hpp"
#include "web/router.hpp"

namespace hadir {

/// Which page of a list is wanted.
struct PageNumber {
  std::int64_t page = 1;  ///< from 1
  std::int64_t size = 20;
  Paging paging() const { return {.offset = (page - 1) * size, .limit = size}; }
  std::int64_t pages_of(std::int64_t total) const { return (total + size - 1) / size; }
};

/// The query of a request as checked values; used as JsonFields is. Names given twice are faults; a value that is given
/// empty counts as not given.
class QueryValues {
 public:
  static constexpr std::int64_t last_page = 1'000'000;

  explicit QueryValues(const HttpCall& call) : QueryValues(call.request->query()) {}
  /// Of the text behind "?", still percent-encoded.
  explicit QueryValues(std::string_view query);

  void require(std::initializer_list<const char*> names);
  bool has(const std::string& name) const { return values_.contains(name); }
  std::optional<std::string> text(const std::string& name, const TextRule& rule = {});
  std::optional<std::int64_t> integer(const std::string& name, const IntegerRule& rule = {});
  std::optional<double> number(const std::string& name, const NumberRule& rule = {});
  std::optional<bool> boolean(const std::string& name);  ///< true, false, 1 or 0
  std::optional<LocalDay> day(const std::string& name);
  std::optional<Instant> time(const std::string& name);
  template <class Parse>
  auto word(const std::string& name, Parse&& parse, const char* choices) -> decltype(parse(std::string_view{})) {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (auto found = parse(std::string_view(*value))) return found;
    faults_.add(name, std::string("must be ") + choices);
    return std::nullopt;
  }
  /// `page` and `page_size`.
  PageNumber page(std::int64_t usual_size = 20, std::int64_t largest_size = 100);
  /// A value that may be there and means nothing here, such as one that makes addresses differ.
  void ignore(const std::string& name) { known_.insert(name); }

  void fault(const std::string& name, std::string message) { faults_.add(name, std::move(message)); }
  InputFaults& faults() { return faults_; }
  /// Notes values nobody asked for.
  void check();
  /// After `check`: 400 with what is wrong, nullptr when all is well.
  drogon::HttpResponsePtr reply();

 private:
  const std::string* find(const std::string& name);

  std::map<std::string, std::string> values_;
  std::set<std::string> known_;
  InputFaults faults_;
};

}  // namespace hadir
