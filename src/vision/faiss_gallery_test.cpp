#include "vision/faiss_gallery.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

namespace hadir {
namespace {

constexpr std::size_t dimensions = 16;

class Random {
 public:
  std::vector<float> values(std::size_t count = dimensions) {
    std::vector<float> v(count);
    for (auto& x : v) x = normal_(engine_);
    return v;
  }
  Embedding embedding() { return *Embedding::normalised(values()); }
  /// The given one with a little noise.
  Embedding near(const Embedding& other, float noise) {
    auto v = values();
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = other.values()[i] + noise * v[i];
    return *Embedding::normalised(v);
  }

 private:
  std::mt19937 engine_{7};
  std::normal_distribution<float> normal_;
};

PersonId person(int number) {
  return PersonId(std::format("P{:03}", number));
}

/// Best template of each person, by comparing with all.
std::vector<PersonMatch> search_all(Metric metric, const std::vector<GalleryTemplate>& templates,
                                    const Embedding& probe) {
  std::map<PersonId, float> best;
  for (const auto& entry : templates) {
    const float s = similarity(metric, entry.embedding, probe);
    const auto [found, is_new] = best.emplace(entry.person, s);
    if (!is_new) found->second = std::max(found->second, s);
  }
  std::vector<PersonMatch> matches;
  for (const auto& [who, s] : best) matches.push_back({who, s});
  std::ranges::sort(matches, std::greater{}, &PersonMatch::similarity);
  return matches;
}

class GalleryTest : public testing::TestWithParam<Metric> {};
INSTANTIATE_TEST_SUITE_P(Metrics, GalleryTest, testing::Values(Metric::cosine, Metric::euclidean),
                         [](const auto& tested) { return tested.param == Metric::cosine ? "cosine" : "euclidean"; });

TEST_P(GalleryTest, FindsWhatComparingWithAllFinds) {
  Random random;
  std::vector<GalleryTemplate> templates;
  for (int p = 0; p < 40; ++p)
    for (int t = 0; t < 1 + p % 7; ++t) templates.push_back({person(p), random.embedding()});
  FaissGallery gallery(GetParam(), dimensions, 0.3F);
  ASSERT_TRUE(gallery.replace(templates));
  EXPECT_EQ(gallery.person_count(), 40U);
  EXPECT_EQ(gallery.template_count(), templates.size());
  for (int i = 0; i < 50; ++i) {
    const auto probe = random.embedding();
    const auto expected = search_all(GetParam(), templates, probe);
    for (const std::size_t people : {1UL, 2UL, 5UL, 100UL}) {
      const auto found = gallery.search(probe, people);
      ASSERT_EQ(found.size(), std::min<std::size_t>(people, 40));
      for (std::size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].person, expected[k].person);
        EXPECT_NEAR(found[k].similarity, expected[k].similarity, 1e-5F);
      }
    }
  }
}

TEST(FaissGallery, TheRunnerUpIsAnotherPersonHoweverManyTemplatesTheBestHas) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.3F);
  const auto face = random.embedding();
  std::vector<Embedding> many;
  for (int i = 0; i < 60; ++i) many.push_back(random.near(face, 0.05F));
  ASSERT_TRUE(gallery.set_person(person(1), many));
  ASSERT_TRUE(gallery.set_person(person(2), {random.embedding()}));
  const auto found = gallery.search(face, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].person, person(1));
  EXPECT_EQ(found[1].person, person(2));
}

TEST(FaissGallery, UpdatesReplaceAndRemoveAPerson) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.3F);
  const auto a = random.embedding(), b = random.embedding(), c = random.embedding();
  ASSERT_TRUE(gallery.replace({{person(1), a}, {person(2), b}, {person(1), c}}));
  ASSERT_TRUE(gallery.set_person(person(1), {random.embedding()}));
  EXPECT_EQ(gallery.template_count(), 2U);
  EXPECT_EQ(gallery.search(b, 1).front().person, person(2));
  EXPECT_LT(gallery.search(a, 1).front().similarity, 0.999F);
  ASSERT_TRUE(gallery.set_person(person(1), {}));
  EXPECT_EQ(gallery.person_count(), 1U);
  ASSERT_TRUE(gallery.set_person(person(9), {}));
  EXPECT_EQ(gallery.person_count(), 1U);
  ASSERT_TRUE(gallery.replace({}));
  EXPECT_TRUE(gallery.search(b, 3).empty());
}

TEST(FaissGallery, RefusesOtherDimensionsAndChangesNothing) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.3F);
  const auto a = random.embedding();
  ASSERT_TRUE(gallery.replace({{person(1), a}}));
  const auto short_one = *Embedding::normalised(random.values(8));
  for (const auto& status : {gallery.replace({{person(2), a}, {person(3), short_one}}),
                             gallery.set_person(person(1), {a, short_one}), gallery.reject(person(1), short_one)}) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::invalid_input);
  }
  EXPECT_EQ(gallery.search(a, 5).size(), 1U);
  EXPECT_TRUE(gallery.search(short_one, 1).empty());
  EXPECT_TRUE(gallery.search(a, 0).empty());
}

TEST(FaissGallery, ARejectedFaceNoLongerMatchesThatPersonButThePersonStillDoes) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.3F);
  const auto template_of_1 = random.embedding();
  const auto stranger = random.near(template_of_1, 0.2F);
  const auto other = random.embedding();
  ASSERT_TRUE(gallery.replace({{person(1), template_of_1}, {person(2), other}}));
  ASSERT_EQ(gallery.search(stranger, 1).front().person, person(1));
  ASSERT_TRUE(gallery.reject(person(1), stranger));
  const auto again = random.near(stranger, 0.02F);
  const auto found = gallery.search(again, 2);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person, person(2));
  EXPECT_EQ(gallery.search(template_of_1, 1).front().person, person(1));
  // A face like neither is not touched by the rejection.
  EXPECT_EQ(gallery.search(other, 2).size(), 2U);
}

TEST(FaissGallery, ARejectionBelowTheFloorIsIgnored) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.9F);
  const auto a = random.embedding();
  const auto stranger = random.near(a, 0.2F);
  ASSERT_TRUE(gallery.set_person(person(1), {a}));
  ASSERT_TRUE(gallery.reject(person(1), stranger));
  const auto vague = random.near(stranger, 0.25F);
  ASSERT_LT(similarity(Metric::cosine, vague, stranger), 0.9F);
  EXPECT_EQ(gallery.search(vague, 1).size(), 1U);
}

/// Searches see the gallery before or after an update, never half of it. Meant for the thread sanitizer, too.
TEST(FaissGallery, SearchesWhileOthersUpdate) {
  Random random;
  FaissGallery gallery(Metric::cosine, dimensions, 0.3F);
  std::vector<Embedding> faces;
  for (int p = 0; p < 50; ++p) faces.push_back(random.embedding());
  for (int p = 0; p < 50; ++p) ASSERT_TRUE(gallery.set_person(person(p), {faces[static_cast<std::size_t>(p)]}));
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> searchers;
    for (int t = 0; t < 3; ++t)
      searchers.emplace_back([&](const std::stop_token& stop) {
        while (!stop.stop_requested())
          for (std::size_t p = 0; p < 10; ++p) {  // The first ten are never changed.
            const auto found = gallery.search(faces[p], 2);
            if (found.empty() || found[0].person != person(static_cast<int>(p)) || found[0].similarity < 0.999F)
              ++wrong;
          }
      });
    for (int round = 0; round < 300; ++round) {
      const int p = 10 + round % 40;
      ASSERT_TRUE(
          gallery.set_person(person(p), round % 3 == 0 ? std::vector<Embedding>{} : std::vector{random.embedding()}));
      if (round % 50 == 0) {
        ASSERT_TRUE(gallery.reject(person(p), random.embedding()));
      }
    }
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace hadir
