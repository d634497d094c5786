# Debian's libdeflate-dev ships no CMake file.
find_path(Deflate_INCLUDE_DIR libdeflate.h)
find_library(Deflate_LIBRARY deflate)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Deflate REQUIRED_VARS Deflate_LIBRARY Deflate_INCLUDE_DIR)
if(Deflate_FOUND AND NOT TARGET Deflate::deflate)
    add_library(Deflate::deflate SHARED IMPORTED)
    set_target_properties(Deflate::deflate PROPERTIES IMPORTED_LOCATION ${Deflate_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${Deflate_INCLUDE_DIR})
endif()
