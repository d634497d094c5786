#include "geo/planar_crs.hpp"

#include <fmt/format.h>

namespace icmap::geo::proj {

namespace {

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
            return crs_error(name, fmt::format("An axis of the CRS is in {}, not in metres",
                                               unit == nullptr ? "an unknown unit" : unit));
        }
    }
    const Object conversion(proj_crs_get_coordoperation(context, crs));
    const char* method = nullptr;
    if (conversion != nullptr &&
        proj_coordoperation_get_method_info(context, conversion.get(), &method, nullptr, nullptr) !=
            0 &&
        method != nullptr &&
        std::string_view(method).find("Pseudo Mercator") != std::string::npos) {
        return crs_error(name, "The CRS of web maps stretches lengths (1.7 times in Britain)");
    }
    return {};
}

} // namespace

tl::unexpected<Error> crs_error(std::string_view crs, std::string what) {
    Error error;
    error.what = std::move(what);
    error.field = "crs";
    error.value = crs;
    error.remedy = kPlanarRemedy;
    return tl::unexpected(std::move(error));
}

Result<Object> planar_crs(PJ_CONTEXT* context, const std::string& name) {
    Object crs(proj_create(context, name.c_str()));
    if (crs == nullptr || proj_is_crs(crs.get()) == 0) {
        return crs_error(name, "The CRS is not known");
    }
    const PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS) {
        return crs_error(name, "The CRS is geographic: its coordinates are degrees, not metres");
    }
    Object planar = planar_part(context, std::move(crs));
    if (planar == nullptr) {
        return crs_error(name, "The CRS is not planar");
    }
    ICMAP_TRY(check_metres(context, planar.get(), name));
    return planar;
}

std::string code_of(const PJ* crs, const std::string& written) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    return authority == nullptr || code == nullptr ? written
                                                   : fmt::format("{}:{}", authority, code);
}

std::optional<Box> area_of_use(PJ_CONTEXT* context, const PJ* crs) {
    Box area;
    if (proj_get_area_of_use(context, crs, &area.min_x, &area.min_y, &area.max_x, &area.max_y,
                             nullptr) == 0 ||
        area.min_x <= -1000.0) { // PROJ says -1000 where it does not know
        return std::nullopt;
    }
    return area;
}

} // namespace icmap::geo::proj
