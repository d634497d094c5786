#include "publish/figure_columns.hpp"

#include "store/atlas_file.hpp"
#include "worlds/tiny_atlas.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap::publish {
namespace {
namespace fs = std::filesystem;

class FigureColumns : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("icmap_figures_" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        ASSERT_TRUE(worlds::make_tiny_atlas(
            folder_ / "tiny.atlas",
            "update cluster_measure set value = 2842.6666667, coverage = 0.5123456789 "
            "where measure = 'employment';"
            "update cluster_measure set value = 0.123456789 where measure = 'patent_share';"
            "insert into mass_registration_address values ('ZZ9 9ZZ', 500, null, 'many');"));
        database_.emplace(store::open_atlas(folder_ / "tiny.atlas").value());
        connection_.emplace(database_->connect().value());
    }
    void TearDown() override { fs::remove_all(folder_); }
    /// Exports as CSV; to be read as a table of texts.
    std::string csv(ExportLayer layer) {
        const fs::path file = folder_ / "out.csv";
        const auto report =
            export_layer(*connection_, {.layer = layer, .format = ExportFormat::csv}, file);
        EXPECT_TRUE(report) << report.error().message();
        return "read_csv(" + store::sql_literal(file.string()) + ", all_varchar = true)";
    }
    std::string text(const std::string& query) { return connection_->text(query).value(); }

    fs::path folder_;
    std::optional<store::Database> database_;
    std::optional<store::Connection> connection_;
};

TEST_F(FigureColumns, HaveTheDigitsThatTheyAreWorth) {
    const std::string table = csv(ExportLayer::clusters);
    EXPECT_EQ(text("select employment from " + table + " limit 1"), "2843");
    EXPECT_EQ(text("select employment_coverage from " + table + " limit 1"), "0.512346");
    EXPECT_EQ(text("select patent_share from " + table + " limit 1"), "0.123457");
    EXPECT_EQ(text("select " + rounded_figure("1.23456e-7", "concentration_p", "", 3)), "1.235e-07")
        << "the tiniest chance is not nought";
    EXPECT_EQ(text("select " + rounded_figure("1.0", "is_collaborating", "", 0)), "1");
    EXPECT_EQ(text("select " + rounded_figure("2019.0", "median_founding_year", "year", 0)),
              "2019");
    EXPECT_EQ(text("select " + rounded_figure("1.23456789", "location_quotient", "ratio", 2)),
              "1.23457");
}

TEST_F(FigureColumns, ComeWithIntervalsInvestorsStagesAndInstitutions) {
    const std::string table = csv(ExportLayer::clusters);
    EXPECT_EQ(text("select count(*) from " + table +
                   " where location_quotient_low::double > location_quotient::double or "
                   "location_quotient_high::double < location_quotient::double"),
              "0");
    EXPECT_EQ(text("select stage_mix from " + table + " where stage_mix is not null limit 1"),
              "Seed 50 %; Series A 30 %; Series B 20 %");
    EXPECT_NE(text("select nearest_institutions from " + table +
                   " where nearest_institutions is not null limit 1")
                  .find(" km)"),
              std::string::npos);
    EXPECT_NE(text("select count(top_investors) from " + table), "0");
}

TEST_F(FigureColumns, MassRegistrationAddressesAreALayer) {
    const std::string table = csv(ExportLayer::mass_registration);
    EXPECT_EQ(text("select count(*) from " + table),
              text("select count(*) from mass_registration_address"));
    EXPECT_EQ(text("select count(*) from " + table +
                   " where town is not null and lon_deg is not null and active_firms::integer > 0 "
                   "and reason <> ''"),
              "1")
        << "one has firms in this atlas, the other has none";
}

} // namespace
} // namespace icmap::publish
