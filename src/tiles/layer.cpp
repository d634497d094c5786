#include "tiles/layer.hpp"

#include "tiles/encode.hpp"
#include "tiles/point_pyramid.hpp"
#include "tiles/shape_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>

namespace icmap::tiles {

struct Layer::State {
    std::string name;
    LayerOptions options;
    std::vector<Column> columns;
    std::vector<std::uint64_t> ids;
    std::size_t features = 0;
    Box bounds{1.0, 1.0, 0.0, 0.0};
    std::optional<PointPyramid> points;
    std::optional<ShapeSet> shapes;

    [[nodiscard]] std::uint64_t id_of(std::size_t i) const { return ids.empty() ? i : ids[i]; }
    void set_attributes(std::size_t i, LayerEncoder& encoder) const {
        for (const Column& column : columns) {
            encoder.attribute(column.name(), column.at(i));
        }
    }
    void draw_points(TileId id, LayerEncoder& encoder, LayerTile& tile) const;
    void draw_shapes(TileId id, LayerEncoder& encoder) const;
    void widen(double lon, double lat);
};

namespace {

tl::unexpected<Error> layer_error(const std::string& layer, std::string what, std::string remedy) {
    return input_error(fmt::format("The tile layer \"{}\" {}", layer, what), std::move(remedy));
}

Result<void> check_options(const std::string& name, const LayerOptions& options) {
    const auto wrong = [&name](const char* field, auto value, const char* limit) {
        return layer_error(name, fmt::format("cannot have {} = {}", field, value),
                           fmt::format("Give {}", limit));
    };
    if (name.empty()) {
        return layer_error(name, "has no name", "Name it");
    }
    if (options.extent < 256 || options.extent > 65536) {
        return wrong("extent", options.extent, "256 to 65536 steps");
    }
    if (options.buffer > options.extent / 2) {
        return wrong("buffer", options.buffer, "at most half the extent");
    }
    if (!(options.simplify >= 0.0 && options.simplify <= 16.0)) {
        return wrong("simplify", options.simplify, "0 to 16 steps");
    }
    if (options.max_points < 1) {
        return wrong("max_points", options.max_points, "at least 1");
    }
    return {};
}

Result<void> check_columns(const std::string& name, std::span<const Column> columns,
                           std::size_t features, std::span<const std::uint64_t> ids,
                           const LayerOptions& options) {
    std::unordered_set<std::string_view> names;
    if (!options.count_name.empty()) {
        names.insert(options.count_name);
    }
    for (const Column& column : columns) {
        if (!names.insert(column.name()).second) {
            return layer_error(name, fmt::format("has two columns named \"{}\"", column.name()),
                               "Rename one");
        }
        if (column.size() != features) {
            return layer_error(name,
                               fmt::format("has {} features, but column \"{}\" has {} values",
                                           features, column.name(), column.size()),
                               "Give one value per feature");
        }
    }
    if (!ids.empty() && ids.size() != features) {
        return layer_error(name, fmt::format("has {} features, but {} ids", features, ids.size()),
                           "Give one id per feature");
    }
    return {};
}

} // namespace

void Layer::State::widen(double lon, double lat) {
    bounds = bounds.min_x > bounds.max_x
                 ? Box{lon, lat, lon, lat}
                 : Box{std::min(bounds.min_x, lon), std::min(bounds.min_y, lat),
                       std::max(bounds.max_x, lon), std::max(bounds.max_y, lat)};
}

void Layer::State::draw_points(TileId id, LayerEncoder& encoder, LayerTile& tile) const {
    const TileMarks found = points->marks(id);
    const bool is_aggregate = options.thinning == Thinning::aggregate && points->is_thinned(id.z);
    GeometryCommands commands;
    for (const TileMark& mark : found.marks) {
        if (!is_aggregate) {
            set_attributes(mark.index, encoder);
        }
        if (!options.count_name.empty() && (mark.count > 1 || is_aggregate)) {
            encoder.attribute(options.count_name, std::int64_t{mark.count});
        }
        commands.clear();
        commands.points(std::span(&mark.position, 1));
        encoder.feature(id_of(mark.index), TileGeometry::point, commands);
    }
    tile.left_out = found.points - found.own;
}

void Layer::State::draw_shapes(TileId id, LayerEncoder& encoder) const {
    shapes->visit(id, [&](std::size_t i, TileGeometry type, const GeometryCommands& commands) {
        set_attributes(i, encoder);
        encoder.feature(id_of(i), type, commands);
    });
}

Result<Layer> Layer::points(std::string name, std::span<const LonLat> positions,
                            std::vector<Column> columns, std::vector<std::uint64_t> ids,
                            const LayerOptions& options) {
    ICMAP_TRY(check_options(name, options));
    ICMAP_TRY(check_columns(name, columns, positions.size(), ids, options));
    auto state = std::make_unique<State>();
    for (const LonLat& p : positions) {
        if (std::isfinite(p.lon) && std::isfinite(p.lat)) {
            state->widen(p.lon, p.lat);
        }
    }
    state->points.emplace(positions,
                          PyramidOptions{options.extent, options.buffer, options.max_points,
                                         options.thinning == Thinning::aggregate});
    state->name = std::move(name);
    state->options = options;
    state->columns = std::move(columns);
    state->ids = std::move(ids);
    state->features = positions.size();
    return Layer(std::move(state));
}

Result<Layer> Layer::shapes(std::string name, std::span<const geo::Geometry> lon_lat,
                            std::vector<Column> columns, std::vector<std::uint64_t> ids,
                            const LayerOptions& options) {
    ICMAP_TRY(check_options(name, options));
    ICMAP_TRY(check_columns(name, columns, lon_lat.size(), ids, options));
    auto state = std::make_unique<State>();
    for (const geo::Geometry& geometry : lon_lat) {
        if (!geometry.is_empty()) {
            const Box box = geometry.bounds();
            state->widen(box.min_x, box.min_y);
            state->widen(box.max_x, box.max_y);
        }
    }
    state->shapes.emplace(lon_lat, ShapeOptions{options.extent, options.buffer, options.simplify});
    state->name = std::move(name);
    state->options = options;
    state->columns = std::move(columns);
    state->ids = std::move(ids);
    state->features = lon_lat.size();
    return Layer(std::move(state));
}

Layer::Layer(std::unique_ptr<const State> state) : state_(std::move(state)) {}
Layer::~Layer() = default;
Layer::Layer(Layer&&) noexcept = default;
Layer& Layer::operator=(Layer&&) noexcept = default;

LayerTile Layer::tile(TileId id) const {
    LayerTile tile;
    if (!exists(id)) {
        return tile;
    }
    LayerEncoder encoder(state_->name, state_->options.extent);
    if (state_->points) {
        state_->draw_points(id, encoder, tile);
    } else {
        state_->draw_shapes(id, encoder);
    }
    tile.features = encoder.feature_count();
    tile.bytes = encoder.finish();
    return tile;
}

const std::string& Layer::name() const {
    return state_->name;
}
std::span<const Column> Layer::columns() const {
    return state_->columns;
}
Box Layer::lon_lat_bounds() const {
    return state_->bounds;
}
std::size_t Layer::feature_count() const {
    return state_->features;
}

} // namespace icmap::tiles
