// The query of an address, percent-encoded, as routes read it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/records.hpp"
#include "web/query_values.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hadir::QueryValues in(std::string_view(reinterpret_cast<const char*>(data), size));
  in.require({"q"});
  if (const auto text = in.text("q", {.most = 100})) check(!text->empty() && hadir::is_utf8(*text));
  if (const auto number = in.integer("minutes", {.least = 15, .most = 240})) check(*number >= 15 && *number <= 240);
  if (const auto number = in.number("min_confidence", {.least = 0, .most = 1})) check(*number >= 0 && *number <= 1);
  in.boolean("unread");
  if (const auto day = in.day("date")) check(hadir::parse_day(hadir::format_day(*day)) == *day);
  in.time("from");
  in.word("status", hadir::attendance_status_from, "a status");
  const auto page = in.page();
  check(page.page >= 1 && page.size >= 1 && page.size <= 100 && page.paging().offset >= 0);
  in.ignore("v");
  if (const auto reply = in.reply()) check(hadir::is_utf8(reply->getBody()));
  return 0;
}
