#include "cluster/grid.hpp"

#include "base/parallel.hpp"
#include "cluster/axis.hpp"
#include "cluster/bucket.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <mutex>
#include <numeric>
#include <utility>

namespace icmap::cluster {
namespace {

constexpr std::size_t kGrain = std::size_t{1} << 14;

// Buckets of this many points fit the second-level cache with what is made of them, and are long
// against a page of memory: slots that repeats leave unused then stay unused pages.
constexpr std::size_t kPointsPerBucket = 8192;
constexpr std::uint64_t kMostBuckets = 4096;

/// Which bucket a point belongs to: cells in row-major order, cut into runs of equal length.
template <class Axis, std::size_t D>
struct BucketRule {
    Axes<Axis, D> axes;
    unsigned shift = 0;
    std::uint64_t count = 0;

    BucketRule(Axes<Axis, D> all, std::size_t n) : axes(std::move(all)) {
        CellKey<D> cells = 1;
        for (const Axis& axis : axes) {
            cells *= axis.cell_count;
        }
        const std::uint64_t wanted =
            std::clamp<std::uint64_t>(n / kPointsPerBucket, 1, kMostBuckets);
        while (((cells - 1) >> shift) >= wanted) {
            ++shift;
        }
        count = static_cast<std::uint64_t>((cells - 1) >> shift) + 1;
    }
    [[nodiscard]] CellKey<D> cell(const Position<D>& at_m) const {
        CellKey<D> number = 0;
        for (std::size_t d = D; d-- > 0;) {
            number = number * axes[d].cell_count + axes[d].cell(at_m[d]);
        }
        return number;
    }
    [[nodiscard]] std::uint64_t operator()(const Position<D>& at_m) const {
        return static_cast<std::uint64_t>(cell(at_m) >> shift);
    }
};

/// The points in bucket order, in each bucket in the order of the input.
template <std::size_t D>
struct Partition {
    Buffer<Record<D>> record;
    std::vector<std::uint32_t> begin; ///< by bucket, and the end of the last
};

template <class Rule, std::size_t D>
Partition<D> partition(const PointsIn<D>& points, const Rule& bucket_of) {
    const std::size_t n = points.size();
    const std::size_t chunks = std::clamp<std::size_t>(n / kGrain, 1, 32);
    const auto chunk_begin = [&](std::size_t chunk) { return n * chunk / chunks; };
    const std::uint64_t buckets = bucket_of.count;
    std::vector<std::uint32_t> next(chunks * buckets, 0);
    parallel_for_each(chunks, 1, [&](std::size_t chunk) {
        std::uint32_t* count = next.data() + chunk * buckets;
        for (std::size_t i = chunk_begin(chunk); i < chunk_begin(chunk + 1); ++i) {
            ++count[bucket_of(points[i])];
        }
    });

    Partition<D> sorted{Buffer<Record<D>>(n, true), std::vector<std::uint32_t>(buckets + 1)};
    std::uint32_t place = 0;
    for (std::uint64_t bucket = 0; bucket < buckets; ++bucket) {
        sorted.begin[bucket] = place;
        for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
            place += std::exchange(next[chunk * buckets + bucket], place);
        }
    }
    sorted.begin[buckets] = place;

    parallel_for_each(chunks, 1, [&](std::size_t chunk) {
        std::uint32_t* to = next.data() + chunk * buckets;
        for (std::size_t i = chunk_begin(chunk); i < chunk_begin(chunk + 1); ++i) {
            // Adding zero turns -0.0 into 0.0: equal coordinates get equal bytes.
            Record<D> record{points[i], static_cast<std::uint32_t>(i), points.weight_of(i)};
            for (double& value_m : record.at_m) {
                value_m += 0.0;
            }
            sorted.record[to[bucket_of(record.at_m)]++] = record;
        }
    });
    return sorted;
}

template <std::size_t D>
CellBox<D> box_of(const CellGrid<D>& grid, const Cell& cell) {
    CellBox<D> box = box_at(grid.position(cell.begin));
    for (std::uint32_t i = cell.begin + 1; i < cell.end; ++i) {
        widen(box, grid.position(i));
    }
    return box;
}

/// Joins the cells that the sort left in the memory of the records.
/// \param counts by bucket: how many cells
template <std::size_t D>
void gather_cells(const Partition<D>& sorted, const std::vector<std::uint32_t>& counts,
                  CellGrid<D>& grid) {
    std::vector<std::size_t> begin(counts.size() + 1, 0);
    std::inclusive_scan(counts.begin(), counts.end(), begin.begin() + 1, std::plus<>(),
                        std::size_t{0});
    grid.key = Buffer<CellKey<D>>(begin.back() + kLastKeys);
    grid.cell = Buffer<Cell>(begin.back());
    grid.box = Buffer<CellBox<D>>(begin.back());
    parallel_for_each(counts.size(), 16, [&](std::size_t bucket) {
        for (std::size_t i = 0; i < counts[bucket]; ++i) {
            CellRecord<D> record;
            std::memcpy(&record, &sorted.record[sorted.begin[bucket] + i], sizeof record);
            grid.key[begin[bucket] + i] = record.key;
            grid.cell[begin[bucket] + i] = record.cell;
            grid.box[begin[bucket] + i] = box_of(grid, record.cell);
        }
    });
    std::fill(grid.key.end() - kLastKeys, grid.key.end(), ~CellKey<D>{0});
}

template <class Axis, std::size_t D>
CellGrid<D> make_grid_on(const PointsIn<D>& points, Axes<Axis, D> axes,
                         std::span<std::int32_t> slot_of_point) {
    const std::size_t n = points.size();
    const BucketRule<Axis, D> bucket_of(std::move(axes), n);
    std::array<std::uint64_t, D> axis_cells;
    for (std::size_t d = 0; d < D; ++d) {
        axis_cells[d] = bucket_of.axes[d].cell_count;
    }
    Partition<D> sorted = partition(points, bucket_of);
    CellGrid<D> grid;
    for (Buffer<double>& axis : grid.at_m) {
        axis = Buffer<double>(n);
    }
    grid.weight = Buffer<std::uint32_t>(n);
    grid.first_index = Buffer<std::uint32_t>(n);
    std::vector<std::uint32_t> cell_counts(bucket_of.count);
    parallel_ranges(bucket_of.count, 1, [&](std::size_t begin, std::size_t end) {
        BucketSorter<D> sorter;
        for (std::size_t bucket = begin; bucket < end; ++bucket) {
            const std::uint32_t first = sorted.begin[bucket];
            const std::span<Record<D>> records(sorted.record.data() + first,
                                               sorted.begin[bucket + 1] - first);
            sorter.merge(records);
            sorter.set_keys([&](const Position<D>& at_m) { return bucket_of.cell(at_m); });
            cell_counts[bucket] = sorter.write(records, first, axis_cells, grid, slot_of_point);
        }
    });
    gather_cells(sorted, cell_counts, grid);
    return grid;
}

} // namespace

template <std::size_t D>
CellBox<D> bounds(const PointsIn<D>& points) {
    CellBox<D> all = box_at(points[0]);
    std::mutex mutex;
    parallel_ranges(points.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        CellBox<D> box = box_at(points[begin]);
        for (std::size_t i = begin + 1; i < end; ++i) {
            widen(box, points[i]);
        }
        const std::lock_guard lock(mutex);
        widen(all, box);
    });
    return all;
}

template <std::size_t D>
CellRule<D> cell_rule(const PointsIn<D>& points, double eps_m) {
    const double side_m = cell_side(eps_m, D);
    const CellBox<D> box = bounds(points);
    bool fits = true;
    Axes<PlainAxis, D> plain;
    for (std::size_t d = 0; d < D; ++d) {
        fits = fits && fits_plain_axis(box.least[d], box.most[d], side_m);
        if (fits) {
            plain[d] = make_plain_axis(box.least[d], box.most[d], side_m);
        }
    }
    if (fits) {
        return plain;
    }
    Axes<FoldedAxis, D> folded;
    for (std::size_t d = 0; d < D; ++d) {
        folded[d] = make_folded_axis(points.at_m[d], eps_m, side_m);
    }
    return folded;
}

template <std::size_t D>
CellGrid<D> make_grid(const PointsIn<D>& points, const CellRule<D>& rule,
                      std::span<std::int32_t> slot_of_point) {
    return std::visit([&](const auto& axes) { return make_grid_on(points, axes, slot_of_point); },
                      rule);
}

template CellBox<2> bounds(const PointsIn<2>&);
template CellBox<3> bounds(const PointsIn<3>&);
template CellRule<2> cell_rule(const PointsIn<2>&, double);
template CellRule<3> cell_rule(const PointsIn<3>&, double);
template CellGrid<2> make_grid(const PointsIn<2>&, const CellRule<2>&, std::span<std::int32_t>);
template CellGrid<3> make_grid(const PointsIn<3>&, const CellRule<3>&, std::span<std::int32_t>);

} // namespace icmap::cluster
