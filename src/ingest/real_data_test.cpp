#include "ingest/test_world.hpp"

// The openly licensed extracts beside the project, with the row counts that their README gives.

namespace icmap::ingest::test {
namespace {

#define SKIP_WITHOUT_REAL_DATA()                                                                   \
    if (!fs::exists(real_data() / "README.md")) {                                                  \
        GTEST_SKIP() << "no real extracts at " << real_data()                                      \
                     << "; set ICMAP_REAL_DATA to their folder";                                   \
    }

Source real(const World& world, const std::string& kind, const std::string& format,
            const std::string& path) {
    Source source = world.source(kind, format, path);
    source.base = real_data();
    return source;
}

std::vector<SourceReport> read(World& world, const std::vector<Source>& sources) {
    auto reports = world.ingest(sources);
    EXPECT_TRUE(reports) << (reports ? "" : reports.error().message());
    return reports.value_or(std::vector<SourceReport>(sources.size()));
}

TEST(RealData, EveryCompanyOfSouthYorkshireIsRead) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports =
        read(world,
             {real(world, "firms", "companies-house", "south-yorkshire/BasicCompanyData.csv.gz")});
    EXPECT_EQ(reports[0].rows_read, 75740U);
    EXPECT_EQ(reports[0].rows_rejected, 0U);
    EXPECT_EQ(world.count("select count(*) from staging.firm_record where postcode is not null and "
                          "incorporated is not null"),
              75740);
    EXPECT_EQ(world.text("select sic_codes[1] || ' ' || postcode || ' ' || incorporated from "
                         "staging.firm_record where company_number = '07405600'"),
              "33190 S66 2NR 2010-10-13");
}

} // namespace
} // namespace icmap::ingest::test
