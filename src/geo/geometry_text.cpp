#include "geo/geometry.hpp"

#include "geo/geos.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <new>

namespace icmap::geo {

using geos::context;

namespace {

using WkbReader = geos::Owned<GEOSWKBReader, GEOSWKBReader_destroy_r>;
using WkbWriter = geos::Owned<GEOSWKBWriter, GEOSWKBWriter_destroy_r>;
using WktReader = geos::Owned<GEOSWKTReader, GEOSWKTReader_destroy_r>;
using WktWriter = geos::Owned<GEOSWKTWriter, GEOSWKTWriter_destroy_r>;

/// What a reader made, if all its positions are finite.
Result<Geometry> checked(GEOSGeometry* raw, std::string_view format) {
    if (raw == nullptr) {
        return input_error(fmt::format("The geometry is not {}: {}", format, geos::take_error()),
                           "Write the file again with the program that made it");
    }
    Geometry geometry = Geometry::adopt(raw);
    for (const GeometryPart& part : geometry.parts()) {
        for (const Ring& ring : part.rings) {
            for (const PlaneXY& p : ring) {
                if (!std::isfinite(p.x_m) || !std::isfinite(p.y_m)) {
                    return input_error("The geometry holds a coordinate that is not finite",
                                       "Correct or remove it in its source file");
                }
            }
        }
    }
    return geometry;
}

/// At most `decimals` decimals, without trailing zeros, never "-0".
void append_number(std::string& text, double value, int decimals) {
    const std::size_t start = text.size();
    fmt::format_to(std::back_inserter(text), "{:.{}f}", value, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    if (text.compare(start, std::string::npos, "-0") == 0) {
        text.erase(start, 1);
    }
}

void append_position(std::string& text, PlaneXY position, int decimals) {
    text += '[';
    append_number(text, position.x_m, decimals);
    text += ',';
    append_number(text, position.y_m, decimals);
    text += ']';
}

void append_ring(std::string& text, const Ring& ring, int decimals) {
    text += '[';
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (i > 0) {
            text += ',';
        }
        append_position(text, ring[i], decimals);
    }
    text += ']';
}

void append_part(std::string& text, const GeometryPart& part, int decimals) {
    if (part.kind == GeometryKind::points) {
        append_position(text, part.rings.front().front(), decimals);
    } else if (part.kind == GeometryKind::lines) {
        append_ring(text, part.rings.front(), decimals);
    } else {
        text += '[';
        for (std::size_t i = 0; i < part.rings.size(); ++i) {
            if (i > 0) {
                text += ',';
            }
            append_ring(text, part.rings[i], decimals);
        }
        text += ']';
    }
}

std::string_view geojson_name(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::points:
        return "Point";
    case GeometryKind::lines:
        return "LineString";
    default:
        return "Polygon";
    }
}

/// Parts of one kind as Point, LineString, Polygon or their Multi form.
std::string geojson_of(std::span<const GeometryPart> parts, int decimals) {
    const bool multi = parts.size() > 1;
    std::string text = fmt::format(R"({{"type":"{}{}","coordinates":)", multi ? "Multi" : "",
                                   geojson_name(parts.front().kind));
    text += multi ? "[" : "";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += i > 0 ? "," : "";
        append_part(text, parts[i], decimals);
    }
    text += multi ? "]}" : "}";
    return text;
}

} // namespace

Result<Geometry> Geometry::from_wkb(std::string_view bytes) {
    const WkbReader reader(GEOSWKBReader_create_r(context()));
    // The buffer is bytes in either type; GEOS reads unsigned ones.
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    return checked(GEOSWKBReader_read_r(context(), reader.get(), data, bytes.size()),
                   "well-known binary");
}

Result<Geometry> Geometry::from_wkt(std::string_view text) {
    const WktReader reader(GEOSWKTReader_create_r(context()));
    const std::string terminated(text);
    return checked(GEOSWKTReader_read_r(context(), reader.get(), terminated.c_str()),
                   "well-known text");
}

std::string Geometry::wkb() const {
    const WkbWriter writer(GEOSWKBWriter_create_r(context()));
    GEOSWKBWriter_setOutputDimension_r(context(), writer.get(), 2);
    GEOSWKBWriter_setByteOrder_r(context(), writer.get(), GEOS_WKB_NDR);
    GEOSWKBWriter_setFlavor_r(context(), writer.get(), GEOS_WKB_ISO);
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, geos::FreeBuffer> buffer(
        GEOSWKBWriter_write_r(context(), writer.get(), raw(), &size));
    if (buffer == nullptr) {
        throw std::bad_alloc();
    }
    return {reinterpret_cast<const char*>(buffer.get()), size};
}

std::string Geometry::wkt(int decimals) const {
    const WktWriter writer(GEOSWKTWriter_create_r(context()));
    GEOSWKTWriter_setTrim_r(context(), writer.get(), 1);
    GEOSWKTWriter_setRoundingPrecision_r(context(), writer.get(), decimals);
    GEOSWKTWriter_setOutputDimension_r(context(), writer.get(), 2);
    const std::unique_ptr<char, geos::FreeBuffer> text(
        GEOSWKTWriter_write_r(context(), writer.get(), raw()));
    if (text == nullptr) {
        throw std::bad_alloc();
    }
    return text.get();
}

std::string Geometry::geojson(int decimals) const {
    const std::vector<GeometryPart> all = parts();
    if (all.empty()) {
        return R"({"type":"GeometryCollection","geometries":[]})";
    }
    if (kind() != GeometryKind::mixed) {
        return geojson_of(all, decimals);
    }
    std::string text = R"({"type":"GeometryCollection","geometries":[)";
    for (std::size_t i = 0; i < all.size(); ++i) {
        text += i > 0 ? "," : "";
        text += geojson_of(std::span(&all[i], 1), decimals);
    }
    return text + "]}";
}

} // namespace icmap::geo
