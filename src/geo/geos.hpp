#pragma once

// For the files of geo/ that talk to GEOS; other rooms use geometry.hpp.

#include "base/result.hpp"
#include "geo/geometry.hpp"

#include <geos_c.h>

#include <memory>
#include <string>

namespace icmap::geo::geos {

/// This thread's GEOS context, made on first use.
[[nodiscard]] GEOSContextHandle_t context();

/// GEOS's last words on this thread, then forgotten.
[[nodiscard]] std::string take_error();

/// The geometry, or GEOS's words as an internal error of `operation`.
[[nodiscard]] Result<Geometry> adopt_result(GEOSGeom_t* raw, std::string_view operation);

/// A GEOS object that is destroyed with this thread's context.
template <class T, void (*Destroy)(GEOSContextHandle_t, T*)>
struct Destroyer {
    void operator()(T* object) const { Destroy(context(), object); }
};
template <class T, void (*Destroy)(GEOSContextHandle_t, T*)>
using Owned = std::unique_ptr<T, Destroyer<T, Destroy>>;

using OwnedGeometry = Owned<GEOSGeom_t, GEOSGeom_destroy_r>;

/// The bytes of a buffer that GEOS allocated.
struct FreeBuffer {
    void operator()(void* buffer) const { GEOSFree_r(context(), buffer); }
};

/// Calls `visit(const GEOSGeometry*)` for every point, line and polygon, in order.
template <class Visit>
void for_each_part(const GEOSGeom_t* geometry, const Visit& visit) {
    if (GEOSGeomTypeId_r(context(), geometry) < GEOS_MULTIPOINT) {
        if (GEOSisEmpty_r(context(), geometry) == 0) {
            visit(geometry);
        }
        return;
    }
    const int n = GEOSGetNumGeometries_r(context(), geometry);
    for (int i = 0; i < n; ++i) {
        for_each_part(GEOSGetGeometryN_r(context(), geometry, i), visit);
    }
}

/// The positions of a point, a line or a ring.
[[nodiscard]] Ring positions(const GEOSGeom_t* simple);

/// The opposite: a coordinate sequence owned by the caller, never null.
[[nodiscard]] GEOSCoordSequence* sequence(std::span<const PlaneXY> positions);

} // namespace icmap::geo::geos
