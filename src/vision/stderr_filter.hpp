#pragma once
#include <functional>

namespace hadir {

/// Runs `work` while lines written to the process's standard error that begin with "Schema error: " (and the empty line
/// after each) are left out; every other line goes through unchanged and at once.
///
/// Why: Debian's ONNX Runtime shares libonnx with a second registration of the same operators and prints some five
/// hundred such lines, all harmless, when the first model of a process is opened. They would bury what an operator
/// should read. File descriptor 2 belongs to the whole process: call this once, early. When the pipe cannot be made,
/// `work` runs unfiltered.
void without_schema_errors(const std::function<void()>& work);

}  // namespace hadir
