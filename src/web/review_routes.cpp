// What cameras were not sure of: the queue, and what somebody decides.
#include <cmath>
#include <format>

#include "app/attendance/review.hpp"
#include "app/facts/explanation_json.hpp"
#include "app/people/person_faces.hpp"
#include "web/day_json.hpp"
#include "web/field_errors.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

constexpr int usual_days = 92;
constexpr int most_days = 3660;

bool is_narrowed(const Principal& caller) {
  return !caller.cameras.empty() || !caller.departments.empty();
}

Result<Page<ReviewItem>> queue_of(const WebServices& services, const HttpCall& call, const DayFilter& filter,
                                  const Paging& paging) {
  const Instant now = services.clock.now();
  if (!is_narrowed(call.caller))
    return review_queue(services.database, services.rules, filter.from, filter.to, filter.person, paging, now);
  const auto may_see = [&](const Person& person, const AttendanceMark& mark) {
    return call.caller.sees_department(person.department) && (mark.camera.empty() || call.caller.sees(mark.camera));
  };
  return review_queue_for(services.database, services.rules, filter, may_see, paging, now);
}

/// The photo that the probe is compared with by eye: the person's primary one.
Result<Json> enrolled_picture(const WebServices& services, const HttpCall& call, const Person& person) {
  if (!call.caller.may(Permission::persons_read)) return Json(nullptr);
  const auto photos = photos_of(services.database, person.id);
  if (!photos) return std::unexpected(photos.error());
  if (photos->empty()) return Json(nullptr);
  return Json(std::format("/api/employees/{}/photos/{}", person.id.str(), photos->front().image.id.str()));
}

Result<Json> item_json(const WebServices& services, const HttpCall& call, const ReviewItem& item) {
  const bool is_first_in = item.day.first_in && item.day.first_in->at == item.mark.at;
  const char* end = is_first_in ? "first_in" : "last_out";
  auto enrolled = enrolled_picture(services, call, item.person);
  if (!enrolled) return std::unexpected(enrolled.error());
  const auto& camera = item.mark.camera;
  Json json{
      {"employee_id", item.person.employee_code},
      {"name", item.person.name},
      {"department", item.person.department},
      {"date", format_day(item.day.day)},
      {"end", end},
      {"time", site_time(services, item.mark.at)},
      {"camera", camera.empty() ? Json(nullptr) : Json{{"id", camera.str()}, {"name", camera_name(services, camera)}}},
      {"confidence", std::round(static_cast<double>(item.mark.confidence) * 1000) / 1000},
      {"reason", reason_json(item.reason)},
      {"picture", capture_url(call.caller, item.person, item.day.day, item.mark, end)},
      {"enrolled_picture", std::move(*enrolled)},
      {"is_over", item.closed},
      {"can_be_somebody_else", item.sighting.has_value()},
      {"day", day_json(services, call.caller, item.person, item.day, true)},
      {"updated_at", site_time(services, item.day.updated_at)}};
  return json;
}

DayFilter days_in(const WebServices& services, QueryValues& in) {
  const LocalDay today = services.site_day.of(services.clock.now());
  const auto from = in.day("from");
  const auto to = in.day("to");
  DayFilter filter{.from = {}, .to = to.value_or(from ? std::max(today, *from) : today), .person = {}, .status = {}};
  filter.from = from.value_or(filter.to - days(usual_days - 1));
  if (filter.to < filter.from) in.fault("to", "must not be before from");
  if ((filter.to - filter.from).count() >= most_days)
    in.fault("from", std::format("must be within {} days of to", most_days));
  return filter;
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  auto filter = days_in(services, in);
  const auto employee = in.text("employee");
  const auto page = in.page(50, 200);
  if (auto wrong = in.reply()) return wrong;
  if (employee) {
    const auto person = visible_person(services, call, *employee);
    if (!person) return error_reply(person.error(), "employee");
    filter.person = person->id;
  }
  const auto found = queue_of(services, call, filter, page.paging());
  if (!found) return error_reply(found.error());
  Json items = Json::array();
  for (const auto& item : found->rows) {
    auto json = item_json(services, call, item);
    if (!json) return error_reply(json.error());
    items.push_back(std::move(*json));
  }
  return json_reply({{"from", format_day(filter.from)},
                     {"to", format_day(filter.to)},
                     {"page", page.page},
                     {"page_size", page.size},
                     {"total", found->total},
                     {"items", std::move(items)}});
}

/// Here `check_in` is called "confirm": the marks stand.
std::optional<ReviewDecision> decision_from(std::string_view text) {
  if (text == "confirm") return ReviewDecision::check_in;
  return text == "check_in" ? std::nullopt : review_decision_from(text);
}

struct Asked {
  Review review;
  std::optional<std::string> other;
};

std::expected<Asked, drogon::HttpResponsePtr> decision_in(const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return std::unexpected(body.error());
  JsonFields in = body->fields();
  in.require({"decision", "updated_at"});
  Asked asked;
  const auto decision = in.word("decision", decision_from, "confirm, check_out, other_person or reject");
  asked.review.decision = decision.value_or(ReviewDecision::check_in);
  asked.other = in.text("person_id", {.most = 200});
  asked.review.first_in = in.time("first_in");
  asked.review.remarks = in.text("reason", {.least = 0, .most = 500, .lines = true}).value_or("");
  asked.review.seen_updated_at = in.time("updated_at");
  asked.review.while_open = in.boolean("while_open").value_or(false);
  asked.review.address = call.address;
  if (decision == ReviewDecision::other_person && !asked.other) in.require({"person_id"});
  if (decision && *decision != ReviewDecision::other_person && asked.other)
    in.fault("person_id", "goes with other_person alone");
  if (decision && *decision != ReviewDecision::check_out && asked.review.first_in)
    in.fault("first_in", "goes with check_out alone");
  if (auto wrong = in.reply()) return std::unexpected(wrong);
  return asked;
}

/// Whether somebody who sees not every camera or department may decide about that day.
Status check_visible(const WebServices& services, const HttpCall& call, const Person& person, LocalDay date) {
  if (call.caller.cameras.empty()) return {};
  const auto waiting = review_queue(services.database, services.rules, date, date, person.id, {.offset = 0, .limit = 1},
                                    services.clock.now());
  if (!waiting) return std::unexpected(waiting.error());
  for (const auto& item : waiting->rows)
    if (!item.mark.camera.empty() && !call.caller.sees(item.mark.camera))
      return fail(ErrorKind::not_found, "there is no such review");
  return {};
}

drogon::HttpResponsePtr decide(const WebServices& services, const HttpCall& call) {
  auto asked = decision_in(call);
  if (!asked) return asked.error();
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto date = parse_day(call.sub_id);
  if (!date) return error_reply(Error{ErrorKind::invalid_input, "date: must be a day such as 2026-01-05"}, "date");
  if (auto visible = check_visible(services, call, *person, *date); !visible) return error_reply(visible.error());
  std::optional<Person> other;
  if (asked->other) {
    auto found = visible_person(services, call, *asked->other);
    if (!found) return error_reply(found.error(), "person_id");
    if (found->id == person->id)
      return error_reply(Error{ErrorKind::invalid_input, "person_id: is the one it was taken for"}, "person_id");
    other = std::move(*found);
    asked->review.other = other->id;
  }
  asked->review.person = person->id;
  asked->review.day = *date;
  const auto before = services.database.attendance().day(person->id, *date);
  if (!before) return error_reply(before.error());
  const auto after = decide_review(services.database, services.pictures, services.rules, asked->review,
                                   call.caller.name, services.clock.now());
  if (!after) return field_errors_reply(after.error());
  tell_day(services, *person, *before, *after);
  if (other)
    if (const auto others = services.database.attendance().day(other->id, *date); others && *others)
      tell_day(services, *other, std::nullopt, *others);
  return json_reply({{"ok", true},
                     {"day", *after ? day_json(services, call.caller, *person, **after, true) : Json(nullptr)},
                     {"is_waiting_again", *after && (*after)->status == AttendanceStatus::pending_review}});
}

}  // namespace

void add_review_routes(Router& router, const WebServices& services) {
  const auto access = Access::to(Permission::attendance_approve);
  router.add({drogon::Get, "/api/reviews", access}, [&services](const HttpCall& call) { return list(services, call); });
  router.add({drogon::Post, "/api/reviews/{id}/{date}", access},
             [&services](const HttpCall& call) { return decide(services, call); });
}

}  // namespace hadir
