#include "vision/faiss_gallery.hpp"

#include <faiss/IndexFlat.h>
#include <faiss/impl/IDSelector.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <format>
#include <mutex>
#include <tuple>
#include <unordered_set>

#include "vision/blas_threads.hpp"

namespace hadir {
namespace {

/// FAISS sums by OpenMP and a BLAS, each with threads of its own unless told otherwise. The first setting belongs to
/// the calling thread.
void use_one_thread() {
  omp_set_num_threads(1);
  limit_blas_to_one_thread();
}

}  // namespace

FaissGallery::FaissGallery(Metric metric, std::size_t dimensions, float rejection_floor)
    : metric_(metric), dimensions_(dimensions), rejection_floor_(rejection_floor), rows_(empty_rows()) {}

FaissGallery::~FaissGallery() = default;

FaissGallery::Rows FaissGallery::empty_rows() const {
  Rows rows;
  rows.index =
      std::make_unique<faiss::IndexFlat>(static_cast<faiss::idx_t>(dimensions_),
                                         metric_ == Metric::cosine ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2);
  return rows;
}

float FaissGallery::similarity_of(float distance) const {
  return metric_ == Metric::cosine ? distance : 1.F - std::sqrt(std::max(0.F, distance));  // FAISS's L2 is squared.
}

Status FaissGallery::check(const Embedding& embedding) const {
  if (embedding.dimensions() == dimensions_) return {};
  return fail(ErrorKind::invalid_input,
              std::format("an embedding of {} dimensions for a gallery of {}", embedding.dimensions(), dimensions_));
}

void FaissGallery::count_templates(Rows& rows) const {
  rows.templates_of.clear();
  rows.most_templates = 0;
  for (const auto& person : rows.row_person)
    rows.most_templates = std::max(rows.most_templates, ++rows.templates_of[person]);
}

Status FaissGallery::replace(std::vector<GalleryTemplate> templates) {
  use_one_thread();
  Rows rows = empty_rows();
  std::vector<float> values;
  values.reserve(templates.size() * dimensions_);
  for (auto& entry : templates) {
    if (auto checked = check(entry.embedding); !checked) return checked;
    const auto vector = entry.embedding.values();
    values.insert(values.end(), vector.begin(), vector.end());
    rows.row_person.push_back(std::move(entry.person));
  }
  rows.index->add(static_cast<faiss::idx_t>(rows.row_person.size()), values.data());
  count_templates(rows);
  const std::unique_lock lock(mutex_);
  std::swap(rows_, rows);
  return {};
}

Status FaissGallery::set_person(const PersonId& person, std::vector<Embedding> templates) {
  use_one_thread();
  for (const auto& embedding : templates)
    if (auto checked = check(embedding); !checked) return checked;
  const std::unique_lock lock(mutex_);
  if (rows_.templates_of.contains(person)) {
    std::vector<faiss::idx_t> ids;
    for (std::size_t row = 0; row < rows_.row_person.size(); ++row)
      if (rows_.row_person[row] == person) ids.push_back(static_cast<faiss::idx_t>(row));
    // Later rows move up and keep their order, in the index as in the list.
    rows_.index->remove_ids(faiss::IDSelectorArray(ids.size(), ids.data()));
    std::erase(rows_.row_person, person);
  }
  for (const auto& embedding : templates) {
    rows_.index->add(1, embedding.values().data());
    rows_.row_person.push_back(person);
  }
  count_templates(rows_);
  return {};
}

Status FaissGallery::reject(const PersonId& person, Embedding not_them) {
  if (auto checked = check(not_them); !checked) return checked;
  const std::unique_lock lock(mutex_);
  rejections_[person].push_back(std::move(not_them));
  return {};
}

bool FaissGallery::is_rejected(const PersonId& person, std::span<const Embedding> rejected,
                               const Embedding& probe) const {
  if (!rows_.templates_of.contains(person)) return false;
  float to_rejected = -2.F;
  for (const auto& embedding : rejected) to_rejected = std::max(to_rejected, similarity(metric_, embedding, probe));
  if (to_rejected < rejection_floor_) return false;
  for (std::size_t row = 0; row < rows_.row_person.size(); ++row) {
    if (rows_.row_person[row] != person) continue;
    const float* vector = rows_.index->get_xb() + row * dimensions_;
    const auto own = Embedding::raw({vector, dimensions_});
    if (own && similarity(metric_, *own, probe) > to_rejected) return false;
  }
  return true;
}

std::vector<PersonMatch> FaissGallery::search(const Embedding& probe, std::size_t people) const {
  if (people == 0 || !check(probe)) return {};
  use_one_thread();
  const std::shared_lock lock(mutex_);
  const std::size_t total = rows_.row_person.size();
  if (total == 0) return {};
  std::unordered_set<PersonId> excluded;
  for (const auto& [person, rejected] : rejections_)
    if (is_rejected(person, rejected, probe)) excluded.insert(person);

  // So many of the nearest templates hold the wanted number of people, however their templates are spread.
  const std::size_t others = people + excluded.size() - 1;
  const std::size_t count = std::min(total, others * rows_.most_templates + 1);
  std::vector<float> distances(count);
  std::vector<faiss::idx_t> ids(count);
  rows_.index->search(1, probe.values().data(), static_cast<faiss::idx_t>(count), distances.data(), ids.data());

  std::vector<PersonMatch> matches;
  for (std::size_t i = 0; i < count && ids[i] >= 0; ++i) {
    const auto& person = rows_.row_person[static_cast<std::size_t>(ids[i])];
    if (excluded.contains(person) || std::ranges::contains(matches, person, &PersonMatch::person)) continue;
    matches.push_back({person, similarity_of(distances[i])});
  }
  // Equal similarities in an order that does not depend on the rows.
  std::ranges::sort(matches, [](const PersonMatch& a, const PersonMatch& b) {
    return std::tuple(-a.similarity, a.person) < std::tuple(-b.similarity, b.person);
  });
  if (matches.size() > people) matches.resize(people);
  return matches;
}

std::size_t FaissGallery::person_count() const {
  const std::shared_lock lock(mutex_);
  return rows_.templates_of.size();
}

std::size_t FaissGallery::template_count() const {
  const std::shared_lock lock(mutex_);
  return rows_.row_person.size();
}

}  // namespace hadir
