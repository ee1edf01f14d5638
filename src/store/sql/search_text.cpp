#include "store/sql/search_text.hpp"

#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

struct FreeText {
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

/// Letters of their own to Unicode that people type without their stroke.
utf8proc_int32_t without_stroke(utf8proc_int32_t letter, void*) {
  switch (letter) {
    case 0x00F8:  // ø
    case 0x00D8:
      return 'o';
    case 0x0142:  // ł
    case 0x0141:
      return 'l';
    case 0x0111:  // đ
    case 0x0110:
      return 'd';
    case 0x0131:  // dotless i
      return 'i';
    default:
      return letter;
  }
}

}  // namespace

std::string folded(std::string_view text) {
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
  utf8proc_uint8_t* made = nullptr;
  const auto size =
      utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                          static_cast<utf8proc_ssize_t>(text.size()), &made, options, without_stroke, nullptr);
  const std::unique_ptr<utf8proc_uint8_t, FreeText> owner(made);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

std::string search_text_of(const Person& person) {
  // Several lines, so that no part of a text stretches over two of them.
  return folded(person.name + '\n' + person.first_name + ' ' + person.last_name + '\n' + person.last_name + ' ' +
                person.first_name + '\n' + person.employee_code + '\n' + person.email + '\n' + person.phone + '\n' +
                person.id_number);
}

Status fill_search_texts(Connections& connections) {
  return connections.write_all([](Connection& connection) -> Status {
    std::vector<Person> people;
    {
      auto query = connection.query(
          "SELECT id, name, first_name, last_name, employee_code, email, phone, id_number FROM persons"
          " WHERE search_text = ''");
      while (query.step()) {
        Person person;
        person.id = PersonId(query.text(0));
        person.name = query.text(1);
        person.first_name = query.text(2);
        person.last_name = query.text(3);
        person.employee_code = query.text(4);
        person.email = query.text(5);
        person.phone = query.text(6);
        person.id_number = query.text(7);
        people.push_back(std::move(person));
      }
    }
    for (const Person& person : people) {
      auto query = connection.query("UPDATE persons SET search_text = ? WHERE id = ?");
      query.bind(search_text_of(person)).bind(person.id).run();
    }
    return {};
  });
}

}  // namespace hadir::sql
