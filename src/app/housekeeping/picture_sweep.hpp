#pragma once
#include <functional>
#include <set>
#include <string>

#include "app/housekeeping/housekeeping.hpp"

namespace hadir {

/// The part of housekeeping that is about pictures. Belongs to one call of `keep_house`.
class PictureSweep {
 public:
  PictureSweep(Database& database, PictureStore& pictures, PictureArchive& archive, const HousekeepingRules& rules,
               Instant now, const HousekeepingOptions& options, HousekeepingReport& report)
      : database_(database),
        pictures_(pictures),
        archive_(archive),
        rules_(rules),
        now_(now),
        today_(rules.calendar.day_of(now)),
        options_(options),
        report_(report) {}

  Status attendance_captures();
  Status unknown_faces();
  /// Pictures that no record names.
  Status orphans();
  void temporary_files();

 private:
  using Swept = hadir::Swept;
  using ForDay = std::function<Status(const std::string& folder, LocalDay day)>;
  Status each_day(const std::string& folder, const ForDay& work);
  Status each_unknown_day(const ForDay& work);
  Status orphan_captures(const std::string& folder, LocalDay day, Swept& swept);
  Status orphan_faces(const std::string& folder, LocalDay day, Swept& swept);
  Status orphan_photos(Swept& swept);
  Result<std::set<std::string>> photos_in_use();
  bool is_settled(const std::string& folder, int depth);
  void remove_file(const std::string& path, std::int64_t bytes, Swept& swept);
  void remove_tree(const std::string& folder, Swept& swept, int depth = 0);
  std::vector<PictureEntry> entries(const std::string& folder);
  bool stopping() const { return options_.stop.stop_requested(); }

  Database& database_;
  PictureStore& pictures_;
  PictureArchive& archive_;
  const HousekeepingRules& rules_;
  const Instant now_;
  const LocalDay today_;
  const HousekeepingOptions& options_;
  HousekeepingReport& report_;
};

}  // namespace hadir
