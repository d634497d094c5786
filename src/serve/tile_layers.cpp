#include "serve/tile_layers.hpp"

#include "serve/queries.hpp"

#include <algorithm>
#include <optional>

namespace icmap::serve {
namespace {
using store::Chunk;
using tiles::Column;
using tiles::Layer;

/// Attribute values of a layer that is being read.
using Texts = std::vector<std::optional<std::string>>;

Column text_column(std::string name, const Texts& values) {
    std::vector<std::optional<std::string_view>> views(values.begin(), values.end());
    return Column::texts(std::move(name), views);
}

std::optional<std::string> text_or_nothing(const Chunk& chunk, std::size_t column, std::size_t i) {
    return chunk.is_null(column, i) ? std::nullopt
                                    : std::optional(std::string(chunk.text(column, i)));
}

/// The attributes of clusters, once for outlines and once for label points.
std::vector<Column> cluster_columns(const Catalogue& catalogue) {
    std::vector<std::optional<std::string_view>> slug, name, sector, sector_name, type;
    std::vector<std::optional<bool>> is_rdi_active, is_frontier;
    std::vector<std::optional<std::int64_t>> sites, enterprises;
    std::vector<std::optional<double>> extent_km;
    std::vector<std::optional<double>> quotient(catalogue.clusters.size());
    for (const ClusterEntry& cluster : catalogue.clusters) {
        const SectorEntry& of = catalogue.sectors[cluster.sector];
        slug.emplace_back(cluster.slug);
        name.emplace_back(cluster.name);
        sector.emplace_back(of.slug);
        sector_name.emplace_back(of.name);
        type.emplace_back(cluster.type);
        is_rdi_active.emplace_back(cluster.is_rdi_active);
        is_frontier.emplace_back(of.is_frontier);
        sites.emplace_back(cluster.site_count);
        enterprises.emplace_back(cluster.enterprise_count);
        extent_km.emplace_back(cluster.extent_km);
    }
    if (const MeasureEntry* measure = catalogue.find_measure("location_quotient")) {
        quotient.assign(measure->values.begin(), measure->values.end());
    }
    std::vector<Column> columns;
    columns.push_back(Column::texts("slug", slug));
    columns.push_back(Column::texts("name", name));
    columns.push_back(Column::texts("sector", sector));
    columns.push_back(Column::texts("sector_name", sector_name));
    columns.push_back(Column::texts("type", type));
    columns.push_back(Column::booleans("is_rdi_active", is_rdi_active));
    columns.push_back(Column::booleans("is_frontier", is_frontier));
    columns.push_back(Column::integers("sites", sites));
    columns.push_back(Column::integers("enterprises", enterprises));
    columns.push_back(Column::numbers("extent_km", extent_km));
    columns.push_back(Column::numbers("location_quotient", quotient));
    return columns;
}

Result<TileSet> cluster_set(const Catalogue& catalogue) {
    std::vector<geo::Geometry> outlines;
    std::vector<LonLat> labels;
    std::vector<std::uint64_t> ids;
    for (const ClusterEntry& cluster : catalogue.clusters) {
        outlines.push_back(cluster.outline);
        labels.push_back(cluster.label);
        ids.push_back(cluster.id);
    }
    TileSet set{"clusters", 14, {}};
    ICMAP_ASSIGN(auto shapes, Layer::shapes("clusters", outlines, cluster_columns(catalogue), ids));
    tiles::LayerOptions options;
    options.max_points = 1'000'000; // every cluster keeps its point; the page decides what to draw
    ICMAP_ASSIGN(auto points,
                 Layer::points("cluster_points", labels, cluster_columns(catalogue), ids, options));
    set.layers.push_back(std::move(shapes));
    set.layers.push_back(std::move(points));
    return set;
}

Result<TileSet> area_set(const Catalogue& catalogue) {
    std::vector<geo::Geometry> outlines;
    std::vector<LonLat> labels;
    std::vector<std::uint64_t> ids, label_ids;
    std::vector<std::optional<std::string_view>> code, name, level, label_code, label_name,
        label_level;
    for (const AreaEntry& area : catalogue.areas) {
        outlines.push_back(area.outline);
        ids.push_back(area.id);
        code.emplace_back(area.code);
        name.emplace_back(area.name);
        level.emplace_back(area.level);
        if (area.label) {
            labels.push_back(*area.label);
            label_ids.push_back(area.id);
            label_code.emplace_back(area.code);
            label_name.emplace_back(area.name);
            label_level.emplace_back(area.level);
        }
    }
    const auto columns = [](const auto& codes, const auto& names, const auto& levels) {
        std::vector<Column> all;
        all.push_back(Column::texts("code", codes));
        all.push_back(Column::texts("name", names));
        all.push_back(Column::texts("level", levels));
        return all;
    };
    TileSet set{"areas", 12, {}};
    ICMAP_ASSIGN(auto shapes, Layer::shapes("areas", outlines, columns(code, name, level), ids));
    ICMAP_ASSIGN(auto points,
                 Layer::points("area_points", labels, columns(label_code, label_name, label_level),
                               label_ids));
    set.layers.push_back(std::move(shapes));
    set.layers.push_back(std::move(points));
    return set;
}

Result<TileSet> place_set(store::Connection& session) {
    std::vector<LonLat> places;
    std::vector<std::uint64_t> ids;
    Texts name, kind;
    std::vector<std::optional<std::int64_t>> population;
    std::vector<std::optional<double>> importance;
    // Most important first: a crowded tile keeps the first point of each of its cells.
    ICMAP_TRY(session.read(
        "select place_id, name, kind, population, importance, lon_deg, lat_deg from place "
        "order by importance desc, place_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ids.push_back(chunk.column<std::uint32_t>(0)[i]);
                name.push_back(text_or_nothing(chunk, 1, i));
                kind.push_back(text_or_nothing(chunk, 2, i));
                population.push_back(chunk.is_null(3, i) ? std::nullopt
                                                         : std::optional<std::int64_t>(
                                                               chunk.column<std::int32_t>(3)[i]));
                importance.emplace_back(chunk.column<double>(4)[i]);
                places.push_back({chunk.column<double>(5)[i], chunk.column<double>(6)[i]});
            }
        }));
    std::vector<Column> columns;
    columns.push_back(text_column("name", name));
    columns.push_back(text_column("kind", kind));
    columns.push_back(Column::integers("population", population));
    columns.push_back(Column::numbers("importance", importance));
    tiles::LayerOptions options;
    options.max_points = 120; // more names than a tile has room for
    options.count_name.clear();
    TileSet set{"places", 12, {}};
    ICMAP_ASSIGN(auto layer, Layer::points("places", places, std::move(columns), ids, options));
    set.layers.push_back(std::move(layer));
    return set;
}

Result<TileSet> institution_set(store::Connection& session) {
    std::vector<LonLat> places;
    std::vector<std::uint64_t> ids;
    Texts name, kind;
    ICMAP_TRY(session.read(
        "select asset_id, name, kind, lon_deg, lat_deg from asset where lon_deg is not null order "
        "by asset_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ids.push_back(chunk.column<std::uint32_t>(0)[i]);
                name.push_back(text_or_nothing(chunk, 1, i));
                kind.push_back(text_or_nothing(chunk, 2, i));
                places.push_back({chunk.column<double>(3)[i], chunk.column<double>(4)[i]});
            }
        }));
    std::vector<Column> columns;
    columns.push_back(text_column("name", name));
    columns.push_back(text_column("kind", kind));
    TileSet set{"institutions", 14, {}};
    ICMAP_ASSIGN(auto layer, Layer::points("institutions", places, std::move(columns), ids));
    set.layers.push_back(std::move(layer));
    return set;
}

/// A set of shapes read by a query of id, geometry and three texts.
Result<TileSet> shape_set(store::Connection& session, const char* name, const char* query,
                          const std::vector<std::string>& attributes) {
    std::vector<geo::Geometry> shapes;
    std::vector<std::uint64_t> ids;
    std::vector<Texts> texts(attributes.size());
    ICMAP_TRY(session.read(query, [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            auto geometry = geo::Geometry::from_wkb(chunk.text(1, i));
            if (!geometry) {
                continue;
            }
            ids.push_back(chunk.column<std::uint32_t>(0)[i]);
            shapes.push_back(std::move(*geometry));
            for (std::size_t k = 0; k < attributes.size(); ++k) {
                texts[k].push_back(text_or_nothing(chunk, 2 + k, i));
            }
        }
    }));
    std::vector<Column> columns;
    for (std::size_t k = 0; k < attributes.size(); ++k) {
        columns.push_back(text_column(attributes[k], texts[k]));
    }
    TileSet set{name, 12, {}};
    std::string layer_name(name);
    std::replace(layer_name.begin(), layer_name.end(), '-', '_');
    ICMAP_ASSIGN(auto layer, Layer::shapes(layer_name, shapes, std::move(columns), ids));
    set.layers.push_back(std::move(layer));
    return set;
}

} // namespace

Result<void> TileLayers::read_shapes(store::Connection& session, const Catalogue& catalogue) {
    const auto add = [this](Result<TileSet> set) -> Result<void> {
        if (!set) {
            return tl::unexpected(std::move(set).error());
        }
        sets_.push_back(std::make_unique<TileSet>(std::move(*set)));
        return {};
    };
    ICMAP_TRY(add(cluster_set(catalogue)));
    ICMAP_TRY(add(area_set(catalogue)));
    ICMAP_TRY(add(place_set(session)));
    ICMAP_TRY(add(institution_set(session)));
    ICMAP_TRY(add(shape_set(session, "land", "select 0::uinteger, geometry from land", {})));
    return add(shape_set(session, "published-clusters",
                         "select published_cluster_id, geometry, sector, cluster, sector_type "
                         "from published_cluster where geometry is not null order by 1",
                         {"sector", "cluster", "sector_type"}));
}

const TileSet* TileLayers::find(std::string_view name) const {
    if (is_firm_layer(name)) {
        const FirmTiles* firms = firms_ready_.load();
        return firms == nullptr ? nullptr : &firms->all();
    }
    for (const auto& set : sets_) {
        if (set->name == name) {
            return set.get();
        }
    }
    return nullptr;
}

Result<void> TileLayers::read_firms(store::Connection& session,
                                    const std::atomic<bool>& is_closing) {
    ICMAP_ASSIGN(firms_, FirmTiles::read(session, is_closing));
    firms_ready_ = firms_.get();
    return {};
}

std::string TileLayers::tile(const TileSet& set, tiles::TileId id) {
    std::string bytes;
    for (const Layer& layer : set.layers) {
        bytes += layer.tile(id).bytes;
    }
    return bytes;
}

} // namespace icmap::serve
