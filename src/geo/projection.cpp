#include "geo/projection.hpp"

#include "base/parallel.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <new>

static_assert(sizeof(icmap::PlaneXY) == 2 * sizeof(double) &&
                  sizeof(icmap::LonLat) == 2 * sizeof(double),
              "positions are handed to PROJ as strided arrays of doubles");

namespace icmap::geo {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
/// Points a thread takes at once: some 1 ms of work.
constexpr std::size_t kGrain = 2048;

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;

struct DestroyObject {
    void operator()(PJ* object) const { proj_destroy(object); }
};
using Object = std::unique_ptr<PJ, DestroyObject>;

struct DestroyList {
    void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
using List = std::unique_ptr<PJ_OBJ_LIST, DestroyList>;

/// A PROJ context that neither speaks nor goes to the network, and looks for grids in
/// `grid_directory` before PROJ's own folders.
Context make_context(const std::string& grid_directory) {
    Context context(proj_context_create());
    if (context == nullptr) {
        throw std::bad_alloc();
    }
    proj_log_level(context.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context.get(), 0);
    if (!grid_directory.empty()) {
        std::vector<std::string> folders{grid_directory};
        std::string_view rest = proj_info().searchpath;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(':'), rest.size());
            folders.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        std::vector<const char*> paths;
        for (const std::string& folder : folders) {
            paths.push_back(folder.c_str());
        }
        proj_context_set_search_paths(context.get(), static_cast<int>(paths.size()), paths.data());
    }
    return context;
}

tl::unexpected<Error> crs_error(std::string_view crs, std::string what, std::string remedy) {
    Error error;
    error.what = std::move(what);
    error.field = "crs";
    error.value = crs;
    error.remedy = std::move(remedy);
    return tl::unexpected(std::move(error));
}

constexpr const char* kPlanarRemedy =
    "Give a planar CRS in metres: EPSG:27700 for Great Britain, EPSG:29902 for the island of "
    "Ireland, EPSG:3035 for Europe, or \"auto\"";

/// The planar part of a CRS, or nothing. Heights and attached shifts are stripped.
Object planar_part(PJ_CONTEXT* context, Object crs) {
    while (crs != nullptr) {
        switch (proj_get_type(crs.get())) {
        case PJ_TYPE_PROJECTED_CRS:
            return crs;
        case PJ_TYPE_BOUND_CRS:
            crs.reset(proj_get_source_crs(context, crs.get()));
            break;
        case PJ_TYPE_COMPOUND_CRS:
            crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
            break;
        default:
            return nullptr;
        }
    }
    return crs;
}

/// Error text where an axis of the CRS is not in metres, or the CRS does not keep lengths.
Result<void> check_metres(PJ_CONTEXT* context, const PJ* crs, std::string_view name) {
    const Object system(proj_crs_get_coordinate_system(context, crs));
    const int axes = system == nullptr ? 0 : proj_cs_get_axis_count(context, system.get());
    for (int i = 0; i < axes; ++i) {
        double metres = 0.0;
        const char* unit = nullptr;
        proj_cs_get_axis_info(context, system.get(), i, nullptr, nullptr, nullptr, &metres, &unit,
                              nullptr, nullptr);
        if (metres != 1.0) {
            return crs_error(name,
                             fmt::format("An axis of the CRS is in {}, not in metres",
                                         unit == nullptr ? "an unknown unit" : unit),
                             kPlanarRemedy);
        }
    }
    const Object conversion(proj_crs_get_coordoperation(context, crs));
    const char* method = nullptr;
    if (conversion != nullptr &&
        proj_coordoperation_get_method_info(context, conversion.get(), &method, nullptr, nullptr) !=
            0 &&
        method != nullptr &&
        std::string_view(method).find("Pseudo Mercator") != std::string::npos) {
        return crs_error(name, "The CRS of web maps stretches lengths (1.7 times in Britain)",
                         kPlanarRemedy);
    }
    return {};
}

/// The CRS asked for, checked.
Result<Object> planar_crs(PJ_CONTEXT* context, const std::string& name) {
    Object crs(proj_create(context, name.c_str()));
    if (crs == nullptr || proj_is_crs(crs.get()) == 0) {
        return crs_error(name, "The CRS is not known", kPlanarRemedy);
    }
    const PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS) {
        return crs_error(name, "The CRS is geographic: its coordinates are degrees, not metres",
                         kPlanarRemedy);
    }
    Object planar = planar_part(context, std::move(crs));
    if (planar == nullptr) {
        return crs_error(name, "The CRS is not planar", kPlanarRemedy);
    }
    ICMAP_TRY(check_metres(context, planar.get(), name));
    return planar;
}

/// PROJ's operations from WGS 84 longitude and latitude to `crs`, best first.
List operations(PJ_CONTEXT* context, const PJ* crs, PROJ_GRID_AVAILABILITY_USE grids) {
    const Object wgs84(proj_create(context, "EPSG:4326"));
    PJ_OPERATION_FACTORY_CONTEXT* factory = proj_create_operation_factory_context(context, nullptr);
    proj_operation_factory_context_set_spatial_criterion(
        context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(context, factory, grids);
    List list(proj_create_operations(context, wgs84.get(), crs, factory));
    proj_operation_factory_context_destroy(factory);
    return list;
}

/// One operation, longitude and easting first, as a pipeline that any context can make again.
struct Operation {
    std::string pipeline;
    std::string name;
    std::string grid; ///< its first grid file, or empty
    double accuracy_m = kNaN;
};

std::string first_grid(PJ_CONTEXT* context, const PJ* operation) {
    const char* name = nullptr;
    if (proj_coordoperation_get_grid_used_count(context, operation) == 0 ||
        proj_coordoperation_get_grid_used(context, operation, 0, &name, nullptr, nullptr, nullptr,
                                          nullptr, nullptr, nullptr) == 0) {
        return {};
    }
    return name;
}

double accuracy_of(PJ_CONTEXT* context, const PJ* operation) {
    const double accuracy = proj_coordoperation_get_accuracy(context, operation);
    return accuracy < 0.0 ? kNaN : accuracy;
}

/// The first operation of the list, or, if `without_grid`, the first that reads no grid.
std::optional<Operation> first_operation(PJ_CONTEXT* context, const PJ_OBJ_LIST* list,
                                         bool without_grid) {
    const int n = list == nullptr ? 0 : proj_list_get_count(list);
    for (int i = 0; i < n; ++i) {
        const Object listed(proj_list_get(context, list, i));
        Operation found;
        found.grid = first_grid(context, listed.get());
        if (without_grid && !found.grid.empty()) {
            continue;
        }
        const Object visual(proj_normalize_for_visualization(context, listed.get()));
        const char* pipeline = visual == nullptr
                                   ? nullptr
                                   : proj_as_proj_string(context, visual.get(), PJ_PROJ_5, nullptr);
        if (pipeline == nullptr) {
            continue;
        }
        found.pipeline = pipeline;
        found.accuracy_m = accuracy_of(context, listed.get());
        found.name = proj_pj_info(listed.get()).description;
        return found;
    }
    return std::nullopt;
}

/// A CRS in one line: its authority's code, else as it was written.
std::string code_of(const PJ* crs, const std::string& written) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    return authority == nullptr || code == nullptr ? written
                                                   : fmt::format("{}:{}", authority, code);
}

std::string metres_text(double accuracy_m) {
    return std::isnan(accuracy_m) ? "unknown accuracy" : fmt::format("accuracy {:g} m", accuracy_m);
}

} // namespace

struct Projection::State {
    std::string crs;
    std::string title;
    std::string note;
    std::string grid_directory;
    std::optional<Box> area_of_use;
    Operation best;
    std::optional<Operation> fallback; ///< for points that `best` cannot carry

    /// What one thread at a time works with.
    struct Worker {
        Context context;
        Object best;
        Object fallback;
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
        worker->context = make_context(grid_directory);
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

    void write_note(const std::optional<Operation>& ideal);
    void run(PJ_DIRECTION direction, double* coordinates, std::size_t n) const;
};

void Projection::State::write_note(const std::optional<Operation>& ideal) {
    note =
        fmt::format("{} ({}) by \"{}\", {}", title, crs, best.name, metres_text(best.accuracy_m));
    if (!best.grid.empty()) {
        note += fmt::format(", with the grid {}.", best.grid);
        return;
    }
    note += ", without a grid.";
    if (ideal && !ideal->grid.empty()) {
        note += fmt::format(" The grid file {} ({}) is not on this machine: \"projsync --file "
                            "{}\" fetches it where there is internet, or put it into the folder "
                            "that PROJ_DATA names.",
                            ideal->grid, metres_text(ideal->accuracy_m), ideal->grid);
    }
}

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
            return crs_error(crs, "There are no longitudes and latitudes to choose a CRS from",
                             kPlanarRemedy);
        }
        written = fmt::format(
            "EPSG:{}", utm_epsg({0.5 * (box.min_x + box.max_x), 0.5 * (box.min_y + box.max_y)}));
    }
    auto state = std::make_unique<State>();
    state->grid_directory = options.grid_directory;
    const Context context = make_context(options.grid_directory);
    ICMAP_ASSIGN(const Object planar, planar_crs(context.get(), written));
    const List usable = operations(context.get(), planar.get(),
                                   PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    std::optional<Operation> best = first_operation(context.get(), usable.get(), false);
    if (!best) {
        return crs_error(crs, "PROJ knows no way from WGS 84 to this CRS", kPlanarRemedy);
    }
    const List all = operations(context.get(), planar.get(), PROJ_GRID_AVAILABILITY_IGNORED);
    state->crs = code_of(planar.get(), written);
    state->title = proj_get_name(planar.get());
    Box area;
    if (proj_get_area_of_use(context.get(), planar.get(), &area.min_x, &area.min_y, &area.max_x,
                             &area.max_y, nullptr) != 0 &&
        area.min_x > -1000.0) { // PROJ says -1000 where it does not know
        state->area_of_use = area;
    }
    state->best = std::move(*best);
    if (!state->best.grid.empty()) {
        state->fallback = first_operation(context.get(), usable.get(), true);
    }
    state->write_note(first_operation(context.get(), all.get(), false));
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
