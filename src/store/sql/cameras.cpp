#include "store/sql/repositories.hpp"

namespace hadir::sql {

Status Cameras::put(const CameraRecord& camera) {
  if (camera.id.empty()) return fail(ErrorKind::invalid_input, "a camera needs an id");
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query(
        "INSERT INTO cameras (id, name, url, detect_url, location, enabled, config_path) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, detect_url = excluded.detect_url,"
        " location = excluded.location, enabled = excluded.enabled, config_path = excluded.config_path");
    query.bind(camera.id.str()).bind(camera.name).bind(camera.url).bind(camera.detect_url).bind(camera.location);
    query.bind(camera.enabled).bind(camera.config_path).run();
    return {};
  });
}

Status Cameras::remove(const CameraId& id) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query("DELETE FROM cameras WHERE id = ?");
    if (query.bind(id.str()).run() == 0) return fail(ErrorKind::not_found, "no camera " + id.str());
    return {};
  });
}

Result<std::vector<CameraRecord>> Cameras::list() const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<CameraRecord>> {
    auto query =
        connection.query("SELECT id, name, url, detect_url, location, enabled, config_path FROM cameras ORDER BY id");
    std::vector<CameraRecord> cameras;
    while (query.step())
      cameras.push_back({.id = CameraId(query.text(0)),
                         .name = query.text(1),
                         .url = query.text(2),
                         .detect_url = query.text(3),
                         .location = query.text(4),
                         .enabled = query.boolean(5),
                         .config_path = query.text(6)});
    return cameras;
  });
}

}  // namespace hadir::sql
