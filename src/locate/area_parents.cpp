#include "locate/area_parents.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace icmap::locate {
namespace {

constexpr double kLeastShare = 0.8;
constexpr double kWiderBy = 1.05;
constexpr int kGrid = 16;

double mean_area_m2(const LevelPlan& level) {
    return level.area_m2 / static_cast<double>(level.index->size());
}

/// The levels, narrowest first; of equal ones the first first.
std::vector<std::size_t> by_width(std::span<const LevelPlan> levels) {
    std::vector<std::size_t> order(levels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return mean_area_m2(levels[a]) < mean_area_m2(levels[b]);
    });
    return order;
}

/// Positions spread evenly over an area; its label alone where the grid misses it.
std::vector<PlaneXY> positions_in(const AreaPlan& area, const LevelPlan& level,
                                  std::uint32_t index_in_level) {
    std::vector<PlaneXY> inside;
    const double width = area.bounds.max_x - area.bounds.min_x;
    const double height = area.bounds.max_y - area.bounds.min_y;
    for (int i = 0; i < kGrid * kGrid; ++i) {
        const PlaneXY at{area.bounds.min_x + width * (i % kGrid + 0.5) / kGrid,
                         area.bounds.min_y + height * (i / kGrid + 0.5) / kGrid};
        const auto found = level.index->all_at(at);
        if (std::binary_search(found.begin(), found.end(),
                               static_cast<std::int32_t>(index_in_level))) {
            inside.push_back(at);
        }
    }
    if (inside.empty()) {
        inside.push_back(area.label);
    }
    return inside;
}

/// The area of the level that holds enough of the positions.
std::optional<std::uint32_t> holder(const LevelPlan& level, std::span<const PlaneXY> positions) {
    std::map<std::int32_t, std::size_t> held;
    for (const PlaneXY& at : positions) {
        ++held[level.index->locate(at)];
    }
    held.erase(geo::kNoArea);
    const auto most = std::max_element(
        held.begin(), held.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const double least = kLeastShare * static_cast<double>(positions.size());
    if (most == held.end() || static_cast<double>(most->second) < least) {
        return std::nullopt;
    }
    return level.first_area + static_cast<std::uint32_t>(most->first);
}

} // namespace

std::vector<std::optional<std::uint32_t>> parents_by_place(std::span<const LevelPlan> levels,
                                                           std::span<const AreaPlan> areas) {
    std::vector<std::optional<std::uint32_t>> parents(areas.size());
    const std::vector<std::size_t> order = by_width(levels);
    for (const LevelPlan& level : levels) {
        parallel_for_each(level.index->size(), 1, [&](std::size_t i) {
            const std::size_t area = level.first_area + i;
            if (areas[area].has_parent) {
                return;
            }
            const auto positions = positions_in(areas[area], level, static_cast<std::uint32_t>(i));
            for (const std::size_t wider : order) {
                if (mean_area_m2(levels[wider]) >= kWiderBy * mean_area_m2(level) &&
                    !parents[area]) {
                    parents[area] = holder(levels[wider], positions);
                }
            }
        });
    }
    return parents;
}

} // namespace icmap::locate
