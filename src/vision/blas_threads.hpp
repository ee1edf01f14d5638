#pragma once

namespace hadir {

/// Tells the BLAS under FAISS and dlib to use the calling thread alone, for the whole process and for good: parallelism
/// is the pipeline's. Does nothing where the BLAS is another than OpenBLAS. Thread-safe; cheap after the first call.
void limit_blas_to_one_thread();

}  // namespace hadir
