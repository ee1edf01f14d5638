#pragma once
#include <map>
#include <span>
#include <vector>

#include "app/evaluation/proportion.hpp"

namespace hadir {

/// One search of the gallery.
struct SearchOutcome {
  bool enrolled = false;       ///< false: a stranger
  bool best_is_right = false;  ///< the most similar person is the probe's own; false when no usable face was found
  float similarity = 0;        ///< to the most similar person; minus infinity when no usable face was found
};

/// Error rates of searches at one threshold. A search of an enrolled person fails when they do not come first or lie
/// below the threshold; one of a stranger, when anybody reaches it (ISO/IEC 19795-1: FNIR and FPIR).
struct SearchErrors {
  double threshold = 0;
  Proportion fnir;
  Proportion fpir;
};

struct IdentificationReport {
  std::size_t enrolled_probes = 0;
  std::size_t stranger_probes = 0;
  Proportion rank1;
  std::map<double, SearchErrors> at_fpir;  ///< by the FPIR asked for
};

SearchErrors search_errors_at(std::span<const SearchOutcome> outcomes, double threshold);
/// The lowest threshold whose FPIR on these outcomes is at most `fpir`; 0 without strangers.
double threshold_at_fpir(std::span<const SearchOutcome> outcomes, double fpir);
IdentificationReport identification_report(std::span<const SearchOutcome> outcomes, std::span<const double> fpirs);

}  // namespace hadir
