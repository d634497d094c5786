# Debian's libgoogle-perftools-dev ships no CMake file. Of it, only the allocator.
find_path(Gperftools_INCLUDE_DIR gperftools/malloc_extension.h)
find_library(Gperftools_LIBRARY tcmalloc_minimal)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Gperftools REQUIRED_VARS Gperftools_LIBRARY Gperftools_INCLUDE_DIR)
if(Gperftools_FOUND AND NOT TARGET Gperftools::tcmalloc_minimal)
    add_library(Gperftools::tcmalloc_minimal SHARED IMPORTED)
    set_target_properties(Gperftools::tcmalloc_minimal PROPERTIES IMPORTED_LOCATION ${Gperftools_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${Gperftools_INCLUDE_DIR})
endif()
