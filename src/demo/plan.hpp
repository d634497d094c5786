#pragma once

#include "base/units.hpp"
#include "demo/demo.hpp"
#include "demo/postcode_map.hpp"
#include "demo/settlements.hpp"
#include "demo/tables.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::demo {

enum class ClusterType : std::uint8_t {
    specialised,   ///< many firms of one sector, little joint work
    collaborating, ///< of one sector, and members share publicly funded projects
    diverse,       ///< RD&I-active firms of many sectors
};

/// A planted cluster: the truth the engine is asked to find again.
struct PlantedCluster {
    std::uint32_t id = 0; ///< 1-based
    int sector = -1;      ///< index into tables().sectors, -1 for a diverse cluster
    ClusterType type = ClusterType::specialised;
    std::uint32_t town = 0; ///< index into settlements()
    PlaneXY centre;
    double deviation_m = 0.0; ///< of its members' postcodes around the centre, each axis
    std::uint32_t members = 0;
};

/// A university, research organisation, hospital or science park.
struct Institution {
    std::string name;
    std::string kind; ///< university | research_organisation | hospital | science_park
    std::uint32_t town = 0;
    PlaneXY position;
    std::string postcode;
};

/// The part of a planted cluster that lies in one postcode sector.
struct PlantedGroup {
    std::uint32_t cluster = 0; ///< index into Plan::clusters
    std::uint32_t postcodes = 0;
    std::uint32_t firms = 0;
};

/// What one postcode sector holds. Its unit ordinals are, in order: institutions, planted groups,
/// the mass-registration address, background, terminated.
struct SectorPlan {
    std::vector<PlaneXY> institutions;
    std::vector<PlantedGroup> groups;
    std::uint32_t mass_firms = 0; ///< firms registered at one formation agent's address
    std::uint32_t background_firms = 0;
    std::uint32_t background_postcodes = 0;
    std::uint32_t terminated_postcodes = 0;
    std::uint64_t first_firm = 0;        ///< ordinal of its first firm in the country
    std::uint64_t first_in_register = 0; ///< and in its register
    [[nodiscard]] std::uint32_t firms() const;
};

/// Which register a firm is on: England and Wales, Scotland, Northern Ireland.
inline constexpr std::size_t kRegisters = 3;
[[nodiscard]] constexpr std::size_t register_of(Nation nation) {
    return nation == Nation::scotland ? 1 : nation == Nation::northern_ireland ? 2 : 0;
}

/// Everything decided before the first row is written.
struct Plan {
    DemoOptions options;
    std::vector<PlantedCluster> clusters;
    std::vector<Institution> institutions;
    std::vector<SectorPlan> sectors; ///< parallel to postcode_sectors()
    std::array<std::uint64_t, kRegisters> register_size{};
};

/// The plan of an example country. Same options, same plan. \param options checked by the caller
[[nodiscard]] Plan make_plan(const DemoOptions& options);

// The steps of make_plan, in files of their own.
void plant_clusters(Plan& plan);
void found_institutions(Plan& plan);

} // namespace icmap::demo
