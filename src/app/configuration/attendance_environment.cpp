#include "app/configuration/attendance_environment.hpp"

#include <charconv>
#include <cmath>
#include <format>

namespace hadir {
namespace {

class Overrides {
 public:
  explicit Overrides(const Environment& environment) : environment_(environment) {}

  void boolean(const char* name, bool& value) {
    const auto text = given(name);
    if (!text) return;
    if (*text == "true" || *text == "1")
      value = true;
    else if (*text == "false" || *text == "0")
      value = false;
    else
      refuse(name, *text, "true or false");
  }

  void share(const char* name, double& value) {
    const auto text = given(name);
    if (!text) return;
    double number = 0;
    if (read(*text, number) && std::isfinite(number) && number >= 0 && number <= 1)
      value = number;
    else
      refuse(name, *text, "a number 0..1");
  }

  void minutes(const char* name, std::chrono::minutes& value) {
    const auto text = given(name);
    if (!text) return;
    int number = 0;
    if (read(*text, number) && number >= 0 && number <= 1440)
      value = std::chrono::minutes(number);
    else
      refuse(name, *text, "a whole number of minutes 0..1440");
  }

  std::vector<std::string> problems;

 private:
  std::optional<std::string> given(const char* name) const {
    auto text = environment_(name);
    if (text && text->empty()) text.reset();
    return text;
  }
  template <class Number>
  static bool read(const std::string& text, Number& number) {
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && rest == end;
  }
  void refuse(const char* name, const std::string& text, const char* allowed) {
    problems.push_back(std::format("{}: \"{}\" is not allowed, only {}", name, text.substr(0, 60), allowed));
  }

  const Environment& environment_;
};

}  // namespace

std::vector<std::string> apply_attendance_environment(const Environment& environment, SiteSettings& site) {
  Overrides overrides(environment);
  overrides.boolean("FACE_RECOGNITION_ENABLED", site.face_recognition_enabled);
  overrides.boolean("AUTO_ATTENDANCE_ENABLED", site.auto_attendance_enabled);
  overrides.share("AUTO_CHECK_IN_THRESHOLD", site.auto_check_in_threshold);
  overrides.share("AUTO_CHECKOUT_THRESHOLD", site.auto_checkout_threshold);
  overrides.minutes("DUPLICATE_CHECK_WINDOW", site.duplicate_check_window);
  return std::move(overrides.problems);
}

}  // namespace hadir
