#include "serve/area_years.hpp"

#include "serve/atlas_view.hpp"
#include "serve/test_atlas.hpp"

#include <cmath>

namespace icmap::serve {
namespace {
using nlohmann::json;

std::unique_ptr<AtlasView> open_view(const std::filesystem::path& path) {
    static const auto progress = make_progress(ProgressStyle::quiet);
    auto view = AtlasView::open(path, {.query_time = std::chrono::seconds(120)}, *progress);
    EXPECT_TRUE(view) << view.error().message();
    view.value()->wait();
    return std::move(view.value());
}

/// The years of an area as the database is asked for them.
json asked_years(const AtlasView& atlas, std::uint32_t area) {
    auto lease = atlas.sessions().lend();
    return json::parse(
        json_of(lease.connection(), "area_years", {static_cast<std::int64_t>(area)}).value());
}

void expect_same_years(const json& summed, const json& asked, const std::string& area) {
    ASSERT_EQ(summed.size(), asked.size()) << area;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        for (const auto& [key, value] : asked[i].items()) {
            const json& sum = summed[i].at(key);
            ASSERT_EQ(sum.is_null(), value.is_null()) << area << ' ' << key << ' ' << asked[i];
            if (!value.is_null()) {
                EXPECT_NEAR(sum.get<double>(), value.get<double>(),
                            1e-9 * std::abs(value.get<double>()))
                    << area << ' ' << key << ' ' << asked[i];
            }
        }
    }
}

TEST(AreaYears, SummedForAllAreWhatTheDatabaseAnswersForOne) {
    // Firms with sites in several areas, dates of every kind, two filings in a year, projects and
    // deals of which no amount is known, years that the sources hold in part.
    TestAtlas atlas(
        "area-years-all",
        "update firm set incorporated = null where firm_id % 7 = 0;"
        "update firm set dissolved = make_date(2012 + firm_id::integer % 14, 3, 1) where firm_id % "
        "5 = 0;"
        "update firm set incorporated = '2024-12-24' where firm_id % 11 = 0;"
        "insert into account select firm_id, make_date(2019, 1 + firm_id::integer % 6, 1), 1000, "
        "null from firm where firm_id % 3 = 0;"
        "create table sorted as from account order by firm_id, period_end;"
        "truncate account; insert into account from sorted; drop table sorted;"
        "update participation set award_gbp = null where project_id % 4 = 0;"
        "update deal set amount_gbp = null where deal_id % 3 = 0;"
        "update site set firm_id = firm_id - 1 where site_id % 6 = 5;"
        "update year_coverage set first_is_part = true, last_is_part = true");
    const auto opened = open_view(atlas.path());
    const AtlasView& view = *opened;
    const AreaYears* sums = view.area_years();
    ASSERT_NE(sums, nullptr);
    for (const AreaEntry& area : view.catalogue.areas) {
        expect_same_years(json::parse(sums->json(area.id)), asked_years(view, area.id), area.name);
    }
}

TEST(AreaYears, AreAskedForWhereTheAccountsAreNotInOrder) {
    TestAtlas atlas("area-years-order",
                    "create table mixed as from account order by period_end, firm_id desc;"
                    "truncate account; insert into account from mixed; drop table mixed");
    EXPECT_EQ(open_view(atlas.path())->area_years(), nullptr);
    EXPECT_EQ(atlas.json("/api/areas/E12000003/years"), tiny().json("/api/areas/E12000003/years"));
}

} // namespace
} // namespace icmap::serve
