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

/// "host:port" of an address, by libcurl's own reading of it; empty when it has none.
std::string host_of(const std::string& address) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  if (!url || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) return {};
  std::string text;
  for (const CURLUPart part : {CURLUPART_HOST, CURLUPART_PORT}) {
    char* value = nullptr;
    if (curl_url_get(url.get(), part, &value, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
    text += (text.empty() ? "" : ":") + std::string(value);
    curl_free(value);
  }
  return text;
}

/// Where a transfer that failed got no answer at all: the last address it went to.
std::string silent_host(CURL* curl, CURLcode code) {
  // A redirect answered; its target did not. A server that answered with an error, or broke off, is there.
  if (code != CURLE_COULDNT_RESOLVE_HOST && code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_PROXY &&
      code != CURLE_OPERATION_TIMEDOUT && code != CURLE_SSL_CONNECT_ERROR)
    return {};
  curl_off_t received = 0;
  curl_easy_getinfo(curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
  const char* address = nullptr;
  curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &address);
  return received == 0 && address != nullptr ? host_of(address) : std::string();
}

}  // namespace

HttpDownloader::HttpDownloader(Options options) : options_(options) {
  static std::once_flag once;  // libcurl wants this once a process, before its first use.
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Status HttpDownloader::fetch(const std::string& address, const std::filesystem::path& to, std::uintmax_t max_bytes) {
  if (!address.starts_with("https://") && !address.starts_with("http://"))
    return fail(ErrorKind::invalid_input, mask_credentials(std::format("{} is not an http or https address", address)));
  const std::string host = host_of(address);
  {
    const std::scoped_lock lock(mutex_);
    if (unreachable_.contains(host))
      return fail(ErrorKind::unavailable, mask_credentials(std::format("{}: {} did not answer before", address, host)));
  }
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
    if (auto silent = silent_host(curl.get(), code); !silent.empty()) {
      const std::scoped_lock lock(mutex_);
      unreachable_.insert(std::move(silent));
    }
    const std::string why = message[0] != '\0' ? message.data() : curl_easy_strerror(code);
    return fail(ErrorKind::unavailable, mask_credentials(std::format("{}: {}", address, why)));
  }
  if (const auto error = partial.keep_as(to); error)
    return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", to.string(), error.message()));
  return {};
}

}  // namespace hadir
