# cmake -DOUT=file.cpp -DFILES=a;b -DFOLDER=dist -P embed_page.cmake: writes a C++ file that holds the bytes of the given
# files and of all files below the folder; file.gz, where it lies beside file, is its compressed form. The bytes are put in
# by the assembler: compilers take minutes over literals of this size.
set(names "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  list(APPEND names "${name}|${file}")
endforeach()
file(GLOB_RECURSE built RELATIVE ${FOLDER} ${FOLDER}/*)
foreach(name ${built})
  if(NOT name MATCHES "\\.gz$")
    list(APPEND names "${name}|${FOLDER}/${name}")
  endif()
endforeach()

function(content_type extension result)
  if(extension STREQUAL ".html")
    set(${result} "text/html; charset=utf-8" PARENT_SCOPE)
  elseif(extension STREQUAL ".css")
    set(${result} "text/css; charset=utf-8" PARENT_SCOPE)
  elseif(extension STREQUAL ".js")
    set(${result} "text/javascript; charset=utf-8" PARENT_SCOPE)
  elseif(extension STREQUAL ".svg")
    set(${result} "image/svg+xml" PARENT_SCOPE)
  elseif(extension STREQUAL ".json")
    set(${result} "application/json" PARENT_SCOPE)
  elseif(extension STREQUAL ".woff2")
    set(${result} "font/woff2" PARENT_SCOPE)
  elseif(extension STREQUAL ".txt")
    set(${result} "text/plain; charset=utf-8" PARENT_SCOPE)
  else()
    message(FATAL_ERROR "no content type is known for ${extension}")
  endif()
endfunction()

set(blobs "")
set(declarations "")
set(rows "")
set(number 0)
# blob(FILE RESULT): the bytes of the file under a name of their own; RESULT is the string_view of them.
macro(blob file result)
  math(EXPR number "${number} + 1")
  string(APPEND blobs "asm(\".section .rodata\\n.balign 16\\npage_blob_${number}:\\n.incbin \\\"${file}\\\"\\npage_blob_${number}_end:\\n.byte 0\\n.previous\\n\");\n")
  string(APPEND declarations "extern const char blob_${number}[] asm(\"page_blob_${number}\");\nextern const char blob_${number}_end[] asm(\"page_blob_${number}_end\");\n")
  set(${result} "bytes_between(blob_${number}, blob_${number}_end)")
endmacro()

foreach(entry ${names})
  string(REPLACE "|" ";" entry "${entry}")
  list(GET entry 0 name)
  list(GET entry 1 file)
  get_filename_component(extension ${name} LAST_EXT)
  content_type(${extension} type)
  blob(${file} plain)
  set(gzip "std::string_view()")
  if(EXISTS ${file}.gz)
    blob(${file}.gz gzip)
  endif()
  file(SHA256 ${file} digest)
  string(SUBSTRING ${digest} 0 20 digest)
  string(APPEND rows "    {\"/${name}\", \"${type}\", ${plain}, ${gzip}, \"\\\"${digest}\\\"\"},\n")
endforeach()

file(WRITE ${OUT} "// Made by embed_page.cmake.
#include <array>

#include \"web/page_files.hpp\"

${blobs}
namespace hadir {
namespace {
${declarations}
std::string_view bytes_between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}
}  // namespace

std::span<const PageFile> page_files() {
  static const auto all = std::to_array<PageFile>({
${rows}  });
  return all;
}

}  // namespace hadir
")
