#include "publish/published_schema.hpp"

#include "geo/geometry.hpp"
#include "publish/one_polygon.hpp"
#include "store/bulk_append.hpp"
#include "store/steps.hpp"

#include <array>
#include <fmt/format.h>

namespace icmap::publish {
namespace {

/// A column of figures, as texts: some hold "c" where a figure is withheld.
struct FigureColumn {
    std::string_view name;
    std::string_view type;
};

constexpr std::array<FigureColumn, 11> kFigures{
    {{"Employment", "bigint"},
     {"Turnover", "bigint"},
     {"Percentage_Innovation_Active", "double"},
     {"Percentage_IUK_or_UKRI_Engagement", "double"},
     {"IUK_Funding", "bigint"},
     {"UKRI_Funding", "bigint"},
     {"Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2019-20", "bigint"},
     {"Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2020-21", "bigint"},
     {"Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2021-22", "bigint"},
     {"Percentage_of_sector_business_locations_in_clusters", "double"},
     {"Percentage_of_business_locations_in_sector", "double"}}};

/// Makes the temporary table export_wkt(cluster_id, wkt).
Result<void> make_cluster_wkt(store::Connection& atlas) {
    std::vector<std::uint32_t> ids;
    std::vector<std::string> texts;
    std::string trouble;
    ICMAP_TRY(
        atlas.read("select cluster_id, geometry from cluster order by cluster_id",
                   [&](const store::Chunk& chunk) {
                       for (std::size_t row = 0; row < chunk.size(); ++row) {
                           const auto geometry =
                               geo::Geometry::from_wkb(chunk.text(1, row)).and_then(one_polygon);
                           if (!geometry) {
                               trouble = geometry.error().what;
                               continue;
                           }
                           ids.push_back(chunk.column<std::uint32_t>(0)[row]);
                           texts.push_back(geometry->wkt(6));
                       }
                   }));
    if (!trouble.empty()) {
        return internal_error("an outline of the atlas cannot be read: " + trouble);
    }
    ICMAP_TRY(
        atlas.run("create or replace temp table export_wkt (cluster_id uinteger, wkt varchar)"));
    const std::array<store::Column, 2> columns{store::Column{std::span<const std::uint32_t>(ids)},
                                               store::Column{std::span<const std::string>(texts)}};
    return store::append_columns(atlas, "temp.main", "export_wkt", columns);
}

/// Makes a column one of numbers, where nothing in it is withheld.
Result<void> make_numbers(store::Connection& atlas, const FigureColumn& column) {
    const std::string name = store::identifier(column.name);
    ICMAP_ASSIGN(
        const auto withheld,
        atlas.integer(fmt::format("select count(*) from export_published where {} = 'c'", name)));
    return withheld > 0 ? Result<void>{}
                        : atlas.run(fmt::format("alter table export_published alter {} type {}",
                                                name, column.type));
}

} // namespace

Result<Table> make_published_table(store::Connection& atlas) {
    ICMAP_TRY(make_cluster_wkt(atlas));
    ICMAP_TRY(store::run_step(atlas, "publish/dsit_v2.sql"));
    for (const FigureColumn& column : kFigures) {
        ICMAP_TRY(make_numbers(atlas, column));
    }
    return Table{"Innovation_clusters", "select * from export_published order by rowid", false};
}

} // namespace icmap::publish
