#include "media/gst_source.hpp"

namespace hadir {

bool gstreamer_is_built() {
  return false;
}

Result<std::unique_ptr<FrameSource>> open_gstreamer(const std::string&, const StreamOptions&, int) {
  return fail(ErrorKind::unavailable, "this hadir was built without GStreamer");
}

}  // namespace hadir
