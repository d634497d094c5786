#include "tiles/encode.hpp"

#include <protozero/pbf_writer.hpp>

#include <algorithm>

namespace icmap::tiles {

namespace {

// Field and command numbers. \source MVT 2.1, vector_tile.proto and 4.3.1
constexpr protozero::pbf_tag_type kTileLayer = 3;
constexpr protozero::pbf_tag_type kLayerName = 1;
constexpr protozero::pbf_tag_type kLayerFeature = 2;
constexpr protozero::pbf_tag_type kLayerKey = 3;
constexpr protozero::pbf_tag_type kLayerValue = 4;
constexpr protozero::pbf_tag_type kLayerExtent = 5;
constexpr protozero::pbf_tag_type kLayerVersion = 15;
constexpr protozero::pbf_tag_type kFeatureId = 1;
constexpr protozero::pbf_tag_type kFeatureTags = 2;
constexpr protozero::pbf_tag_type kFeatureType = 3;
constexpr protozero::pbf_tag_type kFeatureGeometry = 4;
constexpr std::uint32_t kMoveTo = 1;
constexpr std::uint32_t kLineTo = 2;
constexpr std::uint32_t kClosePath = 7;

/// Writes a value into a value message.
struct WriteValue {
    protozero::pbf_writer* message;
    void operator()(std::monostate) const {}
    void operator()(std::string_view text) const {
        message->add_string(1, text.data(), text.size());
    }
    void operator()(double number) const { message->add_double(3, number); }
    void operator()(std::int64_t number) const {
        if (number >= 0) {
            message->add_uint64(5, static_cast<std::uint64_t>(number));
        } else {
            message->add_sint64(6, number);
        }
    }
    void operator()(bool flag) const { message->add_bool(7, flag); }
};

} // namespace

void GeometryCommands::clear() {
    commands_.clear();
    cursor_ = {};
}

void GeometryCommands::command(std::uint32_t id, std::size_t count) {
    commands_.push_back((static_cast<std::uint32_t>(count) << 3U) | id);
}

void GeometryCommands::position(TileXY position) {
    commands_.push_back(protozero::encode_zigzag32(position.x - cursor_.x));
    commands_.push_back(protozero::encode_zigzag32(position.y - cursor_.y));
    cursor_ = position;
}

void GeometryCommands::points(std::span<const TileXY> positions) {
    command(kMoveTo, positions.size());
    for (const TileXY& p : positions) {
        position(p);
    }
}

void GeometryCommands::line(std::span<const TileXY> positions) {
    command(kMoveTo, 1);
    position(positions.front());
    command(kLineTo, positions.size() - 1);
    for (const TileXY& p : positions.subspan(1)) {
        position(p);
    }
}

void GeometryCommands::ring(std::span<const TileXY> positions) {
    line(positions);
    command(kClosePath, 1);
}

std::uint32_t& ValueNumbers::slot(std::uint64_t identity) {
    if (2 * (used_ + 1) > entries_.size()) {
        grow();
    }
    Entry& entry = find(identity);
    if (!entry.is_used) {
        entry = {identity, kNone, true};
        ++used_;
    }
    return entry.number;
}

ValueNumbers::Entry& ValueNumbers::find(std::uint64_t identity) {
    const std::size_t mask = entries_.size() - 1;
    // The high bits of the product depend on all bits. \source Knuth, TAOCP 3, 6.4: Fibonacci
    // hashing
    std::size_t i = ((identity * 0x9E3779B97F4A7C15ULL) >> 32U) & mask;
    while (entries_[i].is_used && entries_[i].identity != identity) {
        i = (i + 1) & mask;
    }
    return entries_[i];
}

void ValueNumbers::grow() {
    std::vector<Entry> old(std::max<std::size_t>(16, 2 * entries_.size()));
    old.swap(entries_);
    for (const Entry& entry : old) {
        if (entry.is_used) {
            find(entry.identity) = entry;
        }
    }
}

LayerEncoder::LayerEncoder(std::string_view name, std::uint32_t extent)
    : name_(name), extent_(extent) {}

std::uint32_t LayerEncoder::key(std::string_view name) {
    return keys_.intern(name);
}

std::uint32_t LayerEncoder::value(const Value& value) {
    scratch_.clear();
    protozero::pbf_writer message(scratch_);
    std::visit(WriteValue{&message}, value);
    protozero::pbf_writer(values_).add_message(kLayerValue, scratch_);
    return value_count_++;
}

void LayerEncoder::feature(std::uint64_t id, TileGeometry type, const GeometryCommands& geometry) {
    protozero::pbf_writer layer(features_);
    protozero::pbf_writer message(layer, kLayerFeature);
    message.add_uint64(kFeatureId, id);
    if (!tags_.empty()) {
        message.add_packed_uint32(kFeatureTags, tags_.begin(), tags_.end());
    }
    message.add_enum(kFeatureType, static_cast<std::int32_t>(type));
    const std::span<const std::uint32_t> commands = geometry.all();
    message.add_packed_uint32(kFeatureGeometry, commands.begin(), commands.end());
    tags_.clear();
    ++feature_count_;
}

std::string LayerEncoder::finish() const {
    std::string tile;
    if (feature_count_ == 0) {
        return tile;
    }
    std::string message;
    protozero::pbf_writer layer(message);
    layer.add_uint32(kLayerVersion, 2);
    layer.add_string(kLayerName, name_);
    layer.add_uint32(kLayerExtent, extent_);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        layer.add_string(kLayerKey, keys_.at(i).data(), keys_.at(i).size());
    }
    // Encoded fields of one message, put one after another, are that message.
    message += values_;
    message += features_;
    protozero::pbf_writer(tile).add_message(kTileLayer, message);
    return tile;
}

} // namespace icmap::tiles
