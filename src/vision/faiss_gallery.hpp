#pragma once
#include <memory>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/recognition/gallery.hpp"

namespace faiss {
struct IndexFlat;
}

namespace hadir {

/// Exact search by FAISS on the calling thread alone. A search takes a shared lock, so searches never wait for each
/// other; an update holds them up for the time of one copy of the vectors at most.
class FaissGallery final : public Gallery {
 public:
  /// `rejection_floor`: a probe less similar than this to a rejected face is never held to be that face; a pack's
  /// `minimum_threshold` suits.
  FaissGallery(Metric metric, std::size_t dimensions, float rejection_floor);
  ~FaissGallery() override;

  Status replace(std::vector<GalleryTemplate> templates) override;
  Status set_person(const PersonId& person, std::vector<Embedding> templates) override;
  Status reject(const PersonId& person, Embedding not_them) override;
  std::vector<PersonMatch> search(const Embedding& probe, std::size_t people) const override;
  std::size_t person_count() const override;
  std::size_t template_count() const override;

 private:
  /// Row i of the index belongs to `row_person[i]`.
  struct Rows {
    std::unique_ptr<faiss::IndexFlat> index;
    std::vector<PersonId> row_person;
    std::unordered_map<PersonId, std::size_t> templates_of;
    std::size_t most_templates = 0;  ///< of one person
  };
  Status check(const Embedding& embedding) const;
  Rows empty_rows() const;
  void count_templates(Rows& rows) const;
  bool is_rejected(const PersonId& person, std::span<const Embedding> rejected, const Embedding& probe) const;
  float similarity_of(float distance) const;

  const Metric metric_;
  const std::size_t dimensions_;
  const float rejection_floor_;
  mutable std::shared_mutex mutex_;
  Rows rows_;
  std::unordered_map<PersonId, std::vector<Embedding>> rejections_;
};

}  // namespace hadir
