// Any bytes: read as a geometry, and what is one is mended, written, read again, measured, drawn
// into tiles and located in, all of which must hold.

#include "geo/area_index.hpp"
#include "geo/geometry.hpp"
#include "tiles/decoded_tile.hpp"
#include "tiles/layer.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

namespace {

using icmap::geo::Geometry;

void must(bool claim) {
    if (!claim) {
        std::abort();
    }
}

void draw(const Geometry& geometry) {
    const auto layer = icmap::tiles::Layer::shapes("fuzz", std::span(&geometry, 1), {});
    must(layer.has_value());
    for (const icmap::tiles::TileId id :
         {icmap::tiles::TileId{0, 0, 0}, icmap::tiles::TileId{3, 4, 4}, {22, 2097152, 2097152}}) {
        for (const auto& decoded : icmap::tiles::decode_tile(layer->tile(id).bytes)) {
            must(decoded.version == 2 && decoded.extent == 4096);
            for (const auto& feature : decoded.features) {
                must(!feature.paths.empty());
            }
        }
    }
}

void use(const Geometry& geometry) {
    const auto back = Geometry::from_wkb(geometry.wkb());
    must(back.has_value() && back->part_count() == geometry.part_count());
    must(!geometry.geojson(6).empty());
    static_cast<void>(geometry.area_m2());
    static_cast<void>(geometry.label_point());
    draw(geometry);
    const icmap::geo::AreaIndex index(std::span(&geometry, 1));
    static_cast<void>(index.locate(icmap::PlaneXY{0.5, 0.5}, icmap::Metres{1.0}));
    if (const auto mended = icmap::geo::mend(geometry)) {
        must(mended->geometry.is_valid());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto geometry = Geometry::from_wkb(bytes)) {
        use(*geometry);
    }
    if (const auto geometry = Geometry::from_wkt(bytes)) {
        use(*geometry);
    }
    return 0;
}
