#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/ports/repositories.hpp"

namespace hadir {

/// What the questions are about: somebody, a camera, a day.
struct ReportSubject {
  PersonId person;
  CameraId camera;
  LocalDay day{};
  Instant begin{};  ///< of that day
};

/// A question that a page or report asks.
struct ReportQuery {
  std::string name;
  /// How many rows the answer has.
  std::function<Result<std::size_t>(Database&, const ReportSubject&)> ask;
};

/// All of them: `bench queries` times them, tests look at how the databases go about them.
std::vector<ReportQuery> report_queries();

}  // namespace hadir
