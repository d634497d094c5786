// Other programs' readers as judges of what the example writes: DuckDB for tables, GDAL for shapes.
#include "demo/demo.hpp"
#include "store/connection.hpp"

#include <gdal.h>
#include <gtest/gtest.h>
#include <ogr_api.h>

#include <filesystem>
#include <string>
#include <unistd.h>

namespace icmap::demo {
namespace {

std::filesystem::path folder() {
    return std::filesystem::temp_directory_path() /
           ("icmap_judge_test_" + std::to_string(::getpid()));
}

class Judges : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto progress = make_progress(ProgressStyle::quiet);
        const auto made = write_example_project(folder(), {.firms = 10'000, .seed = 5}, *progress);
        ASSERT_TRUE(made.has_value()) << made.error().message();
        summary() = *made;
        GDALAllRegister();
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(folder()); }
    static DemoSummary& summary() {
        static DemoSummary kSummary;
        return kSummary;
    }

    static std::int64_t count(const std::string& file, const std::string& options,
                              const std::string& condition = "true") {
        auto database = store::Database::open(":memory:", {}).value();
        auto connection = database.connect().value();
        auto number =
            connection.integer("select count(*) from read_csv('" + (folder() / file).string() +
                               "', all_varchar = true" + options + ") where " + condition);
        EXPECT_TRUE(number.has_value()) << (number ? "" : number.error().message());
        return number.value_or(-1);
    }

    struct Shapes {
        std::int64_t features = 0;
        std::int64_t invalid = 0;
        double area_deg2 = 0.0;
    };
    static Shapes shapes(const std::string& file, const char* level) {
        Shapes out;
        const auto dataset =
            GDALOpenEx((folder() / file).c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
        EXPECT_NE(dataset, nullptr);
        OGRLayerH layer = dataset == nullptr ? nullptr : GDALDatasetGetLayer(dataset, 0);
        while (OGRFeatureH feature = layer == nullptr ? nullptr : OGR_L_GetNextFeature(layer)) {
            const int field = OGR_F_GetFieldIndex(feature, "level");
            if (level == nullptr || std::string(OGR_F_GetFieldAsString(feature, field)) == level) {
                ++out.features;
                const OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
                out.invalid += OGR_G_IsValid(geometry) != 0 ? 0 : 1;
                out.area_deg2 += OGR_G_Area(geometry);
            }
            OGR_F_Destroy(feature);
        }
        GDALClose(dataset);
        return out;
    }
};

TEST_F(Judges, DuckDbCountsTheFirmsThatAreNotBrokenRows) {
    // Broken rows (too few or many values, stray quotes, not UTF-8) are set aside by DuckDB; on one
    // thread, as its parallel reader loses its place at a stray quote.
    const auto kept = count(
        "companies/BasicCompanyDataAsOneFile.csv",
        ", header = true, ignore_errors = true, parallel = false, quote = '\"', escape = '\"'");
    EXPECT_GE(kept, 10'000 + 12); // six kinds of dirt, two rows each, are sound as CSV
    EXPECT_LE(kept, 10'000 + 20);
}

TEST_F(Judges, DuckDbReadsTheOtherTablesWhole) {
    const std::string plain = ", header = true";
    EXPECT_GE(count("postcodes/ONSPD_example.csv", plain),
              static_cast<std::int64_t>(summary().postcodes));
    EXPECT_GE(count("accounts/accounts.csv", plain), static_cast<std::int64_t>(summary().accounts));
    EXPECT_EQ(count("patents/patents.csv", plain),
              static_cast<std::int64_t>(summary().patents) + 2);
    EXPECT_EQ(count("deals/deals.csv", plain), static_cast<std::int64_t>(summary().deals) + 2);
    EXPECT_EQ(count("truth/members.csv", plain),
              static_cast<std::int64_t>(summary().planted_members));
    EXPECT_EQ(count("truth/dirt.csv", plain), static_cast<std::int64_t>(summary().dirty_rows));
    EXPECT_GT(
        count("grants/innovate_uk_funded_projects.csv", plain, "\"Award Offered (£)\" like '£%'"),
        100);
    EXPECT_GT(count("grants/cordis_organization.csv", ", header = true, delim = ';'",
                    "\"role\" = 'coordinator'"),
              5);
    EXPECT_EQ(count("places/GB.txt", ", header = false, delim = '\t', quote = ''"), 4301);
}

TEST_F(Judges, GdalFindsEveryAreaValidAndTheLevelsToCoverTheSameLand) {
    const Shapes lower = shapes("areas/areas.geojson", "lower_tier");
    EXPECT_EQ(lower.features, 330);
    const double land = shapes("coastline/uk.geojson", nullptr).area_deg2;
    for (const char* level : {"lower_tier", "itl3", "region", "country"}) {
        const Shapes one = shapes("areas/areas.geojson", level);
        EXPECT_EQ(one.invalid, 0) << level;
        EXPECT_NEAR(one.area_deg2, land, land * 1e-3) << level;
    }
    EXPECT_EQ(shapes("areas/areas.geojson", "country").features, 4);
    EXPECT_EQ(shapes("areas/areas.geojson", "region").features, 12);
    EXPECT_EQ(shapes("areas/areas.geojson", "combined_authority").features, 10);
}

} // namespace
} // namespace icmap::demo
