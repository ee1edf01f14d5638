#include "cli/logging.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "core/masking.hpp"

namespace hadir {
namespace {

/// No line leaves without passing the one masking function, whoever wrote it.
class MaskingFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override {
    const std::string masked = mask_credentials({message.payload.data(), message.payload.size()});
    spdlog::details::log_msg copy = message;
    copy.payload = masked;
    lines_.format(copy, to);
    message.color_range_start = copy.color_range_start;
    message.color_range_end = copy.color_range_end;
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<MaskingFormatter>(); }

 private:
  spdlog::pattern_formatter lines_{"%H:%M:%S %^%-7l%$ %v"};
};

}  // namespace

void set_up_logging(const std::string& level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>("hadir", std::move(sink));
  logger->set_formatter(std::make_unique<MaskingFormatter>());
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace hadir
