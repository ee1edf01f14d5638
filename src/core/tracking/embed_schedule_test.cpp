#include "core/tracking/embed_schedule.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

class Nobody final : public Gallery {
 public:
  explicit Nobody(float best) : best_(best) {}
  Status replace(std::vector<GalleryTemplate>) override { return {}; }
  Status set_person(const PersonId&, std::vector<Embedding>) override { return {}; }
  Status reject(const PersonId&, Embedding) override { return {}; }
  std::vector<PersonMatch> search(const Embedding&, std::size_t) const override { return {{PersonId("ani"), best_}}; }
  std::size_t person_count() const override { return 1; }
  std::size_t template_count() const override { return 1; }

 private:
  float best_;
};

/// Looks that a track of `seconds` takes at 8 analysed frames a second when every look is that similar to the best
/// person.
int looks_taken(float similarity_to_best, int seconds, const AnalysisSettings& settings) {
  const Nobody gallery(similarity_to_best);
  Calibration calibration;
  calibration.impostors = {{0.1F, 1e-1}, {0.5F, 1e-5}};
  const auto look = Embedding::normalised(std::vector<float>{1, 0}).value();
  TrackIdentity identity;
  EmbedSchedule schedule;
  for (int frame = 0; frame < seconds * 8; ++frame) {
    const Millis now{frame * 125};
    if (!schedule.due(now, 0.5, settings)) continue;
    identity.add(look, 0.5F, gallery, calibration, settings);
    schedule.taken(now, 0.5, identity, settings);
  }
  return schedule.looks();
}

TEST(EmbedScheduleTest, SpendsLooksOnlyWhereTheyChangeADecision) {
  AnalysisSettings settings;
  settings.recognition_threshold = 0.4;
  // Plain looping would embed 240 faces in 30 s.
  EXPECT_LE(looks_taken(0.0F, 30, settings), 8);  // a clear stranger
  EXPECT_LE(looks_taken(0.7F, 30, settings), 6);  // somebody known: three votes, then re-checks
  EXPECT_GE(looks_taken(0.7F, 30, settings), 5);
  EXPECT_EQ(looks_taken(0.7F, 1, settings), 3);  // and the three votes come within a second
}

TEST(EmbedScheduleTest, ABetterFaceIsWorthALookBeforeItsTime) {
  AnalysisSettings settings;
  settings.recognition_threshold = 0.4;
  EmbedSchedule schedule;
  TrackIdentity identity;
  Calibration calibration;
  calibration.impostors = {{0.1F, 1e-1}, {0.5F, 1e-5}};
  const Nobody gallery(0.0F);
  identity.add(Embedding::normalised(std::vector<float>{1, 0}).value(), 0.2F, gallery, calibration, settings);
  schedule.taken(Millis{0}, 0.2, identity, settings);
  EXPECT_FALSE(schedule.due(Millis{500}, 0.2, settings));
  EXPECT_TRUE(schedule.due(Millis{500}, 0.5, settings));
  EXPECT_FALSE(schedule.due(Millis{125}, 0.5, settings));
}

TEST(EmbedScheduleTest, TheCapHoldsButReChecksGoOn) {
  AnalysisSettings settings;
  settings.recognition_threshold = 0.4;
  settings.max_embeddings_per_track = 4;
  const int in_a_minute = looks_taken(0.35F, 60, settings);  // always nearly, never enough
  EXPECT_GT(in_a_minute, 4);
  EXPECT_LE(in_a_minute, 4 + 6);
}

}  // namespace
}  // namespace hadir
