#pragma once
#include <memory>

#include "web/realtime/server_gateway.hpp"
#include "web/worker_pool.hpp"

namespace hadir {

class AttendanceSocket;

struct AttendanceGateway final : ServerGateway<AttendanceSocket> {
  using ServerGateway::ServerGateway;
};

/// Lets WebSockets of the attendance channel reach it, with classes of their own: Drogon finds the objects by the names
/// of their classes. Before the framework runs; `pool` answers until it runs no more.
void register_attendance_socket(const std::shared_ptr<AttendanceGateway>& gateway, WorkerPool& pool);

}  // namespace hadir
