# icmap_embed(target folder namespace [generated files of the folder...])
# makes a library `target` holding the text of every file of `folder` that matches `pattern`
# (recursively), by its path relative to the folder: `namespace::find("locate/sites.sql")`.
# The texts are baked in at build time, so that the program is one file that finds its own SQL and
# reference tables wherever it is installed; an edit of a text rebuilds only this library.
function(icmap_embed target folder namespace)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
    list(FILTER files EXCLUDE REGEX "README\\.md$")
    set(generated ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
    add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${generated} -DFOLDER=${folder} -DNAMESPACE=${namespace}
                -P ${CMAKE_SOURCE_DIR}/cmake/embed_texts.cmake
        DEPENDS ${files} ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/embed_texts.cmake
        COMMENT "Embedding ${folder}")
    add_library(${target} STATIC ${generated})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC icmap::base)
endfunction()
