#pragma once
#include <drogon/HttpRequest.h>

#include <string>
#include <string_view>

namespace hadir {

/// Where WebSockets of the attendance channel reach their controller.
inline constexpr std::string_view attendance_path = "/api/v1/attendance/ws";

/// Drogon 1.9.0 knows WebSockets by their whole path alone, and the documented one ends with the client's name:
/// /api/v1/attendance/ws/{client_id}. So the framework's function for new WebSockets (of its shared library) is
/// overlaid by one that takes the name off the path first. Drogon from 1.9.2 on has patterns for this; then this file
/// can go. Answers the name that was taken off, as it was decoded; empty when there was none.
std::string websocket_client_id(const drogon::HttpRequestPtr& request);

}  // namespace hadir
