#include "cluster/relative.hpp"

#include "base/parallel.hpp"
#include "cluster/binomial.hpp"
#include "cluster/check.hpp"
#include "cluster/core.hpp"
#include "cluster/count.hpp"
#include "cluster/distance.hpp"
#include "cluster/join.hpp"
#include "cluster/sphere.hpp"
#include "cluster/tasks.hpp"
#include "cluster/window.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace icmap::cluster {
namespace {

constexpr std::uint64_t kNoGoal = std::numeric_limits<std::uint64_t>::max();

template <std::size_t D>
std::uint64_t sum_of_weights(const PointsIn<D>& points) {
    if (points.weight.empty()) {
        return points.size();
    }
    std::uint64_t sum = 0;
    for (const std::uint32_t weight : points.weight) {
        sum += weight;
    }
    return sum;
}

/// All the weight of those cells within the radius of a point.
template <std::size_t D>
std::uint64_t weight_near(const CellGrid<D>& grid, std::span<const std::uint32_t> cells,
                          const Position<D>& at, double eps2) {
    std::uint64_t weight = 0;
    for (const std::uint32_t c : cells) {
        const CellBox<D>& box = grid.box[c];
        if (least_distance2(at, box) > eps2) {
            continue;
        }
        const Cell& cell = grid.cell[c];
        const bool is_saturated = cell.weight == std::numeric_limits<std::uint32_t>::max();
        if (!is_saturated && most_distance2(at, box) <= eps2) {
            weight += cell.weight;
        } else {
            const Run all{cell.begin, cell.end};
            weight += count_weight(grid, {&all, 1}, {at, eps2, kNoGoal});
        }
    }
    return weight;
}

} // namespace

/// One sector against the background.
template <std::size_t D>
class RelativeRun {
  public:
    static Result<void> check(const PointsIn<D>& sector, const BackgroundIn<D>& background,
                              const RelativeOptions& options) {
        ICMAP_TRY(check_positive(options.min_points, "min_points"));
        if (!(options.max_false_discovery > 0.0 && options.max_false_discovery < 1.0)) {
            return input_error(fmt::format("max_false_discovery is {}, not between 0 and 1",
                                           options.max_false_discovery),
                               "Set for example 0.05");
        }
        for (std::size_t i = 0; i < sector.size(); ++i) {
            if (least_distance2(sector[i], background.box_) > 0.0) {
                return input_error(
                    fmt::format("Site {} of the sector, at ({}), lies outside the box around "
                                "all firms",
                                i, fmt::join(sector[i], ", ")),
                    "Give all firms as the background, those of the sector included");
            }
        }
        return {};
    }

    RelativeRun(const PointsIn<D>& sector, const BackgroundIn<D>& background,
                const RelativeOptions& options)
        : background_(background), options_(options),
          eps2_(straight_m<D>(background.eps_.value) * straight_m<D>(background.eps_.value)),
          share_(std::min(1.0,
                          static_cast<double>(sum_of_weights(sector)) /
                              static_cast<double>(std::max<std::uint64_t>(background.weight_, 1)))),
          slot_of_point_(sector.size()), grid_(make_grid(sector, background.rule_, slot_of_point_)),
          sector_near_(sector.size()), all_near_(sector.size()), p_value_(sector.size()) {}

    RelativeLabels run() {
        test_places();
        RelativeLabels answer;
        answer.threshold = find_threshold();
        answer.sector_near.resize(slot_of_point_.size());
        answer.all_near.resize(slot_of_point_.size());
        answer.p_value.resize(slot_of_point_.size());
        for (std::size_t i = 0; i < slot_of_point_.size(); ++i) {
            const auto slot = static_cast<std::size_t>(slot_of_point_[i]);
            answer.sector_near[i] = sector_near_[slot];
            answer.all_near[i] = all_near_[slot];
            answer.p_value[i] = p_value_[slot];
        }
        const HiddenPlaces hidden = set_core(grid_, core_flags(answer.threshold));
        answer.labels = join_core(grid_, hidden, eps2_, std::move(slot_of_point_));
        return answer;
    }

  private:
    void test_places() {
        for_cells(grid_, [&](std::uint32_t first, std::uint32_t last, std::size_t) {
            Window<D> sector_window(grid_, grid_.key[first]);
            Window<D> all_window(background_.grid_, grid_.key[first]);
            for (std::uint32_t c = first; c < last; ++c) {
                const auto sector_cells = sector_window.around(grid_.key[c]);
                const auto all_cells = all_window.around(grid_.key[c]);
                for (std::uint32_t i = grid_.cell[c].begin; i < grid_.cell[c].end; ++i) {
                    const Position<D> at = grid_.position(i);
                    sector_near_[i] = weight_near(grid_, sector_cells, at, eps2_);
                    all_near_[i] = weight_near(background_.grid_, all_cells, at, eps2_);
                    // A background without the sector's own firms still gives a test.
                    p_value_[i] = binomial_tail(sector_near_[i],
                                                std::max(all_near_[i], sector_near_[i]), share_);
                }
            }
        });
    }

    [[nodiscard]] double find_threshold() const {
        std::vector<double> tests;
        for (const Cell& cell : grid_.cell) {
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                tests.push_back(p_value_[i]);
            }
        }
        return discovery_threshold(tests, options_.max_false_discovery);
    }

    [[nodiscard]] std::vector<std::uint8_t> core_flags(double threshold) const {
        std::vector<std::uint8_t> is_core(p_value_.size(), 0);
        for (const Cell& cell : grid_.cell) {
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                const bool holds =
                    p_value_[i] <= threshold && sector_near_[i] >= options_.min_points;
                is_core[i] = holds ? 1 : 0;
            }
        }
        return is_core;
    }

    const BackgroundIn<D>& background_;
    RelativeOptions options_;
    double eps2_;
    double share_; ///< national
    std::vector<std::int32_t> slot_of_point_;
    CellGrid<D> grid_;
    std::vector<std::uint64_t> sector_near_; ///< by slot
    std::vector<std::uint64_t> all_near_;    ///< by slot
    std::vector<double> p_value_;            ///< by slot
};

template <std::size_t D>
Result<BackgroundIn<D>> BackgroundIn<D>::make(Points all, Metres eps) requires(D == 2) {
    ICMAP_TRY(check_dbscan(all, {eps, 1}));
    // Looked at by clang for every D when the class is made whole.
    if constexpr (D == 2) {
        return of(in_plane(all), eps);
    } else {
        return internal_error("points of the plane are no points of the sphere");
    }
}

template <std::size_t D>
Result<BackgroundIn<D>> BackgroundIn<D>::of(const PointsIn<D>& all, Metres eps) {
    if (all.size() == 0) {
        return input_error("The background has no firm", "Give all firms of the country");
    }
    BackgroundIn background;
    background.rule_ = cell_rule(all, straight_m<D>(eps.value));
    std::vector<std::int32_t> slot_of_point(all.size());
    background.grid_ = make_grid(all, background.rule_, slot_of_point);
    background.box_ = bounds(all);
    background.eps_ = eps;
    background.weight_ = sum_of_weights(all);
    return background;
}

template class BackgroundIn<2>;
template class BackgroundIn<3>;

template <std::size_t D>
Result<RelativeLabels> relative_in(const PointsIn<D>& sector, const BackgroundIn<D>& background,
                                   RelativeOptions options) {
    ICMAP_TRY(RelativeRun<D>::check(sector, background, options));
    if (sector.size() == 0) {
        return RelativeLabels{};
    }
    return RelativeRun<D>(sector, background, options).run();
}

template Result<RelativeLabels> relative_in(const PointsIn<2>&, const BackgroundIn<2>&,
                                            RelativeOptions);
template Result<RelativeLabels> relative_in(const PointsIn<3>&, const BackgroundIn<3>&,
                                            RelativeOptions);

Result<RelativeLabels> relative(Points sector, const Background& background,
                                RelativeOptions options) {
    ICMAP_TRY(check_dbscan(sector, {background.eps(), options.min_points}));
    return relative_in(in_plane(sector), background, options);
}

} // namespace icmap::cluster
