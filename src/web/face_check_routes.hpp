#pragma once
#include "web/router.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// Adds POST /api/faces/check. `services` outlives the server.
void add_face_check_routes(Router& router, const WebServices& services);

}  // namespace hadir
