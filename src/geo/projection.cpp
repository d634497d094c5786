#include "geo/projection.hpp"

#include "base/parallel.hpp"
#include "geo/coordinate_operation.hpp"
#include "geo/planar_crs.hpp"
#include "geo/proj_handles.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <limits>
#include <mutex>

static_assert(sizeof(icmap::PlaneXY) == 2 * sizeof(double) &&
                  sizeof(icmap::LonLat) == 2 * sizeof(double),
              "positions are handed to PROJ as strided arrays of doubles");

namespace icmap::geo {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
/// Points a thread takes at once: some 1 ms of work.
constexpr std::size_t kGrain = 2048;

} // namespace

struct Projection::State {
    std::string crs;
    std::string title;
    std::string note;
    bool lacks_grid = false;
    std::string grid_directory;
    std::optional<Box> area_of_use;
    proj::Operation best;
    std::optional<proj::Operation> fallback; ///< for points that `best` cannot carry

    /// What one thread at a time works with.
    struct Worker {
        proj::Context context;
        proj::Object best;
        proj::Object fallback;
    };
    mutable std::mutex mutex;
    mutable std::vector<std::unique_ptr<Worker>> idle;

    [[nodiscard]] std::unique_ptr<Worker> take() const {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                std::unique_ptr<Worker> worker = std::move(idle.back());
                idle.pop_back();
                return worker;
            }
        }
        auto worker = std::make_unique<Worker>();
        worker->context = proj::make_context(grid_directory);
        worker->best.reset(proj_create(worker->context.get(), best.pipeline.c_str()));
        if (fallback) {
            worker->fallback.reset(proj_create(worker->context.get(), fallback->pipeline.c_str()));
        }
        return worker;
    }
    void give_back(std::unique_ptr<Worker> worker) const {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(worker));
    }

    void run(PJ_DIRECTION direction, double* coordinates, std::size_t n) const;
};

namespace {

/// Transforms n pairs in place; pairs without an image become NaN.
void transform_pairs(PJ* operation, PJ_DIRECTION direction, double* pairs, std::size_t n) {
    constexpr std::size_t kStride = 2 * sizeof(double);
    if (operation != nullptr) {
        proj_errno_reset(operation);
        proj_trans_generic(operation, direction, pairs, kStride, n, pairs + 1, kStride, n, nullptr,
                           0, 0, nullptr, 0, 0);
    }
    for (std::size_t i = 0; i < n; ++i) {
        double* pair = pairs + 2 * i;
        if (operation == nullptr || !std::isfinite(pair[0]) || !std::isfinite(pair[1])) {
            pair[0] = kNaN;
            pair[1] = kNaN;
        }
    }
}

} // namespace

void Projection::State::run(PJ_DIRECTION direction, double* coordinates, std::size_t n) const {
    parallel_ranges(n, kGrain, [&](std::size_t begin, std::size_t end) {
        std::unique_ptr<Worker> worker = take();
        double* first = coordinates + 2 * begin;
        const std::vector<double> asked(first, coordinates + 2 * end);
        transform_pairs(worker->best.get(), direction, first, end - begin);
        for (std::size_t i = 0; worker->fallback != nullptr && i < end - begin; ++i) {
            if (std::isnan(first[2 * i]) && std::isfinite(asked[2 * i]) &&
                std::isfinite(asked[2 * i + 1])) {
                first[2 * i] = asked[2 * i];
                first[2 * i + 1] = asked[2 * i + 1];
                transform_pairs(worker->fallback.get(), direction, first + 2 * i, 1);
            }
        }
        give_back(std::move(worker));
    });
}

Result<Projection> Projection::create(std::string_view crs, const ProjectionOptions& options) {
    std::string written(crs);
    if (crs == "auto") {
        const Box box = options.lon_lat_extent.value_or(Box{1.0, 1.0, 0.0, 0.0});
        if (!(box.min_x <= box.max_x && box.min_y <= box.max_y && box.min_x >= -180.0 &&
              box.max_x <= 180.0 && box.min_y >= -90.0 && box.max_y <= 90.0)) {
            return proj::crs_error(crs,
                                   "There are no longitudes and latitudes to choose a CRS from");
        }
        written = fmt::format(
            "EPSG:{}", utm_epsg({0.5 * (box.min_x + box.max_x), 0.5 * (box.min_y + box.max_y)}));
    }
    auto state = std::make_unique<State>();
    state->grid_directory = options.grid_directory;
    const proj::Context context = proj::make_context(options.grid_directory);
    ICMAP_ASSIGN(const proj::Object planar, proj::planar_crs(context.get(), written));
    proj::Operations ways = proj::operations_to(context.get(), planar.get());
    if (!ways.best) {
        return proj::crs_error(crs, "PROJ knows no way from WGS 84 to this CRS");
    }
    state->crs = proj::code_of(planar.get(), written);
    state->title = proj_get_name(planar.get());
    state->area_of_use = proj::area_of_use(context.get(), planar.get());
    state->note = proj::accuracy_note(fmt::format("{} ({})", state->title, state->crs), ways);
    state->lacks_grid = ways.best->grid.empty() && ways.ideal && !ways.ideal->grid.empty();
    state->best = std::move(*ways.best);
    if (!state->best.grid.empty()) {
        state->fallback = std::move(ways.without_grid);
    }
    return Projection(std::move(state));
}

Projection::Projection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

std::vector<PlaneXY> Projection::to_plane(std::span<const LonLat> points) const {
    std::vector<PlaneXY> placed(points.size());
    std::ranges::transform(points, placed.begin(), [](LonLat p) { return PlaneXY{p.lon, p.lat}; });
    if (!placed.empty()) {
        state_->run(PJ_FWD, &placed.front().x_m, placed.size());
    }
    return placed;
}

std::vector<LonLat> Projection::to_lon_lat(std::span<const PlaneXY> points) const {
    std::vector<LonLat> placed(points.size());
    std::ranges::transform(points, placed.begin(), [](PlaneXY p) { return LonLat{p.x_m, p.y_m}; });
    if (!placed.empty()) {
        state_->run(PJ_INV, &placed.front().lon, placed.size());
    }
    return placed;
}

PlaneXY Projection::to_plane(LonLat point) const {
    return to_plane(std::span(&point, 1)).front();
}

LonLat Projection::to_lon_lat(PlaneXY point) const {
    return to_lon_lat(std::span(&point, 1)).front();
}

const std::string& Projection::crs() const {
    return state_->crs;
}
const std::string& Projection::title() const {
    return state_->title;
}
const std::optional<Box>& Projection::area_of_use() const {
    return state_->area_of_use;
}
bool Projection::uses_grid() const {
    return !state_->best.grid.empty();
}
bool Projection::lacks_grid() const {
    return state_->lacks_grid;
}
double Projection::accuracy_m() const {
    return state_->best.accuracy_m;
}
const std::string& Projection::accuracy_note() const {
    return state_->note;
}

int utm_epsg(LonLat place) {
    const int zone = std::clamp(static_cast<int>(std::floor((place.lon + 180.0) / 6.0)) + 1, 1, 60);
    return (place.lat < 0.0 ? 32700 : 32600) + zone;
}

} // namespace icmap::geo
