#include "pipeline/cluster_stage.hpp"

#include "base/parallel.hpp"
#include "cluster/extent.hpp"
#include "geo/bounds.hpp"
#include "geo/geometry.hpp"
#include "outline/outline.hpp"
#include "pipeline/label_sector.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <tuple>

namespace icmap::pipeline {
namespace {

/// One cluster of a sector, as it will be written.
struct Shape {
    std::uint16_t sector_id = 0;
    std::vector<std::uint32_t> members; ///< indexes into the sector's sites, ascending
    std::string wkb;                    ///< WGS 84
    LonLat label;
    Box bounds;
    double area_km2 = 0.0;
    double extent_km = 0.0;
};

struct SectorClusters {
    const SectorSites* sites = nullptr;
    std::vector<std::uint8_t> is_core;
    std::vector<Shape> shapes;
    std::optional<Metres> auto_eps;
};

Result<std::vector<SectorSites>> read_sectors(store::Connection& connection) {
    std::vector<SectorSites> sectors;
    ICMAP_TRY(connection.read(
        "select fs.sector_id, s.site_id, s.firm_id, s.x_m, s.y_m from firm_sector fs "
        "join site s on s.firm_id = fs.firm_id where s.in_density "
        "order by fs.sector_id, s.site_id",
        [&sectors](const store::Chunk& chunk) {
            const auto sector = chunk.column<std::uint16_t>(0);
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                if (sectors.empty() || sectors.back().sector_id != sector[row]) {
                    sectors.emplace_back().sector_id = sector[row];
                }
                SectorSites& sites = sectors.back();
                sites.site_id.push_back(chunk.column<std::uint32_t>(1)[row]);
                sites.firm_id.push_back(chunk.column<std::uint32_t>(2)[row]);
                sites.x_m.push_back(chunk.column<double>(3)[row]);
                sites.y_m.push_back(chunk.column<double>(4)[row]);
            }
        }));
    return sectors;
}

/// The land in the plane; empty where the project names no coastline.
Result<outline::Land> read_land(store::Connection& connection, const geo::Projection& projection) {
    std::string wkb;
    ICMAP_TRY(connection.read("select geometry from land", [&wkb](const store::Chunk& chunk) {
        if (chunk.size() > 0) {
            wkb = chunk.text(0, 0);
        }
    }));
    if (wkb.empty()) {
        return outline::Land::make(geo::Geometry());
    }
    ICMAP_ASSIGN(const auto lon_lat, geo::Geometry::from_wkb(wkb));
    ICMAP_ASSIGN(auto plane, geo::to_plane(lon_lat, projection));
    return outline::Land::make(std::move(plane));
}

/// All sites that count, for the method "relative"; nothing for the others.
Result<std::unique_ptr<const cluster::Background>>
read_background(store::Connection& connection, const ClusterSettings& settings) {
    if (settings.method != ClusterMethod::relative) {
        return nullptr;
    }
    std::vector<double> x_m;
    std::vector<double> y_m;
    ICMAP_TRY(connection.read("select x_m, y_m from site where in_density order by site_id",
                              [&](const store::Chunk& chunk) {
                                  const auto x = chunk.column<double>(0);
                                  const auto y = chunk.column<double>(1);
                                  x_m.insert(x_m.end(), x.begin(), x.end());
                                  y_m.insert(y_m.end(), y.begin(), y.end());
                              }));
    if (x_m.empty()) {
        return input_error(
            "No site has a position, so relative density has nothing to compare with",
            "Check the postcodes source of the project");
    }
    ICMAP_ASSIGN(auto background, cluster::Background::make(
                                      {x_m, y_m, {}}, Metres{settings.eps_m.value_or(1000.0)}));
    return std::make_unique<const cluster::Background>(std::move(background));
}

Result<void> draw(Shape& shape, const SectorSites& sites, const outline::OutlineOptions& options,
                  const outline::Land& land, const geo::Projection& projection) {
    std::vector<PlaneXY> members;
    members.reserve(shape.members.size());
    for (const std::uint32_t i : shape.members) {
        members.push_back({sites.x_m[i], sites.y_m[i]});
    }
    ICMAP_ASSIGN(const auto plane, outline::outline(members, options,
                                                    land.around(geo::bounds_of(members),
                                                                outline::reach_of(options))));
    ICMAP_ASSIGN(const auto lon_lat, geo::to_lon_lat(plane, projection));
    shape.wkb = lon_lat.wkb();
    shape.label = projection.to_lon_lat(plane.label_point());
    shape.bounds = lon_lat.bounds();
    shape.area_km2 = plane.area_m2() / 1e6;
    shape.extent_km = cluster::extent_of(sites.points(), shape.members).value / 1000.0;
    return {};
}

/// What every sector is clustered and drawn with.
struct Surroundings {
    const Project& project;
    const geo::Projection& projection;
    const cluster::Background* background;
    const outline::Land& land;
};

Result<SectorClusters> cluster_one(const SectorSites& sites, const Surroundings& around) {
    const Project& project = around.project;
    ICMAP_ASSIGN(auto labelled, label_sector(sites, project.cluster, around.background));
    cluster::Labels& labels = labelled.labels;
    SectorClusters clusters{&sites, std::move(labels.is_core), {}, labelled.auto_eps};
    clusters.shapes.resize(static_cast<std::size_t>(labels.cluster_count));
    for (std::uint32_t i = 0; i < labels.label.size(); ++i) {
        if (labels.label[i] >= 0) {
            Shape& shape = clusters.shapes[static_cast<std::size_t>(labels.label[i])];
            shape.sector_id = sites.sector_id;
            shape.members.push_back(i);
        }
    }
    std::stable_sort(clusters.shapes.begin(), clusters.shapes.end(),
                     [](const Shape& a, const Shape& b) {
                         return std::make_tuple(b.members.size(), a.members.front()) <
                                std::make_tuple(a.members.size(), b.members.front());
                     });
    outline::OutlineOptions options;
    options.snap = Metres{project.outline.grid_m};
    options.buffer = Metres{project.outline.buffer_m};
    options.ratio = project.outline.concavity;
    options.simplify = Metres{project.outline.simplify_m};
    std::vector<Result<void>> drawn(clusters.shapes.size());
    parallel_for_each(clusters.shapes.size(), 1, [&](std::size_t i) {
        drawn[i] = draw(clusters.shapes[i], sites, options, around.land, around.projection);
    });
    for (auto& result : drawn) {
        ICMAP_TRY(std::move(result));
    }
    return clusters;
}

Result<void> write_members(store::Connection& connection, std::span<const SectorClusters> sectors) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint32_t> site_id;
    std::vector<std::uint32_t> firm_id;
    std::vector<std::uint8_t> is_core;
    std::uint32_t next = 0;
    for (const SectorClusters& sector : sectors) {
        for (const Shape& shape : sector.shapes) {
            for (const std::uint32_t i : shape.members) {
                cluster_id.push_back(next);
                site_id.push_back(sector.sites->site_id[i]);
                firm_id.push_back(static_cast<std::uint32_t>(sector.sites->firm_id[i]));
                is_core.push_back(sector.is_core[i]);
            }
            ++next;
        }
    }
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint32_t>(cluster_id)},
        store::Column{std::span<const std::uint32_t>(site_id)},
        store::Column{std::span<const std::uint32_t>(firm_id)},
        store::Column{.values = std::span<const std::uint8_t>(is_core), .is_boolean = true}};
    return store::append_columns(connection, "main", "cluster_member", columns);
}

Result<void> write_shapes(store::Connection& connection, std::span<const SectorClusters> sectors) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint16_t> sector_id;
    std::vector<std::string> geometry;
    std::array<std::vector<double>, 8> numbers;
    for (const SectorClusters& sector : sectors) {
        for (const Shape& shape : sector.shapes) {
            cluster_id.push_back(static_cast<std::uint32_t>(cluster_id.size()));
            sector_id.push_back(shape.sector_id);
            geometry.push_back(shape.wkb);
            const std::array<double, 8> row{
                shape.label.lon,    shape.label.lat,    shape.bounds.min_x, shape.bounds.min_y,
                shape.bounds.max_x, shape.bounds.max_y, shape.area_km2,     shape.extent_km};
            for (std::size_t i = 0; i < row.size(); ++i) {
                numbers[i].push_back(row[i]);
            }
        }
    }
    std::vector<store::Column> columns{
        store::Column{std::span<const std::uint32_t>(cluster_id)},
        store::Column{std::span<const std::uint16_t>(sector_id)},
        store::Column{.values = std::span<const std::string>(geometry), .is_blob = true}};
    for (const std::vector<double>& column : numbers) {
        columns.push_back(store::Column{std::span<const double>(column)});
    }
    return store::append_columns(connection, "staging.main", "cluster_shape", columns);
}

} // namespace

Result<ClusterReport> cluster_sectors(store::Connection& connection, const Project& project,
                                      const geo::Projection& projection, Progress& progress) {
    ICMAP_ASSIGN(const auto sectors, read_sectors(connection));
    ICMAP_ASSIGN(const auto land, read_land(connection, projection));
    ICMAP_ASSIGN(const auto background, read_background(connection, project.cluster));
    const Surroundings around{project, projection, background.get(), land};

    std::vector<Result<SectorClusters>> results(sectors.size());
    std::atomic<std::uint64_t> done = 0;
    std::mutex telling;
    parallel_for_each(sectors.size(), 1, [&](std::size_t i) {
        results[i] = cluster_one(sectors[i], around);
        const std::uint64_t so_far = ++done;
        const std::scoped_lock lock(telling);
        progress.step(so_far, sectors.size());
    });

    std::vector<SectorClusters> clusters;
    ClusterReport report;
    report.sectors = sectors.size();
    for (std::size_t i = 0; i < results.size(); ++i) {
        ICMAP_ASSIGN(auto sector, std::move(results[i]));
        report.sites += sectors[i].site_id.size();
        report.clusters += sector.shapes.size();
        report.sectors_with_clusters += sector.shapes.empty() ? 0U : 1U;
        if (sector.auto_eps) {
            report.auto_eps.emplace_back(sectors[i].sector_id, *sector.auto_eps);
        }
        for (const Shape& shape : sector.shapes) {
            report.clustered_sites += shape.members.size();
        }
        clusters.push_back(std::move(sector));
    }
    ICMAP_TRY(write_members(connection, clusters));
    ICMAP_TRY(write_shapes(connection, clusters));
    return report;
}

} // namespace icmap::pipeline
