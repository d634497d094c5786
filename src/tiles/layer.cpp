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
    std::shared_ptr<const std::vector<Column>> columns; ///< shared with subsets
    std::shared_ptr<const std::vector<std::uint64_t>> ids;
    std::size_t features = 0;
    Box bounds{1.0, 1.0, 0.0, 0.0};
    std::optional<PointPyramid> points;
    std::optional<ShapeSet> shapes;

    void draw_points(TileId id, LayerEncoder& encoder, LayerTile& tile) const;
    void draw_shapes(TileId id, LayerEncoder& encoder) const;
    void widen(double lon, double lat);
    void keep(std::string given_name, const LayerOptions& given, std::vector<Column> given_columns,
              std::vector<std::uint64_t> given_ids);
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
    if (!options.ranks.empty() && options.ranks.size() != features) {
        return layer_error(
            name, fmt::format("has {} features, but {} ranks", features, options.ranks.size()),
            "Give one rank per feature");
    }
    if (!ids.empty() && ids.size() != features) {
        return layer_error(name, fmt::format("has {} features, but {} ids", features, ids.size()),
                           "Give one id per feature");
    }
    return {};
}

/// Sets the attributes of features, writing equal values of a column once.
class AttributeWriter {
  public:
    AttributeWriter(std::span<const Column> columns, LayerEncoder& encoder)
        : columns_(columns), encoder_(&encoder), keys_(columns.size()), numbers_(columns.size()) {}

    void set(std::size_t i) {
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const auto identity = columns_[k].identity(i);
            std::uint32_t number = ValueNumbers::kNone;
            std::uint32_t& kept = identity ? numbers_[k].slot(*identity) : number;
            if (kept == ValueNumbers::kNone) {
                const Value value = columns_[k].at(i);
                kept = std::holds_alternative<std::monostate>(value) ? kAbsent
                                                                     : encoder_->value(value);
            }
            if (kept != kAbsent) {
                encoder_->tag(key(k), kept);
            }
        }
    }

  private:
    static constexpr std::uint32_t kAbsent = ValueNumbers::kNone - 1;

    [[nodiscard]] std::uint32_t key(std::size_t k) {
        if (!keys_[k]) {
            keys_[k] = encoder_->key(columns_[k].name());
        }
        return *keys_[k];
    }

    std::span<const Column> columns_;
    LayerEncoder* encoder_;
    std::vector<std::optional<std::uint32_t>> keys_;
    std::vector<ValueNumbers> numbers_;
};

/// Sets the number of points that a mark stands for.
class CountWriter {
  public:
    CountWriter(std::string_view name, LayerEncoder& encoder) : name_(name), encoder_(&encoder) {}
    void set(std::uint32_t count) {
        std::uint32_t& number = numbers_.slot(count);
        if (number == ValueNumbers::kNone) {
            number = encoder_->value(std::int64_t{count});
        }
        encoder_->tag(encoder_->key(name_), number);
    }

  private:
    std::string_view name_;
    LayerEncoder* encoder_;
    ValueNumbers numbers_;
};

} // namespace

void Layer::State::keep(std::string given_name, const LayerOptions& given,
                        std::vector<Column> given_columns, std::vector<std::uint64_t> given_ids) {
    name = std::move(given_name);
    options = given;
    options.ranks = {}; // the caller's
    columns = std::make_shared<const std::vector<Column>>(std::move(given_columns));
    ids = std::make_shared<const std::vector<std::uint64_t>>(std::move(given_ids));
}

void Layer::State::widen(double lon, double lat) {
    bounds = bounds.min_x > bounds.max_x
                 ? Box{lon, lat, lon, lat}
                 : Box{std::min(bounds.min_x, lon), std::min(bounds.min_y, lat),
                       std::max(bounds.max_x, lon), std::max(bounds.max_y, lat)};
}

void Layer::State::draw_points(TileId id, LayerEncoder& encoder, LayerTile& tile) const {
    const TileMarks found = points->marks(id);
    const bool is_aggregate = options.thinning == Thinning::aggregate && points->is_thinned(id.z);
    AttributeWriter attributes(*columns, encoder);
    CountWriter counts(options.count_name, encoder);
    GeometryCommands commands;
    for (const TileMark& mark : found.marks) {
        if (!is_aggregate) {
            attributes.set(mark.place);
        }
        if (!options.count_name.empty() && (mark.count > 1 || is_aggregate)) {
            counts.set(mark.count);
        }
        commands.clear();
        commands.points(std::span(&mark.position, 1));
        encoder.feature((*ids)[mark.place], TileGeometry::point, commands);
    }
    tile.left_out = found.points - found.own;
}

void Layer::State::draw_shapes(TileId id, LayerEncoder& encoder) const {
    AttributeWriter attributes(*columns, encoder);
    shapes->visit(id, [&](std::size_t i, TileGeometry type, const GeometryCommands& commands) {
        attributes.set(i);
        encoder.feature(ids->empty() ? i : (*ids)[i], type, commands);
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
    state->points.emplace(positions, options.ranks,
                          PyramidOptions{options.extent, options.buffer, options.max_points,
                                         options.thinning == Thinning::aggregate});
    // What a tile needs then lies together in memory.
    const std::vector<std::uint32_t> order = state->points->take_order();
    for (Column& column : columns) {
        column.reorder(order);
    }
    std::vector<std::uint64_t> sorted_ids(order.begin(), order.end());
    for (std::uint64_t& id : sorted_ids) {
        id = ids.empty() ? id : ids[id];
    }
    state->keep(std::move(name), options, std::move(columns), std::move(sorted_ids));
    state->features = positions.size();
    return Layer(std::move(state));
}

Layer Layer::subset(const std::function<bool(std::uint32_t)>& keeps) const {
    auto state = std::make_unique<State>();
    state->name = state_->name;
    state->options = state_->options;
    state->columns = state_->columns;
    state->ids = state_->ids;
    state->bounds = state_->bounds;
    state->points = state_->points->subset([&](std::uint32_t place) {
        const bool is_kept = keeps(place);
        state->features += is_kept ? 1U : 0U;
        return is_kept;
    });
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
    state->keep(std::move(name), options, std::move(columns), std::move(ids));
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
    return *state_->columns;
}
Box Layer::lon_lat_bounds() const {
    return state_->bounds;
}
std::size_t Layer::feature_count() const {
    return state_->features;
}

} // namespace icmap::tiles
