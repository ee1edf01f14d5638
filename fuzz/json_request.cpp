// The JSON of a request, and the rules of its fields as routes apply them. Whatever comes, each value that is taken
// keeps its rule, and each fault has a name and a message that can be sent.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/people/employee_file.hpp"
#include "core/attendance/hours.hpp"
#include "core/records.hpp"
#include "web/json_body.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void ask(hadir::JsonFields& in, int depth) {
  in.require({"name", "reason"});
  for (const char* name : {"name", "reason", "employee_id", "rtsp_url"})
    if (const auto text = in.text(name, {.most = 20})) check(!text->empty() && hadir::is_utf8(*text));
  if (const auto text = in.text("remarks", {.least = 0, .most = 50, .lines = true})) check(hadir::is_utf8(*text));
  if (const auto number = in.integer("minutes", {.least = 1, .most = 1440})) check(*number >= 1 && *number <= 1440);
  if (const auto number = in.number("confidence_threshold", {.least = 0, .most = 1}))
    check(*number >= 0 && *number <= 1);
  in.boolean("preview");
  if (const auto day = in.day("date")) check(hadir::parse_day(hadir::format_day(*day)) == *day);
  if (const auto at = in.time("valid_from")) check(hadir::parse_iso8601(hadir::format_utc(*at)) == *at);
  in.time_or_null("first_in");
  if (const auto bytes = in.base64("image", 64)) check(bytes->size() <= 64);
  in.word("type", hadir::person_type_from, "employee, visitor or contractor");
  in.word("work_hours", hadir::hours_from, "hours");
  if (const auto* list = in.array("photos", 10)) {
    check(list->size() <= 10);
    for (const auto& one : *list)
      if (one.is_object() && depth > 0) {
        hadir::JsonFields inner(one, in.faults(), "photos.");
        ask(inner, depth - 1);
        inner.check();
      }
  }
  if (auto inner = in.object("hours"); inner && depth > 0) {
    ask(*inner, depth - 1);
    inner->check();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto body = hadir::JsonBody::parse(text)) {
    check(body->json().is_object());
    auto in = body->fields();
    ask(in, 2);
    if (const auto reply = in.reply()) check(hadir::is_utf8(reply->getBody()));
  } else {
    check(body.error().kind == hadir::ErrorKind::invalid_input && hadir::is_utf8(body.error().message));
  }
  for (const auto& list : {hadir::read_employee_json(text, "list"), hadir::read_employee_csv(text, "list")})
    if (!list) check(list.error().kind == hadir::ErrorKind::invalid_input);
  return 0;
}
