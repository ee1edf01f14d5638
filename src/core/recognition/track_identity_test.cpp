#include "core/recognition/track_identity.hpp"

#include <gtest/gtest.h>

#include <map>

namespace hadir {
namespace {

/// An exact gallery in the plainest form: one template a person.
class PlainGallery final : public Gallery {
 public:
  std::map<PersonId, Embedding> people;
  Status replace(std::vector<GalleryTemplate>) override { return {}; }
  Status set_person(const PersonId&, std::vector<Embedding>) override { return {}; }
  Status reject(const PersonId&, Embedding) override { return {}; }
  std::vector<PersonMatch> search(const Embedding& probe, std::size_t count) const override {
    std::vector<PersonMatch> all;
    for (const auto& [person, own] : people) all.push_back({person, similarity(Metric::cosine, own, probe)});
    std::ranges::sort(all, [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
    all.resize(std::min(all.size(), count));
    return all;
  }
  std::size_t person_count() const override { return people.size(); }
  std::size_t template_count() const override { return people.size(); }
};

constexpr std::size_t dimensions = 16;

/// A unit vector with `amount` along axis `towards` and the rest along axis `rest`: cosine to axis `towards` = amount.
Embedding look_at(std::size_t towards, float amount, std::size_t rest) {
  std::vector<float> v(dimensions, 0.0F);
  v[towards] = amount;
  v[rest] += std::sqrt(1 - amount * amount);
  return Embedding::normalised(v).value();
}

class TrackIdentityTest : public testing::Test {
 protected:
  TrackIdentityTest() {
    gallery_.people[PersonId("ani")] = look_at(0, 1, 1);
    gallery_.people[PersonId("budi")] = look_at(1, 1, 2);
    calibration_.impostors = {{0.1F, 1e-1}, {0.2F, 1e-2}, {0.3F, 1e-3}, {0.5F, 1e-5}};
    calibration_.minimum_threshold = 0.3F;
    settings_.recognition_threshold = 0.5;
  }
  TrackDecision look(const Embedding& embedding, float weight = 1) {
    return identity_.add(embedding, weight, gallery_, calibration_, settings_);
  }
  PlainGallery gallery_;
  Calibration calibration_;
  AnalysisSettings settings_;
  TrackIdentity identity_;
};

TEST_F(TrackIdentityTest, NamesAfterEnoughLooksAndNotBefore) {
  EXPECT_EQ(look(look_at(0, 0.9F, 5)).verdict, Verdict::undecided);
  EXPECT_EQ(look(look_at(0, 0.9F, 6)).verdict, Verdict::undecided);
  const auto decision = look(look_at(0, 0.9F, 5));
  EXPECT_EQ(decision.verdict, Verdict::known);
  EXPECT_EQ(decision.person, PersonId("ani"));
  EXPECT_GT(decision.similarity, 0.9F);  // fused looks are closer than any single one
}

TEST_F(TrackIdentityTest, OneBrilliantFrameNamesNobody) {
  look(look_at(7, 1, 8));
  look(look_at(0, 0.9F, 7), 100);  // as good a look as can be, alone
  const auto decision = look(look_at(7, 0.95F, 8));
  EXPECT_EQ(decision.verdict, Verdict::unknown);
  EXPECT_FALSE(decision.person);
}

TEST_F(TrackIdentityTest, AStrangerIsUnknownAfterTheSameNumberOfLooks) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(look(look_at(9, 1, 8)).verdict, Verdict::undecided);
  EXPECT_EQ(look(look_at(9, 1, 8)).verdict, Verdict::unknown);
}

TEST_F(TrackIdentityTest, TwoPeopleEquallyNearMeanNobody) {
  std::vector<float> between(dimensions, 0.0F);
  between[0] = 0.7F;
  between[1] = 0.68F;
  const auto embedding = Embedding::normalised(between).value();
  for (int i = 0; i < 5; ++i) look(embedding);
  EXPECT_EQ(identity_.decision().verdict, Verdict::unknown);
}

TEST_F(TrackIdentityTest, WeightDecidesAgainstTheMajorityOfPoorLooks) {
  settings_.smoothing_min_votes = 2;
  look(look_at(0, 0.8F, 5), 1);
  look(look_at(0, 0.8F, 5), 1);
  EXPECT_EQ(identity_.decision().verdict, Verdict::known);
  // A long run of looks at the same face that no longer resemble anybody enrolled outvotes the first.
  for (int i = 0; i < 3; ++i) look(look_at(5, 0.9F, 0), 3);
  EXPECT_NE(identity_.decision().person, PersonId("budi"));
}

TEST_F(TrackIdentityTest, AnotherFaceOnTheSameTrackStartsAfresh) {
  for (int i = 0; i < 3; ++i) look(look_at(0, 0.9F, 5));
  ASSERT_EQ(identity_.decision().verdict, Verdict::known);
  look(look_at(9, 1, 8));
  EXPECT_TRUE(identity_.jumped());
  EXPECT_EQ(identity_.decision().verdict, Verdict::undecided);
  EXPECT_EQ(identity_.looks(), 1);
}

TEST_F(TrackIdentityTest, TheThresholdFollowsTheGallerysSizeUnlessFixed) {
  settings_.recognition_threshold.reset();
  look(look_at(0, 0.9F, 5));
  const float small = identity_.decision().threshold;
  for (int i = 0; i < 500; ++i) gallery_.people[PersonId("p" + std::to_string(i))] = look_at(3, 1, 4);
  look(look_at(0, 0.9F, 5));
  EXPECT_GT(identity_.decision().threshold, small);
}

TEST_F(TrackIdentityTest, AnEmptyGalleryKnowsNobody) {
  gallery_.people.clear();
  for (int i = 0; i < 5; ++i) look(look_at(0, 0.9F, 5));
  EXPECT_EQ(identity_.decision().verdict, Verdict::unknown);
}

}  // namespace
}  // namespace hadir
