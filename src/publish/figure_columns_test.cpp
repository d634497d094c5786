#include "publish/figure_columns.hpp"

#include "publish/test_world.hpp"

namespace icmap::publish {
namespace {

class FigureColumns : public ExportWorld {
  protected:
    void SetUp() override {
        ExportWorld::SetUp();
        remake("update cluster_measure set value = 2842.6666667, coverage = 0.5123456789 where "
               "measure = 'employment';"
               "update cluster_measure set value = 0.123456789 where measure = 'patent_share';"
               "insert into mass_registration_address values ('ZZ9 9ZZ', 500, null, 'many');");
    }
};

TEST_F(FigureColumns, HaveTheDigitsThatTheyAreWorth) {
    const std::string table = csv({});
    EXPECT_EQ(text("select employment from " + table + " limit 1"), "2843");
    EXPECT_EQ(text("select employment_coverage from " + table + " limit 1"), "0.512346");
    EXPECT_EQ(text("select patent_share from " + table + " limit 1"), "0.123457");
    EXPECT_EQ(text("select " + rounded_figure("1.23456e-7", "concentration_p", "", 3)), "1.235e-07")
        << "the tiniest chance is not nought";
    EXPECT_EQ(text("select " + rounded_figure("1.0", "is_collaborating", "", 0)), "true")
        << "as the other flags of the file";
    EXPECT_EQ(text("select " + rounded_figure("2019.0", "median_founding_year", "year", 0)),
              "2019");
    EXPECT_EQ(text("select " + rounded_figure("1.23456789", "location_quotient", "ratio", 2)),
              "1.23457");
}

TEST_F(FigureColumns, ComeWithIntervalsInvestorsStagesAndInstitutions) {
    const std::string table = csv({});
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
    const std::string table = csv({.layer = ExportLayer::mass_registration});
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
