#pragma once

// For tests of this folder only. What comes in from the world: each fault names file, line, field,
// value and remedy, and nothing is lost.

#include "ingest/test_world.hpp"

namespace icmap::ingest::test {

inline constexpr const char* kHeader =
    "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,IncorporationDate,"
    "SICCode.SicText_1\n";

inline std::string firm(const std::string& name, const std::string& number,
                        const std::string& rest = "S1 2HE,Active,14/04/2005,62020 - IT") {
    return name + "," + number + "," + rest + "\n";
}

inline Error failure(World& world, const Source& source) {
    const auto reports = world.ingest({source});
    EXPECT_FALSE(reports);
    return reports ? Error{} : reports.error();
}

inline Source firms(const World& world) {
    return world.source("firms", "companies-house", "firms.csv");
}

} // namespace icmap::ingest::test
