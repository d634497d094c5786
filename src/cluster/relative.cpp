#include "cluster/relative.hpp"

#include "base/parallel.hpp"
#include "cluster/binomial.hpp"
#include "cluster/check.hpp"
#include "cluster/core.hpp"
#include "cluster/count.hpp"
#include "cluster/distance.hpp"
#include "cluster/join.hpp"
#include "cluster/tasks.hpp"
#include "cluster/window.hpp"

#include <fmt/format.h>
#include <limits>

namespace icmap::cluster {
namespace {

constexpr std::uint64_t kNoGoal = std::numeric_limits<std::uint64_t>::max();

std::uint64_t sum_of_weights(const Points& points) {
    if (points.weight.empty()) {
        return points.x_m.size();
    }
    std::uint64_t sum = 0;
    for (const std::uint32_t weight : points.weight) {
        sum += weight;
    }
    return sum;
}

/// All the weight of those cells within the radius of a point.
std::uint64_t weight_near(const CellGrid& grid, std::span<const std::uint32_t> cells, double x,
                          double y, double eps2) {
    std::uint64_t weight = 0;
    for (const std::uint32_t c : cells) {
        const CellBox& box = grid.box[c];
        if (least_distance2(x, y, box) > eps2) {
            continue;
        }
        const Cell& cell = grid.cell[c];
        const bool is_saturated = cell.weight == std::numeric_limits<std::uint32_t>::max();
        if (!is_saturated && most_distance2(x, y, box) <= eps2) {
            weight += cell.weight;
        } else {
            const Run all{cell.begin, cell.end};
            weight += count_weight(grid, {&all, 1}, {x, y, eps2, kNoGoal});
        }
    }
    return weight;
}

} // namespace

/// One sector against the background.
class RelativeRun {
  public:
    static Result<void> check(const Points& sector, const Background& background,
                              const RelativeOptions& options) {
        ICMAP_TRY(check_dbscan(sector, {background.eps_, options.min_points}));
        if (!(options.max_false_discovery > 0.0 && options.max_false_discovery < 1.0)) {
            return input_error(fmt::format("max_false_discovery is {}, not between 0 and 1",
                                           options.max_false_discovery),
                               "Set for example 0.05");
        }
        for (std::size_t i = 0; i < sector.x_m.size(); ++i) {
            if (least_distance2(sector.x_m[i], sector.y_m[i], background.box_) > 0.0) {
                return input_error(
                    fmt::format("Site {} of the sector, at ({}, {}), lies outside the box around "
                                "all firms",
                                i, sector.x_m[i], sector.y_m[i]),
                    "Give all firms as the background, those of the sector included");
            }
        }
        return {};
    }

    RelativeRun(const Points& sector, const Background& background, const RelativeOptions& options)
        : background_(background), options_(options),
          eps2_(background.eps_.value * background.eps_.value),
          share_(std::min(1.0,
                          static_cast<double>(sum_of_weights(sector)) /
                              static_cast<double>(std::max<std::uint64_t>(background.weight_, 1)))),
          slot_of_point_(sector.x_m.size()),
          grid_(make_grid(sector, background.rule_, slot_of_point_)),
          sector_near_(sector.x_m.size()), all_near_(sector.x_m.size()),
          p_value_(sector.x_m.size()) {}

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
            Window sector_window(grid_, grid_.key[first]);
            Window all_window(background_.grid_, grid_.key[first]);
            for (std::uint32_t c = first; c < last; ++c) {
                const auto sector_cells = sector_window.around(grid_.key[c]);
                const auto all_cells = all_window.around(grid_.key[c]);
                for (std::uint32_t i = grid_.cell[c].begin; i < grid_.cell[c].end; ++i) {
                    const double x = grid_.x_m[i];
                    const double y = grid_.y_m[i];
                    sector_near_[i] = weight_near(grid_, sector_cells, x, y, eps2_);
                    all_near_[i] = weight_near(background_.grid_, all_cells, x, y, eps2_);
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

    const Background& background_;
    RelativeOptions options_;
    double eps2_;
    double share_; ///< national
    std::vector<std::int32_t> slot_of_point_;
    CellGrid grid_;
    std::vector<std::uint64_t> sector_near_; ///< by slot
    std::vector<std::uint64_t> all_near_;    ///< by slot
    std::vector<double> p_value_;            ///< by slot
};

Result<Background> Background::make(Points all, Metres eps) {
    ICMAP_TRY(check_dbscan(all, {eps, 1}));
    if (all.x_m.empty()) {
        return input_error("The background has no firm", "Give all firms of the country");
    }
    Background background;
    background.rule_ = cell_rule(all, eps.value);
    std::vector<std::int32_t> slot_of_point(all.x_m.size());
    background.grid_ = make_grid(all, background.rule_, slot_of_point);
    background.box_ = bounds(all);
    background.eps_ = eps;
    background.weight_ = sum_of_weights(all);
    return background;
}

Result<RelativeLabels> relative(Points sector, const Background& background,
                                RelativeOptions options) {
    ICMAP_TRY(RelativeRun::check(sector, background, options));
    if (sector.x_m.empty()) {
        return RelativeLabels{};
    }
    return RelativeRun(sector, background, options).run();
}

} // namespace icmap::cluster
