#include "web/search_notes.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

Principal caller(const std::string& name) {
  Principal made;
  made.name = name;
  return made;
}
const Instant noon = *parse_iso8601("2026-01-05T12:00:00+07:00");

TEST(SearchNotes, TheSameWordsAreOneSearchForAWhile) {
  SearchNotes notes;
  EXPECT_TRUE(notes.is_new(caller("siti"), "ada", noon));
  EXPECT_FALSE(notes.is_new(caller("siti"), "ada", noon + SearchNotes::same_search));
  EXPECT_TRUE(notes.is_new(caller("siti"), "ada", noon + SearchNotes::same_search + std::chrono::seconds(1)));
  EXPECT_TRUE(notes.is_new(caller("siti"), "ben", noon + SearchNotes::same_search));
  EXPECT_TRUE(notes.is_new(caller("siti"), "ada", noon + SearchNotes::same_search)) << "something else came between";
  EXPECT_TRUE(notes.is_new(caller("hana"), "ada", noon + SearchNotes::same_search)) << "somebody else";
}

TEST(SearchNotes, RatherNotesTwiceThanGrows) {
  SearchNotes notes;
  for (std::size_t i = 0; i <= SearchNotes::most; ++i)
    EXPECT_TRUE(notes.is_new(caller(std::to_string(i)), "ada", noon));
  EXPECT_TRUE(notes.is_new(caller("0"), "ada", noon));
}

}  // namespace
}  // namespace hadir
