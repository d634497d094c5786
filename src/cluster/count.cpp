#include "cluster/count.hpp"

#include "base/simd.hpp"

#include <algorithm>

namespace icmap::cluster {
namespace {

// Between two looks at the goal: long enough to fill the vector units, short enough to stop early.
constexpr std::uint32_t kBlock = 64;

} // namespace

// Two functions, not one template: each is compiled several times, which templates cannot be.
ICMAP_SIMD_CLONES
std::uint64_t count_weight(const CellGrid<2>& grid, std::span<const Run> runs,
                           const CountQuery<2>& query) {
    const double* x_m = grid.at_m[0].data();
    const double* y_m = grid.at_m[1].data();
    const std::uint32_t* weight = grid.weight.data();
    const CountQuery<2> q = query;
    std::uint64_t total = 0;
    for (const Run& run : runs) {
        for (std::uint32_t begin = run.begin; begin < run.end; begin += kBlock) {
            const std::uint32_t end = std::min(begin + kBlock, run.end);
            for (std::uint32_t i = begin; i < end; ++i) {
                const double dx = x_m[i] - q.at_m[0];
                const double dy = y_m[i] - q.at_m[1];
                total += dx * dx + dy * dy <= q.eps2 ? std::uint64_t{weight[i]} : 0;
            }
            if (total >= q.goal) {
                return total;
            }
        }
    }
    return total;
}

ICMAP_SIMD_CLONES
std::uint64_t count_weight(const CellGrid<3>& grid, std::span<const Run> runs,
                           const CountQuery<3>& query) {
    const double* x_m = grid.at_m[0].data();
    const double* y_m = grid.at_m[1].data();
    const double* z_m = grid.at_m[2].data();
    const std::uint32_t* weight = grid.weight.data();
    const CountQuery<3> q = query;
    std::uint64_t total = 0;
    for (const Run& run : runs) {
        for (std::uint32_t begin = run.begin; begin < run.end; begin += kBlock) {
            const std::uint32_t end = std::min(begin + kBlock, run.end);
            for (std::uint32_t i = begin; i < end; ++i) {
                const double dx = x_m[i] - q.at_m[0];
                const double dy = y_m[i] - q.at_m[1];
                const double dz = z_m[i] - q.at_m[2];
                total += dx * dx + dy * dy + dz * dz <= q.eps2 ? std::uint64_t{weight[i]} : 0;
            }
            if (total >= q.goal) {
                return total;
            }
        }
    }
    return total;
}

} // namespace icmap::cluster
