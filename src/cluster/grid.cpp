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

constexpr std::size_t kGrain = std::size_t{1} << 16;

// Buckets of this many points fit the second-level cache with what is made of them, and are long
// against a page of memory: slots that repeats leave unused then stay unused pages.
constexpr std::size_t kPointsPerBucket = 8192;
constexpr std::uint64_t kMostBuckets = 4096;

/// Which bucket a point belongs to: cells in row-major order, cut into runs of equal length.
template <class Axis>
struct BucketRule {
    Axes<Axis> axes;
    unsigned shift = 0;
    std::uint64_t count = 0;

    BucketRule(Axes<Axis> both, std::size_t n) : axes(std::move(both)) {
        const std::uint64_t cells = axes.x.cell_count * axes.y.cell_count;
        const std::uint64_t wanted =
            std::clamp<std::uint64_t>(n / kPointsPerBucket, 1, kMostBuckets);
        while (((cells - 1) >> shift) >= wanted) {
            ++shift;
        }
        count = ((cells - 1) >> shift) + 1;
    }
    [[nodiscard]] std::uint64_t cell(double x_m, double y_m) const {
        return axes.y.cell(y_m) * axes.x.cell_count + axes.x.cell(x_m);
    }
    [[nodiscard]] std::uint64_t operator()(double x_m, double y_m) const {
        return cell(x_m, y_m) >> shift;
    }
};

/// The points in bucket order, in each bucket in the order of the input.
struct Partition {
    Buffer<Record> record;
    std::vector<std::uint32_t> begin; ///< by bucket, and the end of the last
};

template <class Rule>
Partition partition(const Points& points, const Rule& bucket_of) {
    const std::size_t n = points.x_m.size();
    const std::size_t chunks = std::clamp<std::size_t>(n / kGrain, 1, 32);
    const auto chunk_begin = [&](std::size_t chunk) { return n * chunk / chunks; };
    const std::uint64_t buckets = bucket_of.count;
    std::vector<std::uint32_t> next(chunks * buckets, 0);
    parallel_for_each(chunks, 1, [&](std::size_t chunk) {
        std::uint32_t* count = next.data() + chunk * buckets;
        for (std::size_t i = chunk_begin(chunk); i < chunk_begin(chunk + 1); ++i) {
            ++count[bucket_of(points.x_m[i], points.y_m[i])];
        }
    });

    Partition sorted{Buffer<Record>(n, true), std::vector<std::uint32_t>(buckets + 1)};
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
            const Record record{points.x_m[i] + 0.0, points.y_m[i] + 0.0,
                                static_cast<std::uint32_t>(i),
                                points.weight.empty() ? 1 : points.weight[i]};
            sorted.record[to[bucket_of(record.x_m, record.y_m)]++] = record;
        }
    });
    return sorted;
}

CellBox box_of(const CellGrid& grid, const Cell& cell) {
    CellBox box{grid.x_m[cell.begin], grid.y_m[cell.begin], grid.x_m[cell.begin],
                grid.y_m[cell.begin]};
    for (std::uint32_t i = cell.begin + 1; i < cell.end; ++i) {
        box = {std::min(box.min_x, grid.x_m[i]), std::min(box.min_y, grid.y_m[i]),
               std::max(box.max_x, grid.x_m[i]), std::max(box.max_y, grid.y_m[i])};
    }
    return box;
}

/// Joins the cells that the sort left in the memory of the records.
/// \param counts by bucket: how many cells
void gather_cells(const Partition& sorted, const std::vector<std::uint32_t>& counts,
                  CellGrid& grid) {
    std::vector<std::size_t> begin(counts.size() + 1, 0);
    std::inclusive_scan(counts.begin(), counts.end(), begin.begin() + 1, std::plus<>(),
                        std::size_t{0});
    grid.key = Buffer<std::uint64_t>(begin.back() + 1);
    grid.cell = Buffer<Cell>(begin.back());
    grid.box = Buffer<CellBox>(begin.back());
    parallel_for_each(counts.size(), 16, [&](std::size_t bucket) {
        for (std::size_t i = 0; i < counts[bucket]; ++i) {
            CellRecord record;
            std::memcpy(&record, &sorted.record[sorted.begin[bucket] + i], sizeof record);
            grid.key[begin[bucket] + i] = record.key;
            grid.cell[begin[bucket] + i] = record.cell;
            grid.box[begin[bucket] + i] = box_of(grid, record.cell);
        }
    });
    grid.key[begin.back()] = std::numeric_limits<std::uint64_t>::max();
}

template <class Axis>
CellGrid make_grid_on(const Points& points, Axes<Axis> axes,
                      std::span<std::int32_t> slot_of_point) {
    const std::size_t n = points.x_m.size();
    const BucketRule<Axis> bucket_of(std::move(axes), n);
    Partition sorted = partition(points, bucket_of);
    CellGrid grid{Buffer<double>(n),
                  Buffer<double>(n),
                  Buffer<std::uint32_t>(n),
                  Buffer<std::uint32_t>(n),
                  {},
                  {},
                  {}};
    std::vector<std::uint32_t> cell_counts(bucket_of.count);
    parallel_ranges(bucket_of.count, 1, [&](std::size_t begin, std::size_t end) {
        BucketSorter sorter;
        for (std::size_t bucket = begin; bucket < end; ++bucket) {
            const std::uint32_t first = sorted.begin[bucket];
            const std::span<Record> records(sorted.record.data() + first,
                                            sorted.begin[bucket + 1] - first);
            sorter.merge(records);
            sorter.set_keys([&](double x_m, double y_m) { return bucket_of.cell(x_m, y_m); });
            cell_counts[bucket] =
                sorter.write(records, first, bucket_of.axes.x.cell_count, grid, slot_of_point);
        }
    });
    gather_cells(sorted, cell_counts, grid);
    return grid;
}

} // namespace

CellBox bounds(const Points& points) {
    CellBox all{points.x_m[0], points.y_m[0], points.x_m[0], points.y_m[0]};
    std::mutex mutex;
    parallel_ranges(points.x_m.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        CellBox box{points.x_m[begin], points.y_m[begin], points.x_m[begin], points.y_m[begin]};
        for (std::size_t i = begin; i < end; ++i) {
            box.min_x = std::min(box.min_x, points.x_m[i]);
            box.max_x = std::max(box.max_x, points.x_m[i]);
            box.min_y = std::min(box.min_y, points.y_m[i]);
            box.max_y = std::max(box.max_y, points.y_m[i]);
        }
        const std::lock_guard lock(mutex);
        all = {std::min(all.min_x, box.min_x), std::min(all.min_y, box.min_y),
               std::max(all.max_x, box.max_x), std::max(all.max_y, box.max_y)};
    });
    return all;
}

CellRule cell_rule(const Points& points, double eps_m) {
    const double side_m = cell_side(eps_m);
    const CellBox box = bounds(points);
    if (fits_plain_axis(box.min_x, box.max_x, side_m) &&
        fits_plain_axis(box.min_y, box.max_y, side_m)) {
        return Axes<PlainAxis>{make_plain_axis(box.min_x, box.max_x, side_m),
                               make_plain_axis(box.min_y, box.max_y, side_m)};
    }
    return Axes<FoldedAxis>{make_folded_axis(points.x_m, eps_m),
                            make_folded_axis(points.y_m, eps_m)};
}

CellGrid make_grid(const Points& points, const CellRule& rule,
                   std::span<std::int32_t> slot_of_point) {
    return std::visit([&](const auto& axes) { return make_grid_on(points, axes, slot_of_point); },
                      rule);
}

} // namespace icmap::cluster
