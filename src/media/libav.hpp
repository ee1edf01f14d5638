#pragma once
// Internal to media/: owners for libav's objects, its errors in words, its messages kept off the terminal.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir::libav {

struct Deleter {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};
using FormatPtr = std::unique_ptr<AVFormatContext, Deleter>;
using CodecPtr = std::unique_ptr<AVCodecContext, Deleter>;
using PacketPtr = std::unique_ptr<AVPacket, Deleter>;
using FramePtr = std::unique_ptr<AVFrame, Deleter>;
using SwsPtr = std::unique_ptr<SwsContext, Deleter>;

/// Options for an open call; what libav did not understand is dropped.
class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary() { av_dict_free(&entries_); }
  void set(const char* key, const std::string& value) { av_dict_set(&entries_, key, value.c_str(), 0); }
  AVDictionary** get() { return &entries_; }

 private:
  AVDictionary* entries_ = nullptr;
};

/// Sends libav's messages (process-wide) nowhere: they name addresses with their passwords. The first call does it.
void silence();

/// What an operator would call that error: "connection refused", "wrong user name or password (401)", ...
std::string reason_of(int error);
ErrorKind kind_of(int error);

/// A video colour description in our terms; `height` decides where the stream is silent.
ColourMatrix matrix_of(AVColorSpace space, int height);
/// swscale's coefficients of a matrix.
const int* coefficients_of(ColourMatrix matrix);

/// A frame of planar YUV 4:2:0 with own memory, or nullptr when there is none.
FramePtr allocate_yuv420(int width, int height);
/// Our frame over libav's pixels (already yuv420p), which it then owns. Time stamps are left alone.
Frame share(FramePtr frame, ColourMatrix matrix, bool full_range);

}  // namespace hadir::libav
