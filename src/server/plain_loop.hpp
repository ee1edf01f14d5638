#pragma once
#include "core/recognition/gallery.hpp"
#include "server/pipeline_bench.hpp"

namespace hadir {

/// Runs the plain loop over the whole video.
Result<PlainLoop> run_plain_loop(const PipelineBenchOptions& options, FaceModels& models, const Gallery& gallery);

}  // namespace hadir
