#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "program.hpp"

namespace hadir {

/// Asks until the answer satisfies `good`, at most two minutes; the last answer.
template <class Good>
nlohmann::json wait_for(const ServedHadir& hadir, const std::string& path, const Good& good) {
  nlohmann::json json;
  for (int i = 0; i < 480; ++i) {
    const auto [status, body] = hadir.get(path);
    json = nlohmann::json::parse(body, nullptr, false);
    if (status == 200 && !json.is_discarded() && good(json)) return json;
    std::this_thread::sleep_for(std::chrono::milliseconds{250});
  }
  return json;
}

}  // namespace hadir
