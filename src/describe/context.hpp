#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <string_view>

namespace icmap::describe {

inline constexpr std::string_view kNoProjects =
    "no source of publicly funded projects in this project";
inline constexpr std::string_view kNoDeals = "no source of private investment in this project";

/// What the sources of the project hold.
struct Context {
    bool has_projects = false;
    bool has_innovate_uk = false;
    bool has_ukri = false;
    bool has_eu = false;
    bool has_patents = false;
    bool has_deals = false;
    bool has_employees = false;
    bool has_turnover = false;
    bool has_closed_firms = false;
};

/// Reads describe_context.
[[nodiscard]] Result<Context> read_context(store::Connection& connection);

} // namespace icmap::describe
