#include "demo/land.hpp"

#include "base/embedded.hpp"
#include "demo/national_grid.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace icmap::demo {
namespace {

// The box of the raster: from west of Fermanagh to east of Lowestoft, Scilly to Shetland.
constexpr double kWest_m = -50000.0;
constexpr double kSouth_m = -30000.0;
constexpr std::int64_t kColumns = 3000;
constexpr std::int64_t kRows = 5200;

std::vector<PlanePolygon> read_polygons() {
    std::vector<PlanePolygon> polygons;
    const auto json = nlohmann::json::parse(land_geojson());
    for (const auto& feature : json["features"]) {
        if (feature["properties"]["layer"] != "uk") {
            continue;
        }
        for (const auto& rings : feature["geometry"]["coordinates"]) {
            PlanePolygon polygon;
            for (const auto& ring : rings) {
                PlaneRing points;
                for (const auto& point : ring) {
                    points.push_back(
                        to_national_grid({point[0].get<double>(), point[1].get<double>()}));
                }
                polygon.push_back(std::move(points));
            }
            polygons.push_back(std::move(polygon));
        }
    }
    return polygons;
}

} // namespace

Land::Land(const std::vector<PlanePolygon>& polygons)
    : cells_(static_cast<std::size_t>(kColumns * kRows), false) {
    std::vector<std::vector<double>> crossings(static_cast<std::size_t>(kRows));
    for (const PlanePolygon& polygon : polygons) {
        for (const PlaneRing& ring : polygon) {
            for (std::size_t i = 1; i < ring.size(); ++i) {
                const PlaneXY a = ring[i - 1].y_m < ring[i].y_m ? ring[i - 1] : ring[i];
                const PlaneXY b = ring[i - 1].y_m < ring[i].y_m ? ring[i] : ring[i - 1];
                const auto first =
                    static_cast<std::int64_t>(std::ceil((a.y_m - kSouth_m) / kCell_m - 0.5));
                for (std::int64_t row = std::max<std::int64_t>(first, 0); row < kRows; ++row) {
                    const double y_m = kSouth_m + (static_cast<double>(row) + 0.5) * kCell_m;
                    if (y_m >= b.y_m) {
                        break;
                    }
                    crossings[static_cast<std::size_t>(row)].push_back(
                        a.x_m + (y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m));
                }
            }
        }
    }
    for (std::int64_t row = 0; row < kRows; ++row) {
        fill_row(row, crossings[static_cast<std::size_t>(row)]);
    }
}

void Land::fill_row(std::int64_t row, std::vector<double>& crossings) {
    std::ranges::sort(crossings);
    for (std::size_t i = 1; i < crossings.size(); i += 2) {
        const auto from =
            static_cast<std::int64_t>(std::ceil((crossings[i - 1] - kWest_m) / kCell_m - 0.5));
        for (std::int64_t column = std::max<std::int64_t>(from, 0); column < kColumns; ++column) {
            if (kWest_m + (static_cast<double>(column) + 0.5) * kCell_m >= crossings[i]) {
                break;
            }
            cells_[static_cast<std::size_t>(row * kColumns + column)] = true;
        }
    }
}

bool Land::cell(std::int64_t column, std::int64_t row) const {
    return column >= 0 && column < kColumns && row >= 0 && row < kRows &&
           cells_[static_cast<std::size_t>(row * kColumns + column)];
}

bool Land::contains(PlaneXY point) const {
    return cell(static_cast<std::int64_t>(std::floor((point.x_m - kWest_m) / kCell_m)),
                static_cast<std::int64_t>(std::floor((point.y_m - kSouth_m) / kCell_m)));
}

PlaneXY Land::nearest(PlaneXY point) const {
    const auto column = static_cast<std::int64_t>(std::floor((point.x_m - kWest_m) / kCell_m));
    const auto row = static_cast<std::int64_t>(std::floor((point.y_m - kSouth_m) / kCell_m));
    if (cell(column, row)) {
        return point;
    }
    for (std::int64_t reach = 1; reach <= 160; ++reach) {
        for (std::int64_t y = row - reach; y <= row + reach; ++y) {
            const bool is_edge = y == row - reach || y == row + reach;
            for (std::int64_t x = column - reach; x <= column + reach;
                 x += is_edge ? 1 : 2 * reach) {
                if (cell(x, y)) {
                    return {kWest_m + (static_cast<double>(x) + 0.5) * kCell_m,
                            kSouth_m + (static_cast<double>(y) + 0.5) * kCell_m};
                }
            }
        }
    }
    return point;
}

const std::vector<PlanePolygon>& uk_polygons() {
    static const std::vector<PlanePolygon> kPolygons = read_polygons();
    return kPolygons;
}

const Land& uk_land() {
    static const Land kLand(uk_polygons());
    return kLand;
}

std::string_view land_geojson() {
    const auto text = base::find_text(geography::texts(), "land.geojson");
    assert(text.has_value());
    return text.value_or(std::string_view{});
}

} // namespace icmap::demo
