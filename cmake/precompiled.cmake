# Two precompiled headers for the whole tree, because each costs seconds of compiling and 110 MB of disk.

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "// Its precompiled header is what matters.\n")

add_library(hadir_std_pch OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
target_link_libraries(hadir_std_pch PRIVATE hadir_strict)
target_precompile_headers(hadir_std_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/std_pch.hpp)

if(HADIR_TESTS)
  add_library(hadir_test_pch OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(hadir_test_pch PRIVATE hadir_of_tests)
  target_precompile_headers(hadir_test_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/std_pch.hpp <gmock/gmock.h> <gtest/gtest.h>)
endif()
