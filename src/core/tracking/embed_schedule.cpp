#include "core/tracking/embed_schedule.hpp"

#include <algorithm>

namespace hadir {
namespace {

constexpr Millis between_votes{200};  // nearer looks show nearly the same picture
// A name must not pass to the next face; for a stranger a second is soon enough.
constexpr Millis after_doubt_named{250};
constexpr Millis after_doubt{1000};
constexpr Millis after_refusal{240};
constexpr Millis first_wait{1000};      // before a clear stranger is looked at again; doubles each time
constexpr float clearly_below = 0.15F;  // similarity missing to the threshold that no better frame makes up
constexpr double clearly_better = 1.5;  // quality ratio worth a look before its time
constexpr Millis soonest_for_better{400};

}  // namespace

bool EmbedSchedule::due(Millis now, double quality, const AnalysisSettings& settings) const {
  if (not_before_ && now < *not_before_) return false;
  if (looks_ == 0) return true;
  if (doubted_ && now >= last_look_ + (named_ ? after_doubt_named : after_doubt)) return true;
  const Millis recheck{static_cast<long long>(settings.recheck_interval_sec * 1000)};
  // Past the cap only the slow re-checks are left.
  if (looks_ >= settings.max_embeddings_per_track) return now >= next_ - wait_ + std::max(wait_, recheck);
  if (now >= next_) return true;
  return quality >= clearly_better * best_quality_ && now >= next_ - wait_ + soonest_for_better;
}

void EmbedSchedule::doubt() {
  doubted_ = looks_ > 0;
}

void EmbedSchedule::refused(Millis now) {
  not_before_ = now + after_refusal;
}

void EmbedSchedule::taken(Millis now, double quality, const TrackIdentity& identity, const AnalysisSettings& settings) {
  ++looks_;
  doubted_ = false;
  last_look_ = now;
  named_ = identity.decision().verdict == Verdict::known;
  best_quality_ = std::max(best_quality_, quality);
  const Millis recheck{static_cast<long long>(settings.recheck_interval_sec * 1000)};
  const float missing = identity.decision().threshold - identity.best_similarity();
  if (identity.decision().verdict == Verdict::known) {
    wait_ = recheck;
  } else if (missing > clearly_below || identity.decision().verdict == Verdict::unknown) {
    wait_ = std::min(recheck, wait_ < first_wait ? first_wait : wait_ * 2);
  } else {
    wait_ = between_votes;
  }
  next_ = now + wait_;
}

}  // namespace hadir
