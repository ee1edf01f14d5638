#pragma once
#include "core/recognition/embedding.hpp"

namespace hadir {

/// dlib's encoder as the packs `dlib` and `dlib-cnn` name it; its files need not be here.
Result<ModelId> dlib_model();

}  // namespace hadir
