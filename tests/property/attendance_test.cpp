// For random journals and random edits of rules: records kept up to date sighting by sighting are those that a full
// recomputation makes, whatever the order in which sightings arrive and however often. A failure prints its seed;
// HADIR_PROPERTY_SEED runs that one alone, HADIR_PROPERTY_ROUNDS changes how many are tried.
#include <cstdlib>

#include <gtest/gtest.h>

#include "property/journals.hpp"

namespace hadir::property {
namespace {

/// Keeps the records of a scenario up to date, as a server does.
class Run {
 public:
  explicit Run(Scenario& scenario) : scenario_(scenario), told_(scenario.begin - 48h) {}

  Status play() {
    for (const auto& event : scenario_.events)
      if (auto done = take(event); !done) return done;
    return tick(scenario_.end + 26h);
  }
  Rulebook rules() const { return Rulebook::from(scenario_.contents).value(); }
  Instant told() const { return told_; }

  MemoryBook book;

 private:
  Status take(const Scenario::Event& event) {
    switch (event.kind) {
      case Scenario::Event::Kind::tick:
        return tick(event.at);
      case Scenario::Event::Kind::edit: {
        if (auto done = tick(event.at); !done) return done;
        const auto edit = scenario_.edit(event.at);
        const auto changed = rules();
        Judge judge(changed, book);
        for (const auto& person : scenario_.people)
          for (const auto day : edit.again)
            if (auto done = judge.judge_again(person, day, told_); !done) return done;
        return {};
      }
      case Scenario::Event::Kind::sighting: {
        if (!book.add_to_journal(event.sighting)) return {};
        const auto current = rules();
        const auto& who = *std::ranges::find(scenario_.people, *event.sighting.person, &JudgedPerson::id);
        return Judge(current, book).add(who, event.sighting, told_);
      }
    }
    return {};
  }
  Status tick(Instant now) {
    const auto current = rules();
    Judge judge(current, book);
    for (const auto& person : scenario_.people)
      if (auto done = judge.pass(person, told_, now); !done) return done;
    told_ = std::max(told_, now);
    return {};
  }

  Scenario& scenario_;
  Instant told_;
};

std::vector<std::uint64_t> seeds() {
  if (const char* one = std::getenv("HADIR_PROPERTY_SEED")) return {std::stoull(one)};
  const char* rounds = std::getenv("HADIR_PROPERTY_ROUNDS");
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= (rounds != nullptr ? std::stoull(rounds) : 100); ++seed) all.push_back(seed);
  return all;
}

/// The lines that only one of the two has.
std::string difference(const JudgedRecords& kept, const JudgedRecords& whole) {
  const auto a = text_of(kept);
  const auto b = text_of(whole);
  if (a == b) return "";
  std::string lines = "\n";
  for (const auto& line : a)
    if (std::ranges::find(b, line) == b.end()) lines += "kept only:       " + line + "\n";
  for (const auto& line : b)
    if (std::ranges::find(a, line) == a.end()) lines += "recomputed only: " + line + "\n";
  return lines + "(or in another order)\n";
}

struct Totals {
  std::size_t edges = 0;
  std::size_t days = 0;
  std::size_t violations = 0;
};

/// Plays the scenario and compares; counts what there was to compare.
void expect_as_recomputed(Scenario& scenario, Totals& totals) {
  Run run(scenario);
  const auto played = run.play();
  ASSERT_TRUE(played) << played.error().message;
  const auto rules = run.rules();
  for (const auto& person : scenario.people) {
    const auto kept = run.book.records_of(person.id);
    const auto whole = recompute(rules, person, run.book.journal_of(person.id), run.told());
    ASSERT_EQ(difference(kept, whole), "") << person.id.str();
    totals.edges += whole.edges.size();
    totals.days += whole.days.size();
    totals.violations += whole.violations.size();
  }
}

void expect_something(const Totals& totals, std::size_t rounds) {
  if (rounds < 100) return;
  EXPECT_GT(totals.edges, rounds * 20) << "the journals are too quiet to prove anything";
  EXPECT_GT(totals.days, rounds * 2);
  EXPECT_GT(totals.violations, rounds);
}

TEST(AttendanceProperty, KeptUpToDateIsRecomputed) {
  Totals totals;
  for (const auto seed : seeds()) {
    SCOPED_TRACE(std::format("HADIR_PROPERTY_SEED={}", seed));
    Scenario scenario(seed);
    ASSERT_NO_FATAL_FAILURE(expect_as_recomputed(scenario, totals));
  }
  expect_something(totals, seeds().size());
}

TEST(AttendanceProperty, RepeatedAndLateSightingsChangeNothing) {
  Totals totals;
  for (const auto seed : seeds()) {
    SCOPED_TRACE(std::format("HADIR_PROPERTY_SEED={}", seed));
    Scenario scenario(seed);
    scenario.disturb(std::chrono::seconds(seed % 3 == 0 ? 5 : seed % 3 == 1 ? 120 : 40'000));
    ASSERT_NO_FATAL_FAILURE(expect_as_recomputed(scenario, totals));
  }
  expect_something(totals, seeds().size());
}

}  // namespace
}  // namespace hadir::property
