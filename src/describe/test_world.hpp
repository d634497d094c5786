#pragma once

#include "base/progress.hpp"
#include "describe/describe.hpp"
#include "geo/geometry.hpp"
#include "store/connection.hpp"
#include "store/steps.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>

namespace icmap::describe {

constexpr double kDegreesPerMetre = 1.0 / 100'000.0;

inline double lon(double x_m) {
    return -1.5 + x_m * kDegreesPerMetre;
}
inline double lat(double y_m) {
    return 53.0 + y_m * kDegreesPerMetre;
}

/// A small register with clusters drawn by hand: sector 0 is "Widgets", sector 1 its sub-sector.
class World {
  public:
    World() {
        EXPECT_TRUE(connection.run("attach ':memory:' as staging"));
        EXPECT_TRUE(store::create_atlas_schema(connection));
        EXPECT_TRUE(store::run_step(connection, "schema/staging.sql"));
        run("insert into sector values "
            "(0, 'widgets', 'Widgets', 'user', null, false, null, 'Makers of widgets.', 'us'), "
            "(1, 'fine-widgets', 'Fine widgets', 'user', 0, false, null, 'Finer.', 'us')");
    }
    /// A firm with its registered office there; in the sector or not.
    std::uint32_t firm(double x_m, double y_m, bool in_sector, const std::string& more = "") {
        run(fmt::format("insert into firm (firm_id, company_number, name, is_active, incorporated) "
                        "values ({}, '{:08}', 'Firm {}', true, date '2010-06-01')",
                        firms, firms, firms));
        if (!more.empty()) {
            run(fmt::format("update firm set {} where firm_id = {}", more, firms));
        }
        if (in_sector) {
            run(fmt::format("insert into firm_sector values ({}, 0, 'list')", firms));
        }
        site(firms, x_m, y_m);
        return firms++;
    }
    std::uint32_t site(std::uint32_t of, double x_m, double y_m) {
        run(fmt::format(
            "insert into site values ({0}, {1}, 'registered_office', null, 'unit', {2}, "
            "{3}, {4}, {5}, false, (select is_active from firm where firm_id = {1}))",
            sites, of, lon(x_m), lat(y_m), x_m, y_m));
        return sites++;
    }
    /// A cluster of all sector sites of active firms inside a box.
    void cluster(double min_x, double min_y, double max_x, double max_y) {
        const auto outline =
            geo::Geometry::box({lon(min_x), lat(min_y), lon(max_x), lat(max_y)}).wkb();
        std::string hex;
        for (const char c : outline) {
            hex += fmt::format("{:02X}", static_cast<unsigned char>(c));
        }
        stage(
            fmt::format("insert into staging.cluster_shape values ({}, 0, unhex('{}'), {}, {}, {}, "
                        "{}, {}, {}, 4.0, 2.0)",
                        clusters, hex, lon((min_x + max_x) / 2), lat((min_y + max_y) / 2),
                        lon(min_x), lat(min_y), lon(max_x), lat(max_y)));
        run(fmt::format("insert into cluster_member select {}, site_id, firm_id, true from site "
                        "join firm_sector using (firm_id) where sector_id = 0 and in_density and "
                        "x_m between {} and {} and y_m between {} and {} order by site_id",
                        clusters, min_x, max_x, min_y, max_y));
        ++clusters;
    }
    void place(const std::string& name, const std::string& kind, double importance, double x_m,
               double y_m) {
        run(fmt::format("insert into place values ({}, {}, '{}', null, {}, null, {}, {}, {}, {})",
                        places++, store::sql_literal(name), kind, importance, lon(x_m), lat(y_m),
                        x_m, y_m));
    }
    void project(const std::string& funder, const std::string& start, const std::string& end,
                 std::initializer_list<std::uint32_t> members) {
        run(fmt::format(
            "insert into project (project_id, reference, funder, programme, start_date, "
            "end_date) values ({0}, 'P{0}', '{1}', 'Programme', '{2}', '{3}')",
            projects, funder, start, end));
        for (const std::uint32_t member : members) {
            run(fmt::format("insert into participation values ({}, 'x', null, null, null, 1000, "
                            "false, {}, null, 'name', 1)",
                            projects, member));
            run(fmt::format("insert into evidence values ({}, 'public_rd_project', '{}', 'P{}', "
                            "null, 1000, true)",
                            member, start, projects));
        }
        ++projects;
    }
    DescribeReport describe() {
        // As locate writes them, in whatever order a test thinks of them.
        run("create temp table in_order as from account order by firm_id, period_end; "
            "delete from account; insert into account from in_order; drop table in_order");
        flush();
        const auto progress = make_progress(ProgressStyle::quiet);
        DescribeOptions options;
        options.as_of = "2024-11-01";
        options.bootstrap_replicates = 199;
        auto report = describe::describe(connection, options, *progress);
        EXPECT_TRUE(report) << report.error().message();
        return report ? *report : DescribeReport{};
    }
    double value(int of, const std::string& measure) {
        return connection
            .real(fmt::format("select value from cluster_measure where cluster_id = {} and "
                              "measure = '{}'",
                              of, measure))
            .value();
    }
    std::string text(const std::string& query) { return connection.text(query).value(); }
    std::string reason(int of, const std::string& measure) {
        return text(fmt::format("select coalesce((select missing_reason from cluster_measure where "
                                "cluster_id = {} and measure = '{}'), 'none')",
                                of, measure));
    }
    /// Statements are collected and run in one go: one at a time they take most of the test.
    void run(const std::string& statement) { pending += statement + ";\n"; }
    /// A transaction may write to one database only.
    void stage(const std::string& statement) { staged += statement + ";\n"; }
    void flush() {
        const auto done = connection.run("begin;" + pending + "commit;" + staged);
        ASSERT_TRUE(done) << done.error().what;
        pending.clear();
        staged.clear();
    }
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    std::string pending;
    std::string staged;
    std::uint32_t firms = 0;
    std::uint32_t sites = 0;
    int clusters = 0;
    int places = 0;
    int projects = 0;
};

/// Firms in a row from that position: so many of the sector, so many others beside them.
inline void town(World& world, double x_m, double y_m, int in_sector, int others) {
    for (int i = 0; i < in_sector; ++i) {
        world.firm(x_m + 10.0 * i, y_m, true);
    }
    for (int i = 0; i < others; ++i) {
        world.firm(x_m + 10.0 * i, y_m + 50.0, false);
    }
}

} // namespace icmap::describe
