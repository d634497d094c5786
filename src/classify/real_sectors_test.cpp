// The built-in Industrial Strategy sectors against the published table of their SIC codes and
// frontier industries, which lies beside the project.
#include "classify/classify.hpp"
#include "classify/taxonomy.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace icmap::classify {
namespace {
namespace fs = std::filesystem;

fs::path published_table() {
    const char* named = std::getenv("ICMAP_REAL_DATA");
    const fs::path folder =
        named != nullptr ? fs::path(named) : fs::path(ICMAP_SOURCE_DIR) / "../shared/data";
    return folder / "uk/industrial_strategy_sectors_2025.csv";
}

struct Published {
    std::string sector;
    std::string industry; ///< what a frontier industry without a code is called
    std::string code;     ///< empty: defined by words
    bool is_frontier = false;
};

std::vector<Published> read_published() {
    auto database = store::Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    std::vector<Published> rows;
    EXPECT_TRUE(connection.read(
        "select case sector_name when 'Clean Energy' then 'Clean Energy Industries' else "
        "sector_name end, coalesce(frontier_subsector_ifnotSIC, ''), coalesce(sic_code, ''), "
        "is_frontier = '1' from read_csv(" +
            store::sql_literal(published_table().string()) +
            ", all_varchar = true, header = true, nullstr = ['NA', ''])",
        [&rows](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                rows.push_back({std::string(chunk.text(0, i)), std::string(chunk.text(1, i)),
                                std::string(chunk.text(2, i)), chunk.column<bool>(3)[i]});
            }
        }));
    return rows;
}

bool covers(const SectorDefinition& sector, const std::string& code) {
    return std::any_of(sector.sic.begin(), sector.sic.end(),
                       [&](const std::string& prefix) { return code.starts_with(prefix); });
}

/// The sector itself and what lies below it.
std::vector<const SectorDefinition*> family(const Definitions& definitions,
                                            const std::string& name) {
    std::vector<const SectorDefinition*> found;
    for (const SectorDefinition& sector : definitions.sectors) {
        if (sector.name == name || sector.industrial_strategy_parent == name) {
            found.push_back(&sector);
        }
    }
    return found;
}

TEST(RealSectors, CoverEveryPublishedCodeAndFrontierIndustry) {
    if (!fs::exists(published_table())) {
        GTEST_SKIP() << "no real extracts at " << published_table();
    }
    Definitions definitions;
    const auto text = built_in_taxonomy("industrial-strategy").value();
    ASSERT_TRUE(read_taxonomy(text.file, text.text, definitions));
    ASSERT_TRUE(resolve_parents(definitions));
    // The two that have another name here.
    const std::map<std::string, std::string> renamed{
        {"Cybersecurity", "Cyber security"},
        {"Carbon capture and undersea storage (CCUS) and greenhouse gas removal (GGR)",
         "Carbon capture, usage and storage, and greenhouse gas removal"}};
    std::set<std::string> sectors;
    const auto published = read_published();
    ASSERT_EQ(published.size(), 109U);
    for (const Published& row : published) {
        sectors.insert(row.sector);
        const auto names = renamed.find(row.industry);
        const std::string industry = names == renamed.end() ? row.industry : names->second;
        const auto all = family(definitions, row.sector);
        EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                [&](const SectorDefinition* sector) {
                                    const bool is_it =
                                        row.code.empty()
                                            ? sector->name == industry && !sector->words.empty()
                                            : covers(*sector, row.code);
                                    return is_it && (!row.is_frontier || sector->is_frontier);
                                }))
            << row.sector << ": " << row.code << row.industry;
    }
    EXPECT_EQ(sectors.size(), 8U);
}

} // namespace
} // namespace icmap::classify
