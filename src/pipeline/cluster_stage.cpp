#include "pipeline/cluster_stage.hpp"

#include "base/parallel.hpp"
#include "geo/geometry.hpp"
#include "outline/outline.hpp"
#include "pipeline/draw_shapes.hpp"
#include "pipeline/label_sector.hpp"
#include "pipeline/sector_sites.hpp"
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

struct SectorClusters {
    const SectorSites* sites = nullptr;
    std::vector<std::uint8_t> is_core;
    std::vector<Shape> shapes;
    std::optional<Metres> auto_eps;
};

/// All sites that count, for the method "relative"; nothing for the others.
Result<std::unique_ptr<const cluster::Background>>
make_background(const describe::RegisterColumns& known, const ClusterSettings& settings) {
    if (settings.method != ClusterMethod::relative) {
        return nullptr;
    }
    std::vector<double> x_m;
    std::vector<double> y_m;
    for (const std::uint32_t location : known.location_of_site) {
        if (location != describe::RegisterColumns::kNowhere) {
            x_m.push_back(known.locations.plane[location].x_m);
            y_m.push_back(known.locations.plane[location].y_m);
        }
    }
    if (x_m.empty()) {
        return input_error(
            "No site has a position, so relative density has nothing to compare with",
            "Check the postcodes source of the project");
    }
    ICMAP_ASSIGN(auto background, cluster::Background::make(
                                      {x_m, y_m, {}}, Metres{settings.eps_m.value_or(1000.0)}));
    return std::make_unique<const cluster::Background>(std::move(background));
}

/// One shape a label, with its members.
std::vector<Shape> shapes_of(const cluster::Labels& labels, std::uint16_t sector_id) {
    std::vector<Shape> shapes(static_cast<std::size_t>(labels.cluster_count));
    std::vector<std::size_t> members(shapes.size(), 0);
    for (const auto label : labels.label) {
        if (label >= 0) {
            ++members[static_cast<std::size_t>(label)];
        }
    }
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        shapes[i].sector_id = sector_id;
        shapes[i].members.reserve(members[i]);
    }
    for (std::uint32_t i = 0; i < labels.label.size(); ++i) {
        if (labels.label[i] >= 0) {
            shapes[static_cast<std::size_t>(labels.label[i])].members.push_back(i);
        }
    }
    return shapes;
}

/// A sector's clusters, not drawn yet: the largest first.
Result<SectorClusters> cluster_one(const SectorSites& sites, const ClusterSettings& settings,
                                   const cluster::Background* background) {
    ICMAP_ASSIGN(auto labelled, label_sector(sites, settings, background));
    cluster::Labels& labels = labelled.labels;
    SectorClusters clusters{&sites, std::move(labels.is_core), {}, labelled.auto_eps};
    clusters.shapes = shapes_of(labels, sites.sector_id);
    std::stable_sort(clusters.shapes.begin(), clusters.shapes.end(),
                     [](const Shape& a, const Shape& b) {
                         return std::make_tuple(b.members.size(), a.members.front()) <
                                std::make_tuple(a.members.size(), b.members.front());
                     });
    return clusters;
}

Result<std::vector<SectorClusters>> cluster_each(std::span<const SectorSites> sectors,
                                                 const ClusterSettings& settings,
                                                 const cluster::Background* background,
                                                 Progress& progress) {
    std::vector<Result<SectorClusters>> results(sectors.size());
    std::atomic<std::uint64_t> done = 0;
    std::mutex telling;
    parallel_for_each(sectors.size(), 1, [&](std::size_t i) {
        results[i] = cluster_one(sectors[i], settings, background);
        const std::uint64_t so_far = ++done;
        const std::scoped_lock lock(telling);
        progress.step(so_far, sectors.size());
    });
    std::vector<SectorClusters> clusters;
    clusters.reserve(results.size());
    for (auto& result : results) {
        ICMAP_ASSIGN(clusters.emplace_back(), std::move(result));
    }
    return clusters;
}

Result<void> draw_all(std::span<SectorClusters> sectors, const OutlineSettings& settings,
                      const outline::Land& land, const geo::Projection& projection) {
    outline::OutlineOptions options;
    options.snap = Metres{settings.grid_m};
    options.buffer = Metres{settings.buffer_m};
    options.ratio = settings.concavity;
    options.simplify = Metres{settings.simplify_m};
    std::vector<Sketch> sketches;
    for (SectorClusters& sector : sectors) {
        for (Shape& shape : sector.shapes) {
            sketches.push_back({sector.sites, &shape});
        }
    }
    return draw_shapes(sketches, {options, land, projection});
}

/// A cluster, and its first row of cluster_member.
struct Placed {
    const SectorClusters* sector;
    const Shape* shape;
    std::size_t row;
};

MemberTable members_of(std::span<const SectorClusters> sectors) {
    std::vector<Placed> clusters;
    std::size_t rows = 0;
    for (const SectorClusters& sector : sectors) {
        for (const Shape& shape : sector.shapes) {
            clusters.push_back({&sector, &shape, rows});
            rows += shape.members.size();
        }
    }
    MemberTable table;
    table.rows.cluster_id.resize(rows);
    table.rows.site_id.resize(rows);
    table.firm_id.resize(rows);
    table.is_core.resize(rows);
    parallel_for_each(clusters.size(), 64, [&](std::size_t id) {
        const auto& [sector, shape, first] = clusters[id];
        std::size_t row = first;
        for (const std::uint32_t i : shape->members) {
            table.rows.cluster_id[row] = static_cast<std::uint32_t>(id);
            table.rows.site_id[row] = sector->sites->site_id[i];
            table.firm_id[row] = sector->sites->firm_id[i];
            table.is_core[row++] = sector->is_core[i];
        }
    });
    return table;
}

Result<void> write_members(store::Connection& connection, const MemberTable& table) {
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint32_t>(table.rows.cluster_id)},
        store::Column{std::span<const std::uint32_t>(table.rows.site_id)},
        store::Column{std::span<const std::uint32_t>(table.firm_id)},
        store::Column{.values = std::span<const std::uint8_t>(table.is_core), .is_boolean = true}};
    return store::append_columns(connection, "main", "cluster_member", columns);
}

ShapeTable shapes_in_order(std::span<SectorClusters> sectors) {
    ShapeTable table;
    for (SectorClusters& sector : sectors) {
        for (Shape& shape : sector.shapes) {
            table.cluster_id.push_back(static_cast<std::uint32_t>(table.cluster_id.size()));
            table.sector_id.push_back(shape.sector_id);
            table.geometry.push_back(std::move(shape.wkb));
            const std::array<double, 8> row{
                shape.label.lon,    shape.label.lat,    shape.bounds.min_x, shape.bounds.min_y,
                shape.bounds.max_x, shape.bounds.max_y, shape.area_km2,     shape.extent_km};
            for (std::size_t i = 0; i < row.size(); ++i) {
                table.numbers.at(i).push_back(row.at(i));
            }
        }
    }
    return table;
}

Result<void> write_shapes(store::Connection& connection, const ShapeTable& table) {
    std::vector<store::Column> columns{
        store::Column{std::span<const std::uint32_t>(table.cluster_id)},
        store::Column{std::span<const std::uint16_t>(table.sector_id)},
        store::Column{.values = std::span<const std::string>(table.geometry), .is_blob = true}};
    for (const std::vector<double>& column : table.numbers) {
        columns.push_back(store::Column{std::span<const double>(column)});
    }
    return store::append_columns(connection, "staging.main", "cluster_shape", columns);
}

} // namespace

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

Result<ClusterReport> cluster_sectors(const Project& project, const geo::Projection& projection,
                                      const outline::Land& land,
                                      const describe::RegisterColumns& known, Progress& progress) {
    const std::vector<SectorSites> sectors = sites_of_sectors(known);
    ICMAP_ASSIGN(const auto background, make_background(known, project.cluster));
    ICMAP_ASSIGN(auto clusters, cluster_each(sectors, project.cluster, background.get(), progress));
    ICMAP_TRY(draw_all(clusters, project.outline, land, projection));

    ClusterReport report;
    report.sectors = sectors.size();
    for (const SectorClusters& sector : clusters) {
        report.sites += sector.sites->site_id.size();
        report.clusters += sector.shapes.size();
        report.sectors_with_clusters += sector.shapes.empty() ? 0U : 1U;
        if (sector.auto_eps) {
            report.auto_eps.emplace_back(sector.sites->sector_id, *sector.auto_eps);
        }
        for (const Shape& shape : sector.shapes) {
            report.clustered_sites += shape.members.size();
        }
    }
    report.members = members_of(clusters);
    report.shapes = shapes_in_order(clusters);
    return report;
}

Result<void> write_clusters(store::Connection& connection, store::WritingAside& aside,
                            const MemberTable& members, const ShapeTable& shapes) {
    aside.begin([&members](store::Connection& own) { return write_members(own, members); });
    return write_shapes(connection, shapes);
}

} // namespace icmap::pipeline
