#pragma once
#include <memory>
#include <string>

#include "core/error.hpp"
#include "core/ports/frame_source.hpp"
#include "media/file_source.hpp"

namespace hadir {

/// True when this build has the GStreamer RTSP source.
bool gstreamer_is_built();

/// An RTSP stream by GStreamer (rtspsrc, any decoder installed). `latency_ms` is its jitter buffer. Reads rtsp
/// addresses only; errors as open_video. `unavailable` in a build without GStreamer.
Result<std::unique_ptr<FrameSource>> open_gstreamer(const std::string& address, const StreamOptions& options,
                                                    int latency_ms);

}  // namespace hadir
