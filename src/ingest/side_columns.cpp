#include "ingest/side_columns.hpp"

#include "base/parallel.hpp"
#include "geo/geometry.hpp"
#include "geo/projection.hpp"
#include "store/bulk_append.hpp"

#include <limits>
#include <optional>
#include <vector>

namespace icmap::ingest {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

Result<void> project_positions(store::Connection& connection, const std::string& crs) {
    ICMAP_ASSIGN(const geo::Projection projection,
                 geo::Projection::create(crs.empty() ? "EPSG:27700" : crs));
    std::vector<PlaneXY> plane;
    ICMAP_TRY(connection.read(
        "select x_m, y_m from staging.ingest_typed", [&](const store::Chunk& chunk) {
            const auto x = chunk.column<double>(0);
            const auto y = chunk.column<double>(1);
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                const bool has_both = !chunk.is_null(0, row) && !chunk.is_null(1, row);
                plane.push_back(has_both ? PlaneXY{x[row], y[row]} : PlaneXY{kNothing, kNothing});
            }
        }));
    const std::vector<LonLat> positions = projection.to_lon_lat(plane);
    std::vector<double> lon(positions.size());
    std::vector<double> lat(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) {
        lon[i] = positions[i].lon;
        lat[i] = positions[i].lat;
    }
    ICMAP_TRY(connection.run(
        "create or replace temp table ingest_side (lon_deg double, lat_deg double)"));
    const std::array<store::Column, 2> columns{store::Column{std::span<const double>(lon)},
                                               store::Column{std::span<const double>(lat)}};
    return store::append_columns(connection, "main", "ingest_side", columns);
}

struct Checked {
    std::optional<std::string> wkb;
    std::optional<std::string> fault;
};

Checked check_geometry(const std::string& raw, bool is_text, const geo::Projection* projection) {
    auto geometry = is_text ? geo::Geometry::from_wkt(raw) : geo::Geometry::from_wkb(raw);
    if (geometry && projection != nullptr) {
        geometry = geo::to_lon_lat(*geometry, *projection);
    }
    if (!geometry) {
        return {std::nullopt, geometry.error().what};
    }
    if (geometry->is_empty()) {
        return {std::nullopt, "it is empty"};
    }
    auto mended = geo::mend(*geometry);
    if (!mended) {
        return {std::nullopt, mended.error().what};
    }
    if (mended->geometry.is_empty()) {
        return {std::nullopt, mended->reason};
    }
    return {mended->geometry.wkb(),
            mended->changed ? std::optional<std::string>(mended->reason) : std::nullopt};
}

Result<void> check_geometries(store::Connection& connection, const std::string& crs, bool is_text) {
    std::optional<geo::Projection> projection;
    if (is_text && !crs.empty()) {
        ICMAP_ASSIGN(auto created, geo::Projection::create(crs));
        projection.emplace(std::move(created));
    }
    std::vector<std::optional<std::string>> raw;
    ICMAP_TRY(connection.read(
        "select \"raw geometry\" from staging.ingest_typed", [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                const auto text = chunk.text(0, row);
                raw.push_back(text.empty() ? std::nullopt : std::optional(std::string(text)));
            }
        }));
    std::vector<std::optional<std::string>> wkb(raw.size());
    std::vector<std::optional<std::string>> faults(raw.size());
    parallel_for_each(raw.size(), 8, [&](std::size_t i) {
        if (!raw[i]) {
            faults[i] = is_text ? std::nullopt : std::optional<std::string>("there is none");
            return;
        }
        Checked checked = check_geometry(*raw[i], is_text, projection ? &*projection : nullptr);
        wkb[i] = std::move(checked.wkb);
        faults[i] = std::move(checked.fault);
    });
    ICMAP_TRY(connection.run(
        "create or replace temp table ingest_side (geometry blob, \"geometry ?\" varchar)"));
    using Texts = std::span<const std::optional<std::string>>;
    store::Column geometry{Texts(wkb)};
    geometry.is_blob = true;
    const std::array<store::Column, 2> columns{geometry, store::Column{Texts(faults)}};
    return store::append_columns(connection, "main", "ingest_side", columns);
}

} // namespace

Result<void> make_side_columns(store::Connection& connection, const RecordSql& sql,
                               const std::string& projected_crs) {
    if (sql.is_projected()) {
        return project_positions(connection, projected_crs);
    }
    if (sql.has_geometry()) {
        ICMAP_ASSIGN(const auto described,
                     connection.describe("select \"raw geometry\" from staging.ingest_typed"));
        return check_geometries(connection, projected_crs,
                                described.front().type == store::ColumnType::text);
    }
    return {};
}

} // namespace icmap::ingest
