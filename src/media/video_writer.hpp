#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir {

/// Writes frames into a video file. Belongs to one thread at a time.
class VideoWriter {
 public:
  struct Options {
    std::string codec = "h264";            ///< h264 | hevc | mpeg4 | mjpeg; where h264 has no encoder: mpeg4
    double fps = 25;                       ///< of the container; frames are placed by their count
    std::string pixel_format = "yuv420p";  ///< libav's name, for example yuv420p10le, yuv444p
    int crf = 23;                          ///< quality, 0 (best) .. 51
    int b_frames = 0;
    int key_interval = 50;      ///< frames
    bool silent_audio = false;  ///< adds a track of silence
  };

  virtual ~VideoWriter() = default;
  /// Appends a frame, scaled to the first one's size when it differs. `invalid_input` for an empty one.
  virtual Status write(const Frame& frame) = 0;
  /// Completes the file; nothing can be written afterwards. Without it the file can't be played.
  virtual Status finish() = 0;
};

/// The container follows from the name (.mp4, .mkv, .avi, .ts, .h264, ...). `unavailable` when the file can't be made
/// or no encoder is there.
Result<std::unique_ptr<VideoWriter>> make_video_writer(const std::filesystem::path& file, Size size,
                                                       const VideoWriter::Options& options = {});

/// A frame with own pixels for `fill` to draw: limited-range, sample values as given. For tests and synthetic scenes.
Frame plain_frame(Size size, std::uint8_t y, std::uint8_t u, std::uint8_t v, ColourMatrix matrix = ColourMatrix::bt709);

}  // namespace hadir
