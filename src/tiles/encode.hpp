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

/// Numbers given to the values of one attribute in one tile, by what tells the values apart.
class ValueNumbers {
  public:
    /// The slot of an identity; kNone in it: not numbered yet. Valid until the next call.
    [[nodiscard]] std::uint32_t& slot(std::uint64_t identity);
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  private:
    struct Entry {
        std::uint64_t identity = 0;
        std::uint32_t number = kNone;
        bool is_used = false;
    };
    void grow();
    [[nodiscard]] Entry& find(std::uint64_t identity);

    std::vector<Entry> entries_; ///< open addressing, a power of two, at most half full
    std::size_t used_ = 0;
};

/// Writes one layer, feature by feature; every key is written once, and so is every value of an
/// attribute unless its texts are taken to be all different.
class LayerEncoder {
  public:
    LayerEncoder(std::string_view name, std::uint32_t extent);

    /// The number of a key, written with the layer.
    [[nodiscard]] std::uint32_t key(std::string_view name);
    /// Writes a value, whatever was written before, and numbers it.
    [[nodiscard]] std::uint32_t value(const Value& value);
    /// Sets an attribute of the next feature.
    void tag(std::uint32_t key, std::uint32_t value) { tags_.insert(tags_.end(), {key, value}); }
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
    std::string values_; ///< encoded fields of the layer message
    std::uint32_t value_count_ = 0;
    std::string scratch_; ///< one value message
    std::vector<std::uint32_t> tags_;
};

} // namespace icmap::tiles
