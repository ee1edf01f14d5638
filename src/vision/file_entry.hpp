#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"
#include "vision/manifest.hpp"

namespace hadir {

/// A file as manifests and demo/assets.json describe it: name, bytes, sha256, licence, origin, addresses. An address is
/// a text (http or https; what ends in .bz2 is expanded unless the file itself is called so) or a member of a Python
/// package: {"python_package", "version", "sha256", "bytes", "member"}. Role and commercial use stay empty.
/// `invalid_input` names the field, with `where` before it.
Result<ModelFile> read_file_entry(const nlohmann::json& json, const std::string& where);

}  // namespace hadir
