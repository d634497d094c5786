# One function declares a folder's library and its tests:
#   icmap_folder(cluster LINK icmap::base [TEST_SOURCES brute_force.cpp ...] [TEST_LINK ...])
# builds libicmap_cluster.a from every *.cpp beside the CMakeLists.txt and icmap_cluster_test from
# every *_test.cpp. What tests, fuzzing and benchmarks alone use stands in TEST_SOURCES and goes into
# libicmap_cluster_testing.a, never into the program. The headers of all rooms can be seen from each:
# that none includes another that it does not link is held by tests/rooms_test.py.

add_library(icmap_options INTERFACE)
target_compile_options(icmap_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wdouble-promotion -Wimplicit-fallthrough -Wnon-virtual-dtor
    -Woverloaded-virtual -ffp-contract=off
    $<$<BOOL:${ICMAP_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 reports false overlaps inside std::string (GCC bug 105651, mended in 13).
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(icmap_options INTERFACE -Wno-restrict)
    endif()
    # GCC 12 reports false -Wnull-dereference inside the standard library when it inlines across
    # sanitizer checks; it stays on for plain builds.
    if(ICMAP_SANITIZE STREQUAL "")
        target_compile_options(icmap_options INTERFACE -Wnull-dereference)
    endif()
    # Asio's fences are no error: the sanitizer only does not see the order they make.
    if(ICMAP_SANITIZE MATCHES "thread")
        target_compile_options(icmap_options INTERFACE -Wno-tsan)
    endif()
endif()
if(NOT ICMAP_SANITIZE STREQUAL "")
    # Undefined behaviour ends the program, so that a test that shows it fails.
    target_compile_options(icmap_options INTERFACE -fsanitize=${ICMAP_SANITIZE}
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(icmap_options INTERFACE -fsanitize=${ICMAP_SANITIZE})
    # The library's own assertions see what is read within a vector's memory but past its end.
    target_compile_definitions(icmap_options INTERFACE ICMAP_SANITIZED _GLIBCXX_ASSERTIONS)
endif()
if(ICMAP_FUZZ)
    target_compile_options(icmap_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(icmap_folder name)
    cmake_parse_arguments(arg "" "" "LINK;TEST_SOURCES;TEST_LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    if(arg_TEST_SOURCES)
        list(TRANSFORM arg_TEST_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
        list(REMOVE_ITEM sources ${arg_TEST_SOURCES})
    endif()
    if(sources)
        add_library(icmap_${name} STATIC ${sources})
        target_link_libraries(icmap_${name} PUBLIC ${arg_LINK} PRIVATE icmap_options)
        target_include_directories(icmap_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    else()
        add_library(icmap_${name} INTERFACE)
        target_link_libraries(icmap_${name} INTERFACE ${arg_LINK})
        target_include_directories(icmap_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    endif()
    add_library(icmap::${name} ALIAS icmap_${name})
    if(arg_TEST_SOURCES)
        add_library(icmap_${name}_testing STATIC EXCLUDE_FROM_ALL ${arg_TEST_SOURCES})
        target_link_libraries(icmap_${name}_testing PUBLIC icmap_${name} PRIVATE icmap_options)
        add_library(icmap::${name}_testing ALIAS icmap_${name}_testing)
        list(APPEND arg_TEST_LINK icmap::${name}_testing)
    endif()
    if(ICMAP_TESTS AND tests)
        add_executable(icmap_${name}_test ${tests})
        target_link_libraries(icmap_${name}_test PRIVATE icmap::${name} ${arg_TEST_LINK}
            icmap_options GTest::gtest_main GTest::gmock)
        target_compile_definitions(icmap_${name}_test PRIVATE
            ICMAP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        include(GoogleTest)
        # A test whose name starts with Real reads the openly licensed extracts beside the project
        # and is skipped, with a message, where they are absent.
        # A suite whose name starts with Slow or Beside (another program) takes seconds.
        gtest_discover_tests(icmap_${name}_test TEST_PREFIX "${name}." TEST_FILTER "-Slow*:Beside*"
            PROPERTIES LABELS unit DISCOVERY_TIMEOUT 60)
        gtest_discover_tests(icmap_${name}_test TEST_PREFIX "${name}." TEST_FILTER "Slow*:Beside*"
            TEST_LIST ${name}_slow_tests PROPERTIES LABELS slow DISCOVERY_TIMEOUT 60)
    endif()
endfunction()
