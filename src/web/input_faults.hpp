#pragma once
#include <drogon/HttpResponse.h>

#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// What is wrong with a request, by field, in the order in which it was found. One belongs to one request.
class InputFaults {
 public:
  /// `message` without the field: "must be a day such as 2026-01-05". Of a field the first fault counts.
  void add(const std::string& field, std::string message);
  /// Takes over an error of a use case; those not of the form "field: …" are kept under `field`.
  void add(const std::string& field, const Error& error);
  bool empty() const { return faults_.empty(); }
  bool has(const std::string& field) const;
  /// 400 with one message (that of the first field) and all of them under error.fields; nullptr when nothing is wrong.
  drogon::HttpResponsePtr reply() const;

 private:
  std::vector<std::pair<std::string, std::string>> faults_;
};

}  // namespace hadir
