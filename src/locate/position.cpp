#include "locate/position.hpp"

#include "store/bulk_append.hpp"

#include <array>
#include <cstdint>

namespace icmap::locate {

Result<std::vector<PlaneXY>> project_positions(store::Connection& connection,
                                               const geo::Projection& projection,
                                               std::string_view query, const std::string& target) {
    std::vector<std::uint32_t> ids;
    std::vector<LonLat> positions;
    ICMAP_TRY(connection.read(query, [&](const store::Chunk& chunk) {
        const auto id = chunk.column<std::uint32_t>(0);
        const auto lon = chunk.column<double>(1);
        const auto lat = chunk.column<double>(2);
        ids.insert(ids.end(), id.begin(), id.end());
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            positions.push_back({lon[i], lat[i]});
        }
    }));
    std::vector<PlaneXY> plane = projection.to_plane(positions);
    std::vector<double> x_m(plane.size());
    std::vector<double> y_m(plane.size());
    for (std::size_t i = 0; i < plane.size(); ++i) {
        x_m[i] = plane[i].x_m;
        y_m[i] = plane[i].y_m;
    }
    const std::array<store::Column, 3> columns{store::Column{std::span<const std::uint32_t>(ids)},
                                               store::Column{std::span<const double>(x_m)},
                                               store::Column{std::span<const double>(y_m)}};
    ICMAP_TRY(store::append_columns(connection, "main", target, columns));
    return plane;
}

} // namespace icmap::locate
