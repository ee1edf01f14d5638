#pragma once
#include <drogon/HttpResponse.h>

#include "core/error.hpp"

namespace hadir {

/// The answer to an error of a use case that looked at a request's values:
/// lines of the form "field: what is wrong" become the fields of a 400; errors
/// of other kinds are answered as always.
drogon::HttpResponsePtr field_errors_reply(const Error& error);

}  // namespace hadir
