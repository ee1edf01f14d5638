#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/ports/file_fetcher.hpp"
#include "notify/http_download.hpp"
#include "notify/pip_download.hpp"

namespace hadir {

/// FileFetcher by libcurl, pip and libarchive. One lives as long as one fetch of several files: within it a host that
/// did not answer is not asked again, a package that could not be had neither, and a package's archive is downloaded
/// once. It lies in a hidden folder beside the files, removed at the end; one that a killed process left goes at the
/// next fetch.
class SourceFetcher final : public FileFetcher {
 public:
  struct Options {
    HttpDownloader::Options web;
    std::string python = "python3";
    TellLine tell;  ///< that a download begins, and how far it is
  };
  SourceFetcher() : SourceFetcher(Options{}) {}
  explicit SourceFetcher(Options options);
  ~SourceFetcher() override;
  SourceFetcher(const SourceFetcher&) = delete;
  SourceFetcher& operator=(const SourceFetcher&) = delete;

  Status fetch(const FileSource& source, const std::filesystem::path& to, std::uintmax_t max_bytes) override;

 private:
  class Scratch;
  Status fetch_from(const WebAddress& address, const std::filesystem::path& to, std::uintmax_t max_bytes);
  Status fetch_from(const PackageMember& member, const std::filesystem::path& to, std::uintmax_t max_bytes);
  Result<std::filesystem::path> archive_of(const PythonPackage& package, const std::filesystem::path& beside);

  Options options_;
  HttpDownloader web_;
  std::unique_ptr<Scratch> scratch_;
  std::map<PythonPackage, Result<std::filesystem::path>> archives_;  ///< also what could not be had
};

}  // namespace hadir
