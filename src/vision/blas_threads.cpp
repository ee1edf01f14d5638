#include "vision/blas_threads.hpp"

#include <dlfcn.h>

namespace hadir {

void limit_blas_to_one_thread() {
  static const bool told = [] {
    if (void* symbol = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"); symbol != nullptr)
      reinterpret_cast<void (*)(int)>(symbol)(1);
    return true;
  }();
  static_cast<void>(told);
}

}  // namespace hadir
