#include "vision/model_pack.hpp"

#include <format>
#include <map>
#include <mutex>
#include <opencv2/core/utility.hpp>

#include "vision/pack_contents.hpp"

namespace hadir {
namespace {

/// A pack: what all its sets of models share, and the first of them, made to see that it runs.
class ModelPack final : public FaceModelFactory {
 public:
  explicit ModelPack(std::shared_ptr<const PackContents> contents) : contents_(std::move(contents)) {}

  /// Opens the models once, for the first caller of `make`, and notes what runs them.
  Status start() {
    auto models = contents_->make_set(&engine_);
    if (!models) return std::unexpected(models.error());
    first_ = std::move(*models);
    return {};
  }

  Result<FaceModels> make() override {
    {
      const std::scoped_lock lock(mutex_);
      if (auto models = std::exchange(first_, std::nullopt)) return std::move(*models);
    }
    return contents_->make_set();
  }

  const ModelId& model() const override { return contents_->model(); }
  const Calibration& calibration() const override { return contents_->manifest().calibration; }
  std::size_t dimensions() const override { return contents_->manifest().embedder.dimensions; }
  std::string describe() const override { return std::format("pack {} on {}", contents_->manifest().name, engine_); }

 private:
  std::shared_ptr<const PackContents> contents_;
  std::string engine_;
  std::mutex mutex_;
  std::optional<FaceModels> first_;
};

}  // namespace

Result<std::unique_ptr<FaceModelFactory>> load_pack(const ModelSettings& settings, const ModelLocations& where) {
  cv::setNumThreads(1);
  auto manifest = find_pack(where, choose_pack(settings, where).name);
  if (!manifest) return std::unexpected(manifest.error());
  std::map<std::string, ModelBytes> files;
  for (const auto& file : manifest->files) {
    auto bytes = read_model(where, *manifest, file);
    if (!bytes) return std::unexpected(bytes.error());
    files.emplace(file.role, std::move(*bytes));
  }
  auto contents = PackContents::open(std::move(*manifest), settings, std::move(files));
  if (!contents) return std::unexpected(contents.error());
  auto pack = std::make_unique<ModelPack>(std::move(*contents));
  if (auto started = pack->start(); !started) return std::unexpected(started.error());
  return pack;
}

}  // namespace hadir
