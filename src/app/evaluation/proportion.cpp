#include "app/evaluation/proportion.hpp"

#include <cmath>

namespace hadir {
namespace {

constexpr double tail = 0.025;

/// P(X >= hits) for X ~ Binomial(trials, p), by summing the smaller side in logarithms.
double at_least(std::size_t hits, std::size_t trials, double p) {
  const auto term = [&](std::size_t k) {
    const double n = double(trials), x = double(k);
    return std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) + x * std::log(p) +
                    (n - x) * std::log1p(-p));
  };
  double sum = 0;
  for (std::size_t k = hits; k <= trials; ++k) sum += term(k);
  return sum;
}

/// The p at which an increasing function reaches `target`.
template <class Increasing>
double solve(Increasing&& function, double target) {
  double low = 0, high = 1;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (function(middle) < target ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Proportion proportion(std::size_t hits, std::size_t trials) {
  if (trials == 0) return {};
  Proportion result{double(hits) / double(trials), 0, 1};
  if (hits > 0) result.low = solve([&](double p) { return at_least(hits, trials, p); }, tail);
  if (hits < trials) result.high = solve([&](double p) { return at_least(hits + 1, trials, p); }, 1 - tail);
  return result;
}

}  // namespace hadir
