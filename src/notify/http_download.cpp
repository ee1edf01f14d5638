#include "notify/http_download.hpp"

#include <curl/curl.h>

#include <array>
#include <cstdio>
#include <format>
#include <memory>
#include <mutex>
#include <system_error>

#include "core/masking.hpp"

namespace hadir {
namespace {

constexpr long redirect_limit = 10;
constexpr const char* schemes = "https,http";

struct Body {
  std::FILE* file;
  std::uintmax_t room;
  bool too_long = false;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<Body*>(user);
  const std::size_t bytes = size * count;
  if (bytes > body.room) {
    body.too_long = true;
    return 0;
  }
  body.room -= bytes;
  return std::fwrite(data, 1, bytes, body.file);
}

/// Removes the file at the end unless it was kept.
class PartialFile {
 public:
  explicit PartialFile(std::filesystem::path path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {}
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    if (file_ != nullptr) std::fclose(file_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  std::FILE* get() const { return file_; }
  /// Closes it and gives it its name.
  std::error_code keep_as(const std::filesystem::path& to) {
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    std::error_code error;
    if (!closed) return std::make_error_code(std::errc::io_error);
    std::filesystem::rename(path_, to, error);
    return error;
  }

 private:
  std::filesystem::path path_;
  std::FILE* file_;
};

void set_options(CURL* curl, const std::string& address, const HttpDownloader::Options& options, Body& body,
                 char* message) {
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, schemes);
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, schemes);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, redirect_limit);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1024L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "hadir");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
}

}  // namespace

HttpDownloader::HttpDownloader(Options options) : options_(options) {
  static std::once_flag once;  // libcurl wants this once a process, before its first use.
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Status HttpDownloader::fetch(const std::string& address, const std::filesystem::path& to, std::uintmax_t max_bytes) {
  if (!address.starts_with("https://") && !address.starts_with("http://"))
    return fail(ErrorKind::invalid_input, mask_credentials(std::format("{} is not an http or https address", address)));
  PartialFile partial(to.string() + ".download");
  if (partial.get() == nullptr)
    return fail(ErrorKind::unavailable, std::format("cannot write {}.download", to.string()));
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return fail(ErrorKind::unavailable, "libcurl does not start");
  Body body{partial.get(), max_bytes};
  std::array<char, CURL_ERROR_SIZE> message{};
  set_options(curl.get(), address, options_, body, message.data());

  const CURLcode code = curl_easy_perform(curl.get());
  if (body.too_long)
    return fail(ErrorKind::unavailable,
                mask_credentials(std::format("{} sends more than the {} bytes expected", address, max_bytes)));
  if (code != CURLE_OK) {
    const std::string why = message[0] != '\0' ? message.data() : curl_easy_strerror(code);
    return fail(ErrorKind::unavailable, mask_credentials(std::format("{}: {}", address, why)));
  }
  if (const auto error = partial.keep_as(to); error)
    return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", to.string(), error.message()));
  return {};
}

}  // namespace hadir
