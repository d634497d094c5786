#include "geo/geos.hpp"

#include <fmt/format.h>

#include <new>

static_assert(sizeof(icmap::PlaneXY) == 2 * sizeof(double),
              "positions are handed to GEOS as an array of pairs of doubles");

namespace icmap::geo::geos {

namespace {

void keep_message(const char* message, void* kept) {
    *static_cast<std::string*>(kept) = message;
}

struct ThreadContext {
    ThreadContext() : handle(GEOS_init_r()) {
        if (handle == nullptr) {
            throw std::bad_alloc();
        }
        GEOSContext_setErrorMessageHandler_r(handle, keep_message, &last_error);
    }
    ~ThreadContext() { GEOS_finish_r(handle); }
    ThreadContext(const ThreadContext&) = delete;
    ThreadContext& operator=(const ThreadContext&) = delete;

    GEOSContextHandle_t handle;
    std::string last_error;
};

ThreadContext& thread_context() {
    thread_local ThreadContext local;
    return local;
}

} // namespace

GEOSContextHandle_t context() {
    return thread_context().handle;
}

std::string take_error() {
    return std::exchange(thread_context().last_error, {});
}

Result<Geometry> adopt_result(GEOSGeom_t* raw, std::string_view operation) {
    if (raw == nullptr) {
        return internal_error(
            fmt::format("The geometry operation \"{}\" failed: {}", operation, take_error()),
            "Mend the geometry in its source file, then run again");
    }
    return Geometry::adopt(raw);
}

Ring positions(const GEOSGeom_t* simple) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context(), simple);
    unsigned int n = 0;
    if (sequence == nullptr || GEOSCoordSeq_getSize_r(context(), sequence, &n) == 0 || n == 0) {
        return {};
    }
    Ring ring(n);
    GEOSCoordSeq_copyToBuffer_r(context(), sequence, &ring.front().x_m, 0, 0);
    return ring;
}

GEOSCoordSequence* sequence(std::span<const PlaneXY> positions) {
    const auto n = static_cast<unsigned int>(positions.size());
    GEOSCoordSequence* made =
        n == 0 ? GEOSCoordSeq_create_r(context(), 0, 2)
               : GEOSCoordSeq_copyFromBuffer_r(context(), &positions.front().x_m, n, 0, 0);
    if (made == nullptr) {
        throw std::bad_alloc();
    }
    return made;
}

} // namespace icmap::geo::geos
