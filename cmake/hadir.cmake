# How a folder of src/ becomes a target. Dependencies are enforced: a target's headers are reachable only through the
# folders it names in DEPENDS, because each folder is published to its users under an include directory of its own.

# hadir_library(NAME [DEPENDS folder...] [LINK library...] [TEST_LINK library...])
#   sources: every .cpp of the folder and below, except main.cpp, which belongs to an executable;
#   *_test.cpp become the executable NAME_tests (ctest label: unit).
function(hadir_library name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINK;TEST_LINK;TEST_DEPENDS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(HADIR_FUZZ)
    list(TRANSFORM HADIR_FUZZ_SOURCES APPEND .cpp OUTPUT_VARIABLE sources)
    list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/src/)
    list(FILTER sources INCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/")
  endif()

  set(root ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  if(NOT EXISTS ${root}/${name})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  endif()

  add_library(hadir_${name} STATIC ${sources})
  target_include_directories(hadir_${name} PUBLIC ${root})
  foreach(folder ${arg_DEPENDS})
    target_link_libraries(hadir_${name} PUBLIC hadir_${folder})
  endforeach()
  target_link_libraries(hadir_${name} PRIVATE hadir_strict Threads::Threads ${arg_LINK})
  if(NOT HADIR_FUZZ)
    target_precompile_headers(hadir_${name} REUSE_FROM hadir_std_pch)
  endif()

  if(HADIR_TESTS AND tests)
    hadir_test(${name}_tests LABEL unit SOURCES ${tests} DEPENDS ${name} ${arg_TEST_DEPENDS} LINK ${arg_LINK} ${arg_TEST_LINK})
  endif()
endfunction()

# hadir_test(NAME LABEL label SOURCES file... [DEPENDS folder...] [LINK library...] [TIMEOUT seconds] [SERIAL] [WHOLE])
#   WHOLE: one ctest test that runs all of it in one process, for tests that share something dear.
function(hadir_test name)
  cmake_parse_arguments(arg "SERIAL;WHOLE" "LABEL;TIMEOUT" "SOURCES;DEPENDS;LINK" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(HADIR_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5")  # dlib's HOG detector runs ten times slower there
  endif()
  add_executable(${name} ${arg_SOURCES})
  foreach(folder ${arg_DEPENDS})
    target_link_libraries(${name} PRIVATE hadir_${folder})
  endforeach()
  target_link_libraries(${name} PRIVATE hadir_of_tests GTest::gtest_main Threads::Threads ${arg_LINK})
  target_precompile_headers(${name} REUSE_FROM hadir_test_pch)
  target_compile_definitions(${name} PRIVATE HADIR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)  # "support/shared_assets.hpp"
  set(serial "")
  if(arg_SERIAL)
    set(serial RUN_SERIAL TRUE)
  endif()
  if(arg_WHOLE)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} ${serial})
    return()
  endif()
  # Without NO_PRETTY_VALUES the bytes of a test's parameter, pointers too, would be in its name.
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} ${serial})
endfunction()

# GLib's packages ask for -pthread. With today's C library it does no more than define _REENTRANT, and a file that has it
# cannot use the precompiled headers made without it.
function(hadir_drop_pthread_option imported)
  get_target_property(options ${imported} INTERFACE_COMPILE_OPTIONS)
  if(options)
    list(REMOVE_ITEM options -pthread)
    set_target_properties(${imported} PROPERTIES INTERFACE_COMPILE_OPTIONS "${options}")
  endif()
endfunction()

# Warnings are errors in our own code; sanitizers where a preset asks for them.
add_library(hadir_strict INTERFACE)
target_compile_options(hadir_strict INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wnull-dereference
  -Wimplicit-fallthrough -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wlogical-op>
  $<$<CONFIG:Release>:-Wno-null-dereference>)
if(HADIR_SANITIZE)
  target_compile_options(hadir_strict INTERFACE -fsanitize=${HADIR_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    -Wno-null-dereference $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(hadir_strict INTERFACE -fsanitize=${HADIR_SANITIZE})
endif()
if(HADIR_FUZZ)
  target_compile_options(hadir_strict INTERFACE -fsanitize=fuzzer-no-link)
endif()
# What all test executables have in common. Tests are compiled once and run once: -O1 saves a third of their compile time.
add_library(hadir_of_tests INTERFACE)
target_link_libraries(hadir_of_tests INTERFACE hadir_strict GTest::gmock)
target_compile_options(hadir_of_tests INTERFACE $<$<CONFIG:Release>:-O1>)
# -fpch-preprocess lets ccache work together with precompiled headers.
add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)

find_program(HADIR_CCACHE ccache)
if(HADIR_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${HADIR_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${HADIR_CCACHE})
endif()
