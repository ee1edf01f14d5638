#include "app/access/password_policy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <format>
#include <set>
#include <string_view>

namespace hadir {
namespace {

constexpr std::size_t shortest = 12;
constexpr std::size_t longest = 1024;

// What people take first when something longer is asked for. Compared without case, digits and signs at the end, so
// "Password2026!" is found by "password". Made for hadir; not a copy of a leaked list.
constexpr auto common = std::to_array<std::string_view>({"password",        "passwordpassword",
                                                         "passphrase",      "passw0rd",
                                                         "p@ssword",        "p@ssw0rd",
                                                         "mypassword",      "newpassword",
                                                         "changeme",        "changemenow",
                                                         "changethis",      "default",
                                                         "defaultpassword", "administrator",
                                                         "adminadmin",      "adminpassword",
                                                         "adminadminadmin", "rootroot",
                                                         "rootrootroot",    "rootpassword",
                                                         "superuser",       "supervisor",
                                                         "letmein",         "letmeinplease",
                                                         "letmeinnow",      "welcome",
                                                         "welcomehome",     "welcometothe",
                                                         "iloveyou",        "iloveyouso",
                                                         "iloveyousomuch",  "sunshine",
                                                         "princess",        "football",
                                                         "baseball",        "basketball",
                                                         "superman",        "spiderman",
                                                         "batman",          "pokemon",
                                                         "dragon",          "monkey",
                                                         "shadow",          "master",
                                                         "freedom",         "whatever",
                                                         "trustnoone",      "starwars",
                                                         "internet",        "computer",
                                                         "samsung",         "camera",
                                                         "cameras",         "cctv",
                                                         "cctvcamera",      "attendance",
                                                         "security",        "qwerty",
                                                         "qwertyuiop",      "qwertyuiopasdf",
                                                         "qwertyqwerty",    "asdfghjkl",
                                                         "asdfasdf",        "asdfasdfasdf",
                                                         "zxcvbnm",         "zxcvbnmasdf",
                                                         "qazwsx",          "qazwsxedc",
                                                         "qazwsxedcrfv",    "1q2w3e4r",
                                                         "1q2w3e4r5t",      "1q2w3e4r5t6y",
                                                         "q1w2e3r4t5y6",    "abcdef",
                                                         "abcdefgh",        "abcdefghijkl",
                                                         "abcabcabc",       "abcdabcdabcd",
                                                         "katasandi",       "rahasia",
                                                         "sandisandi",      "indonesia",
                                                         "indonesiaraya",   "merdeka",
                                                         "bismillah",       "sayangku",
                                                         "akucintakamu",    "correcthorsebatterystaple",
                                                         "thisisapassword", "thisismypassword",
                                                         "nopassword",      "secretsecret",
                                                         "secretpassword",  "testtesttest",
                                                         "testpassword",    "guestguest",
                                                         "useruser",        "userpassword",
                                                         "demodemo",        "demopassword",
                                                         "hellohello",      "helloworld",
                                                         "1234567890",      "0987654321",
                                                         "123456789012",    "012345678901",
                                                         "111111111111",    "000000000000"});

std::string small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

std::string without_tail(std::string text) {
  while (!text.empty() && std::isalpha(static_cast<unsigned char>(text.back())) == 0 && text.back() > 0)
    text.pop_back();
  return text;
}

/// Characters, not bytes, of UTF-8.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// "abcabcabcabc", "111111111111", "1234567890123".
bool is_monotonous(std::string_view text) {
  if (std::set<char>(text.begin(), text.end()).size() < 5) return true;
  const auto steps_by = [&](int step) {
    return std::ranges::adjacent_find(text, [&](char a, char b) { return b - a != step && !(a == '9' && b == '0'); }) ==
           text.end();
  };
  return steps_by(1) || steps_by(-1);
}

}  // namespace

Status check_password(const std::string& password, const std::string& user_name) {
  const auto refuse = [](const std::string& why) { return fail(ErrorKind::invalid_input, "password: " + why); };
  const std::size_t length = length_of(password);
  if (length < shortest) return refuse(std::format("must have at least {} characters", shortest));
  if (length > longest) return refuse(std::format("must have at most {} characters", longest));
  if (password.contains('\0')) return refuse("must not hold a zero byte");
  const std::string small = small_letters(password);
  if (is_monotonous(small)) return refuse("is too easy to guess: it repeats itself");
  if (std::ranges::contains(common, small) || std::ranges::contains(common, without_tail(small)))
    return refuse("is among the commonest; choose another");
  if (user_name.size() >= 3 && small.contains(small_letters(user_name))) return refuse("must not hold the user's name");
  if (small.contains("hadir")) return refuse("must not hold the name of this program");
  return {};
}

Status check_user_name(const std::string& name) {
  const auto fits = [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || std::string_view("._-@").contains(static_cast<char>(c)));
  };
  if (name.empty() || name.size() > 64 || !std::ranges::all_of(name, fits) ||
      std::isalnum(static_cast<unsigned char>(name.front())) == 0)
    return fail(ErrorKind::invalid_input,
                "name: must be 1 to 64 letters, digits, dots, _, - or @, and begin with a letter or digit");
  return {};
}

}  // namespace hadir
