#pragma once

#include "locate/locate.hpp"

#include "geo/geometry.hpp"
#include "store/steps.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace icmap::locate {

/// A build's databases in memory, with three sources: 1 firms, 2 postcodes, 3 everything else.
struct World {
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    std::unique_ptr<Progress> progress = make_progress(ProgressStyle::quiet);

    World() {
        run("attach ':memory:' as atlas; attach ':memory:' as staging; use atlas;");
        EXPECT_TRUE(store::create_atlas_schema(connection));
        EXPECT_TRUE(store::run_step(connection, "schema/staging.sql"));
        run("insert into source select i, 'k', 'f', 'file' || i || '.csv', null, null, null, null, "
            "null, 0, 0, 0, 0, 0, '' from range(1, 4) t(i); set variable as_of = '2024-11-01';");
    }
    void run(const std::string& sql) {
        const auto done = connection.run(sql);
        ASSERT_TRUE(done) << done.error().message() << "\n" << sql;
    }
    void firm(int record, const std::string& number, const std::string& name,
              const std::string& more = "") {
        run(fmt::format("insert into staging.firm_record by name select 1 as source_id, {} as "
                        "record, '{}' as company_number, '{}' as name {}",
                        record, number, name, more.empty() ? "" : ", " + more));
    }
    void postcode(int record, const std::string& postcode, const std::string& lon_lat,
                  bool is_terminated = false) {
        run(fmt::format("insert into staging.postcode_record values (2, {}, '{}', {}, {})", record,
                        postcode, lon_lat, is_terminated));
    }
    /// A square of `side` degrees with its lower left corner at lon, lat.
    void area(int record, const std::string& code, const std::string& level, double lon, double lat,
              double side) {
        const std::string wkb = geo::Geometry::box({lon, lat, lon + side, lat + side}).wkb();
        std::string hex;
        for (const char c : wkb) {
            hex += fmt::format("{:02X}", static_cast<unsigned char>(c));
        }
        run(fmt::format("insert into staging.area_record values (3, {}, '{}', 'Area {}', '{}', "
                        "null, unhex('{}'))",
                        record, code, code, level, hex));
    }
    LocateReport locate(const LocateOptions& options = {}) {
        const auto projection = geo::Projection::create("EPSG:27700").value();
        auto report = locate::locate(connection, options, projection, *progress);
        EXPECT_TRUE(report) << report.error().message();
        return report.value_or(LocateReport{});
    }
    std::string text(const std::string& query) { return connection.text(query).value(); }
    std::int64_t integer(const std::string& query) { return connection.integer(query).value(); }
    double real(const std::string& query) { return connection.real(query).value(); }
};

} // namespace icmap::locate
