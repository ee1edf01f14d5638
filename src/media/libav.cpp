#include "media/libav.hpp"

#include <array>
#include <mutex>
#include <utility>

namespace hadir::libav {

void silence() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback([](void*, int, const char*, va_list) {}); });
}

std::string reason_of(int error) {
  switch (error) {
    case AVERROR(ECONNREFUSED):
      return "connection refused";
    case AVERROR(ECONNRESET):
    case AVERROR(EPIPE):
      return "the connection was closed by the other side";
    case AVERROR(EHOSTUNREACH):
    case AVERROR(ENETUNREACH):
      return "the address cannot be reached";
    case AVERROR(ETIMEDOUT):
      return "no answer in time";
    case AVERROR(EIO):
      return "the host is unknown or reading failed";
    case AVERROR(ENOENT):
      return "there is no such file";
    case AVERROR(ENODEV):
      return "there is no such device";
    case AVERROR(EBUSY):
      return "it is used by another program";
    case AVERROR(EACCES):
    case AVERROR(EPERM):
      return "permission denied";
    case AVERROR(EISDIR):
      return "it is a folder, not a video";
    case AVERROR(ENOMEM):
      return "out of memory";
    case AVERROR_HTTP_BAD_REQUEST:
      return "the server refused the request (400)";
    case AVERROR_HTTP_UNAUTHORIZED:
      return "wrong user name or password (401)";
    case AVERROR_HTTP_FORBIDDEN:
      return "access is forbidden (403)";
    case AVERROR_HTTP_NOT_FOUND:
      return "not found on the server (404)";
    case AVERROR_HTTP_OTHER_4XX:
      return "the server refused the request (4xx)";
    case AVERROR_HTTP_SERVER_ERROR:
      return "the server has an error (5xx)";
    case AVERROR_EOF:
      return "the stream ended";
    case AVERROR_PROTOCOL_NOT_FOUND:
      return "it asks for a protocol that is not allowed";
    case AVERROR_INVALIDDATA:
    case AVERROR_DEMUXER_NOT_FOUND:
    case AVERROR(EINVAL):
      return "not a video that can be read";
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_PATCHWELCOME:
      return "its format is not supported";
    default:
      break;
  }
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

ErrorKind kind_of(int error) {
  switch (error) {
    case AVERROR(ENOENT):
    case AVERROR(ENODEV):
    case AVERROR_HTTP_NOT_FOUND:
      return ErrorKind::not_found;
    case AVERROR_INVALIDDATA:
    case AVERROR_DEMUXER_NOT_FOUND:
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_PATCHWELCOME:
    case AVERROR_PROTOCOL_NOT_FOUND:
    case AVERROR(EINVAL):
    case AVERROR(EISDIR):
    case AVERROR_HTTP_UNAUTHORIZED:
    case AVERROR_HTTP_FORBIDDEN:
      return ErrorKind::invalid_input;
    default:
      return ErrorKind::unavailable;
  }
}

ColourMatrix matrix_of(AVColorSpace space, int height) {
  switch (space) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_BT2020_NCL:  // nearer to BT.709 than to BT.601
    case AVCOL_SPC_BT2020_CL:
      return ColourMatrix::bt709;
    case AVCOL_SPC_FCC:
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_SMPTE240M:
      return ColourMatrix::bt601;
    default:
      return height >= 720 ? ColourMatrix::bt709 : ColourMatrix::bt601;
  }
}

const int* coefficients_of(ColourMatrix matrix) {
  return sws_getCoefficients(matrix == ColourMatrix::bt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
}

FramePtr allocate_yuv420(int width, int height) {
  FramePtr frame(av_frame_alloc());
  if (!frame) return nullptr;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width;
  frame->height = height;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
  return frame;
}

Frame share(FramePtr frame, ColourMatrix matrix, bool full_range) {
  Frame out;
  out.width = frame->width;
  out.height = frame->height;
  for (std::size_t i = 0; i < out.planes.size(); ++i) out.planes[i] = {frame->data[i], frame->linesize[i]};
  out.matrix = matrix;
  out.full_range = full_range;
  out.owner = std::shared_ptr<AVFrame>(frame.release(), Deleter{});
  return out;
}

}  // namespace hadir::libav
