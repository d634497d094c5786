#include "describe/institution_lists.hpp"

#include "describe/surroundings.hpp"

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

struct Institutions {
    std::vector<std::uint32_t> asset_id;
    std::vector<std::string> name;
    std::vector<std::uint8_t> does_research; ///< university or research organisation
    std::vector<PlaneXY> position;
};

Result<Institutions> read_institutions(store::Connection& connection) {
    Institutions all;
    ICMAP_TRY(connection.read(
        "select asset_id, name, kind in ('university', 'research_organisation'), x_m, y_m "
        "from asset where x_m is not null order by asset_id",
        [&all](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                all.asset_id.push_back(chunk.column<std::uint32_t>(0)[i]);
                all.name.emplace_back(chunk.text(1, i));
                all.does_research.push_back(chunk.column<bool>(2)[i] ? 1 : 0);
                all.position.push_back({chunk.column<double>(3)[i], chunk.column<double>(4)[i]});
            }
        }));
    return all;
}

} // namespace

Result<void> list_institutions(store::Connection& connection, const DescribeOptions& options,
                               const WhereMembersAre& members, FigureTable& figures,
                               ItemLists& lists) {
    ICMAP_ASSIGN(Institutions institutions, read_institutions(connection));
    const auto near =
        near_institutions(members.locations, members.of_cluster, institutions.position,
                          Metres{options.institution_radius_m});
    // Hospitals, science parks and others are listed apart: the first list says what it holds.
    const std::size_t texts = lists.add_texts(std::move(institutions.name));
    const std::array<ItemList*, 2> list{&lists.make("other_institution", "km", texts),
                                        &lists.make("top_institution", "km", texts)};
    for (std::size_t i = 0; i < near.size(); ++i) {
        double nearest_km = std::nan("");
        std::array<std::size_t, 2> listed{};
        for (const NearInstitution& found : near[i]) {
            const double km = found.distance_m / 1000.0;
            const std::size_t kind = institutions.does_research[found.asset] != 0 ? 1 : 0;
            if (std::isnan(nearest_km) && kind == 1) {
                nearest_km = km;
            }
            if (listed.at(kind) < static_cast<std::size_t>(options.list_length)) {
                list.at(kind)->add(
                    i, {++listed.at(kind), found.asset, km, institutions.asset_id[found.asset]});
            }
        }
        figures.set(i, "nearest_institution_km", nearest_km, 1.0,
                    institutions.asset_id.empty()
                        ? "no source of institutions in this project"
                        : "no university or research organisation is known within reach");
    }
    return {};
}

} // namespace icmap::describe
