#include "geo/coordinate_operation.hpp"

#include <fmt/format.h>

#include <cmath>

namespace icmap::geo::proj {

namespace {

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
    return accuracy < 0.0 ? std::numeric_limits<double>::quiet_NaN() : accuracy;
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

std::string metres_text(double accuracy_m) {
    return std::isnan(accuracy_m) ? "unknown accuracy" : fmt::format("accuracy {:g} m", accuracy_m);
}

} // namespace

Operations operations_to(PJ_CONTEXT* context, const PJ* crs) {
    const List usable =
        operations(context, crs, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    const List all = operations(context, crs, PROJ_GRID_AVAILABILITY_IGNORED);
    return {first_operation(context, usable.get(), false),
            first_operation(context, usable.get(), true),
            first_operation(context, all.get(), false)};
}

std::string accuracy_note(const std::string& crs, const Operations& ways) {
    std::string note =
        fmt::format("{} by \"{}\", {}", crs, ways.best->name, metres_text(ways.best->accuracy_m));
    if (!ways.best->grid.empty()) {
        note += fmt::format(", with the grid {}", ways.best->grid);
        note += ways.without_grid ? fmt::format("; positions outside that by \"{}\", {}.",
                                                ways.without_grid->name,
                                                metres_text(ways.without_grid->accuracy_m))
                                  : "; positions outside that have no image.";
        if (ways.best->grid.find("OSTN15") != std::string::npos) {
            note += " OSTN15: © Crown copyright, Ordnance Survey and the Ministry of Defence (UK) "
                    "2016.";
        }
        return note;
    }
    note += ", without a grid.";
    if (ways.ideal && !ways.ideal->grid.empty()) {
        note +=
            fmt::format(" The grid file {} ({}) is not on this machine: \"projsync --file {}\" "
                        "fetches it where there is internet, or put it into the folder that "
                        "PROJ_DATA names.",
                        ways.ideal->grid, metres_text(ways.ideal->accuracy_m), ways.ideal->grid);
    }
    return note;
}

} // namespace icmap::geo::proj
