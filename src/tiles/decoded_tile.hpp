#pragma once

// For tests and fuzzing: reads a tile back with protozero, so that what was written is judged by
// another reading of the specification than the writer's.

#include "tiles/encode.hpp"

#include <protozero/pbf_reader.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace icmap::tiles {

using DecodedValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct DecodedFeature {
    std::uint64_t id = 0;
    TileGeometry type = TileGeometry::point;
    std::vector<std::vector<TileXY>> paths; ///< a ring's first position is not repeated
    std::map<std::string, DecodedValue> attributes;
};

struct DecodedLayer {
    std::string name;
    std::uint32_t version = 0;
    std::uint32_t extent = 0;
    std::vector<std::string> keys;
    std::vector<DecodedValue> values;
    std::vector<DecodedFeature> features;
};

inline DecodedValue decode_value(protozero::pbf_reader message) {
    DecodedValue value;
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            value = message.get_string();
            break;
        case 3:
            value = message.get_double();
            break;
        case 5:
            value = static_cast<std::int64_t>(message.get_uint64());
            break;
        case 6:
            value = message.get_sint64();
            break;
        case 7:
            value = message.get_bool();
            break;
        default:
            throw std::runtime_error("a value of a type that is never written");
        }
    }
    return value;
}

inline std::vector<std::vector<TileXY>> decode_geometry(const std::vector<std::uint32_t>& commands,
                                                        TileGeometry type) {
    std::vector<std::vector<TileXY>> paths;
    TileXY cursor;
    std::size_t i = 0;
    while (i < commands.size()) {
        const std::uint32_t id = commands[i] & 7U;
        const std::uint32_t count = commands[i++] >> 3U;
        if (id == 7) {
            if (type != TileGeometry::polygon || count != 1) {
                throw std::runtime_error("a stray ClosePath");
            }
            continue;
        }
        if ((id != 1 && id != 2) || count == 0 || i + 2 * std::size_t{count} > commands.size()) {
            throw std::runtime_error("a broken command");
        }
        for (std::uint32_t k = 0; k < count; ++k) {
            cursor.x += protozero::decode_zigzag32(commands[i++]);
            cursor.y += protozero::decode_zigzag32(commands[i++]);
            if (id == 1) {
                paths.emplace_back();
            }
            paths.back().push_back(cursor);
        }
    }
    return paths;
}

inline DecodedFeature decode_feature(protozero::pbf_reader message, const DecodedLayer& layer) {
    DecodedFeature feature;
    std::vector<std::uint32_t> tags;
    std::vector<std::uint32_t> commands;
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            feature.id = message.get_uint64();
            break;
        case 2: {
            const auto range = message.get_packed_uint32();
            tags.assign(range.begin(), range.end());
            break;
        }
        case 3:
            feature.type = static_cast<TileGeometry>(message.get_enum());
            break;
        case 4: {
            const auto range = message.get_packed_uint32();
            commands.assign(range.begin(), range.end());
            break;
        }
        default:
            message.skip();
        }
    }
    feature.paths = decode_geometry(commands, feature.type);
    for (std::size_t i = 0; i + 1 < tags.size(); i += 2) {
        feature.attributes[layer.keys.at(tags[i])] = layer.values.at(tags[i + 1]);
    }
    return feature;
}

inline std::vector<DecodedLayer> decode_tile(const std::string& bytes) {
    std::vector<DecodedLayer> layers;
    protozero::pbf_reader tile(bytes);
    while (tile.next(3)) {
        DecodedLayer layer;
        std::vector<protozero::pbf_reader> features;
        protozero::pbf_reader message = tile.get_message();
        while (message.next()) {
            switch (message.tag()) {
            case 1:
                layer.name = message.get_string();
                break;
            case 2:
                features.push_back(message.get_message());
                break;
            case 3:
                layer.keys.push_back(message.get_string());
                break;
            case 4:
                layer.values.push_back(decode_value(message.get_message()));
                break;
            case 5:
                layer.extent = message.get_uint32();
                break;
            case 15:
                layer.version = message.get_uint32();
                break;
            default:
                message.skip();
            }
        }
        for (const protozero::pbf_reader& feature : features) {
            layer.features.push_back(decode_feature(feature, layer));
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

} // namespace icmap::tiles
