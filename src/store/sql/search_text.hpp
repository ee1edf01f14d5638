#pragma once
#include <string>
#include <string_view>

#include "core/records.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

/// The text without case, accents and other marks, by Unicode's case folding and compatibility decomposition: "Åsa" is
/// "asa", "STRASSE" and "Straße" are both "strasse". What is not UTF-8 stays as it is.
std::string folded(std::string_view text);

/// What persons.search_text holds for a person: everything they can be found by, folded.
std::string search_text_of(const Person& person);

/// Fills persons.search_text of people from before that column was there. Cheap when there are none.
Status fill_search_texts(Connections& connections);

}  // namespace hadir::sql
