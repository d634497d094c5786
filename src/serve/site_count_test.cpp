#include "serve/queries.hpp"
#include "serve/site_table.hpp"
#include "serve/test_atlas.hpp"
#include "store/atlas_file.hpp"

#include <fmt/format.h>

namespace icmap::serve {
namespace {

/// The tiny atlas with 9,000 firms more, every seventh with a second site, every fourth in a
/// cluster: rows enough for several blocks of sums.
constexpr const char* kManyFirms = R"(
    insert into firm select * exclude (i) replace (1000 + i as firm_id, 'MM' || i as company_number,
            if(i % 3 = 0, i % 50, null) as employees)
        from (select * from firm where firm_id = 0), range(9000) t(i);
    insert into site select * exclude (i) replace (1000 + i as site_id, 1000 + i as firm_id,
            200000 + hash(i) % 300000 as x_m, 100000 + hash(i + 1) % 400000 as y_m,
            i % 5 > 0 as in_density)
        from (select * from site where site_id = 0), range(9000) t(i);
    insert into site select * exclude (i) replace (20000 + i as site_id, 1000 + i as firm_id,
            200000 + hash(i) % 300000 as x_m, 100000 + hash(i + 2) % 400000 as y_m,
            'other' as kind)
        from (select * from site where site_id = 0), range(0, 9000, 7) t(i);
    insert into firm_sector select 1000 + i, i % 3, 'test' from range(9000) t(i);
    insert into firm_sector select 1000 + i, 4, 'test' from range(0, 9000, 9) t(i);
    insert into evidence select * exclude (i) replace (1000 + i as firm_id)
        from (select * from evidence where in_window limit 1), range(0, 9000, 6) t(i);
    insert into cluster_member select * exclude (i) replace (i % 3 as cluster_id, 1000 + i as site_id,
            1000 + i as firm_id)
        from (select * from cluster_member limit 1), range(0, 9000, 4) t(i);
)";

class SiteCount : public testing::Test {
  protected:
    SiteCount() {
        auto opened = store::open_atlas(atlas().path());
        EXPECT_TRUE(opened) << opened.error().message();
        database.emplace(std::move(*opened));
        session.emplace(open_session(*database).value());
        table.emplace(SiteTable::read(*session, read_catalogue(*session).value()).value());
    }
    static TestAtlas& atlas() {
        static TestAtlas many("many", kManyFirms);
        return many;
    }
    /// A number that the database finds of the located sites of active firms in a box.
    [[nodiscard]] std::int64_t asked(const Box& box, const std::string& what) {
        auto number = session->integer(fmt::format(
            "with evident as (select distinct firm_id from evidence where in_window) "
            "select {} from site join firm using (firm_id) left join evident using (firm_id) "
            "where is_active and x_m between {} and {} and y_m between {} and {}",
            what, box.min_x, box.max_x, box.min_y, box.max_y));
        EXPECT_TRUE(number) << number.error().message();
        return number.value_or(-1);
    }
    void expect_as_asked(const Box& box) {
        const Inside inside = table->count(table->grid().within(geo::Geometry::box(box)));
        const auto expect = [&](std::int64_t found, const std::string& what) {
            EXPECT_EQ(found, asked(box, what)) << what;
        };
        const auto number = [](auto count) { return static_cast<std::int64_t>(count); };
        expect(number(inside.sites), "count(*)");
        expect(number(inside.firms), "count(distinct firm_id)");
        expect(number(inside.rdi_active_firms), "count(distinct evident.firm_id)");
        expect(number(inside.offices), "count(*) filter (kind = 'registered_office')");
        expect(number(inside.reporting), "count(employees) filter (kind = 'registered_office')");
        expect(inside.employees,
               "coalesce(sum(employees) filter (kind = 'registered_office'), 0)::bigint");
        expect(inside.largest_employees,
               "coalesce(max(employees) filter (kind = 'registered_office'), 0)::bigint");
        expect(number(inside.density_sites), "count(*) filter (in_density)");
        for (std::size_t sector = 0; sector < inside.sector_firms.size(); ++sector) {
            const std::string is_in = fmt::format(
                "firm_id in (select firm_id from firm_sector where sector_id = {})", sector);
            expect(inside.sector_firms[sector], "count(distinct firm_id) filter (" + is_in + ")");
            expect(inside.sector_sites[sector], "count(*) filter (in_density and " + is_in + ")");
        }
        for (std::size_t cluster = 0; cluster < inside.cluster_sites.size(); ++cluster) {
            expect(inside.cluster_sites[cluster],
                   fmt::format("count(*) filter (site_id in (select site_id from cluster_member "
                               "where cluster_id = {}))",
                               cluster));
        }
    }

    std::optional<store::Database> database;
    std::optional<store::Connection> session;
    std::optional<SiteTable> table;
};

TEST_F(SiteCount, IsThatOfTheDatabaseHoweverLargeThePlace) {
    expect_as_asked({-1e7, -1e7, 1e7, 1e7});
    expect_as_asked({200'000.0, 100'000.0, 350'000.0, 500'000.0});
    expect_as_asked({230'000.5, 130'000.5, 470'000.5, 480'000.5});
    expect_as_asked({400'000.0, 380'000.0, 440'000.0, 420'000.0});
    expect_as_asked({0.0, 0.0, 1.0, 1.0});
}

TEST_F(SiteCount, IsTheSameOfRowsByTheirSites) {
    std::vector<std::uint32_t> sites;
    for (std::uint32_t site = 0; site < 30'000; ++site) {
        sites.push_back(29'999 - site);
    }
    const RowRanges rows = table->rows_of(sites);
    EXPECT_EQ(rows.size(), table->size());
    EXPECT_EQ(table->count(rows).firms,
              static_cast<std::size_t>(asked({-1e7, -1e7, 1e7, 1e7}, "count(distinct firm_id)")));
    EXPECT_EQ(table->sites_of(rows, {}, false).size(), table->size());
}

} // namespace
} // namespace icmap::serve
