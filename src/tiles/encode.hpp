#pragma once

#include "tiles/column.hpp"
#include "tiles/interner.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::tiles {

/// Geometry types as the wire format numbers them. \source MVT 2.1, 4.3.4
enum class TileGeometry : std::uint8_t { point = 1, line = 2, polygon = 3 };

/// A position in a tile, in steps from its north-west corner, y downwards.
struct TileXY {
    std::int32_t x = 0;
    std::int32_t y = 0;
    friend bool operator==(TileXY, TileXY) = default;
};

/// The command integers of one feature's geometry: moves and lines as differences from the position
/// before, zigzag coded. \source MVT 2.1, 4.3
class GeometryCommands {
  public:
    void clear();
    /// A point or several.
    void points(std::span<const TileXY> positions);
    /// A line of at least two positions.
    void line(std::span<const TileXY> positions);
    /// A ring of at least three positions, the first not repeated.
    void ring(std::span<const TileXY> positions);
    [[nodiscard]] bool is_empty() const { return commands_.empty(); }
    [[nodiscard]] std::span<const std::uint32_t> all() const { return commands_; }

  private:
    void command(std::uint32_t id, std::size_t count);
    void position(TileXY position);

    std::vector<std::uint32_t> commands_;
    TileXY cursor_;
};

/// Writes one layer, feature by feature; every key and every value is written once.
class LayerEncoder {
  public:
    LayerEncoder(std::string_view name, std::uint32_t extent);

    /// Sets an attribute of the next feature; no value, no attribute.
    void attribute(std::string_view key, const Value& value);
    /// Ends the next feature.
    void feature(std::uint64_t id, TileGeometry type, const GeometryCommands& geometry);

    [[nodiscard]] std::size_t feature_count() const { return feature_count_; }

    /// The layer as a field of a tile message; empty if there was no feature.
    [[nodiscard]] std::string finish() const;

  private:
    std::string name_;
    std::uint32_t extent_;
    std::size_t feature_count_ = 0;
    std::string features_; ///< encoded fields of the layer message
    Interner keys_;
    Interner values_;     ///< encoded value messages
    std::string scratch_; ///< one of them
    std::vector<std::uint32_t> tags_;
};

} // namespace icmap::tiles
