// DBSCAN, HDBSCAN* and re-clustering on a made-up register; bench/run holds the answers against
// other programs and writes RESULTS.md.
#include "base/freed_memory.hpp"
#include "base/parallel.hpp"
#include "cluster/check.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/on_sphere.hpp"
#include "cluster/refine.hpp"
#include "outline/outline.hpp"
#include "towns.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <numbers>
#include <string>

namespace icmap::bench {
namespace {

/// One register of each kind is kept: making it takes longer than clustering it.
const Towns& towns(std::size_t points, bool duplicates) {
    static std::map<bool, std::pair<std::size_t, Towns>> kept;
    auto& [size, points_kept] = kept[duplicates];
    if (size != points) {
        kept.erase(!duplicates);
        points_kept = {};
        points_kept = make_towns({points, duplicates, 1});
        size = points;
    }
    return points_kept;
}

cluster::Points as_points(const Towns& towns) {
    return {towns.x_m, towns.y_m, {}};
}

/// Forgets the peak so far, so that the next reading is of this benchmark alone.
void reset_peak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

double peak_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            double kb = 0;
            status >> kb;
            return kb / 1024.0;
        }
    }
    return 0.0;
}

double checksum(const std::vector<std::int32_t>& label) {
    std::uint32_t sum = 0;
    for (const std::int32_t value : label) {
        sum = sum * 31 + static_cast<std::uint32_t>(value);
    }
    return sum;
}

struct ReclusterCase {
    std::size_t points;
    double eps_m;
    std::uint32_t min_points;
    int threads;
};

struct Case {
    std::size_t points;
    bool duplicates;
    cluster::DbscanOptions options;
    int threads;
};

void run_dbscan(benchmark::State& state, const Case& c) {
    const FreedMemoryGivenBack given_back; // as `icmap cluster` does
    const Towns& data = towns(c.points, c.duplicates);
    const ThreadLimit limit(c.threads);
    cluster::Labels labels;
    reset_peak();
    for (auto _ : state) {
        labels = {};
        labels = cluster::dbscan(as_points(data), c.options).value();
    }
    state.counters["peak_mb"] = peak_mb();
    state.counters["points"] = static_cast<double>(c.points);
    state.counters["clusters"] = labels.cluster_count;
    state.counters["core"] =
        static_cast<double>(std::count(labels.is_core.begin(), labels.is_core.end(), 1));
    state.counters["noise"] =
        static_cast<double>(std::count(labels.label.begin(), labels.label.end(), -1));
    state.counters["checksum"] = checksum(labels.label);
}

/// The same on the Earth: the register laid on Britain's longitudes and latitudes.
void run_on_sphere(benchmark::State& state, const Case& c) {
    const FreedMemoryGivenBack given_back; // as `icmap cluster` does
    const Towns& data = towns(c.points, c.duplicates);
    std::vector<double> lon(c.points);
    std::vector<double> lat(c.points);
    for (std::size_t i = 0; i < c.points; ++i) {
        lat[i] = 49.5 + data.y_m[i] / 111'195.0;
        lon[i] = -7.0 + data.x_m[i] / 66'000.0;
    }
    const ThreadLimit limit(c.threads);
    cluster::Labels labels;
    reset_peak();
    for (auto _ : state) {
        labels = {};
        labels = cluster::dbscan_on_sphere({lon, lat, {}}, c.options).value();
    }
    state.counters["peak_mb"] = peak_mb();
    state.counters["points"] = static_cast<double>(c.points);
    state.counters["clusters"] = labels.cluster_count;
    state.counters["checksum"] = checksum(labels.label);
}

/// An island under most of the towns, with a coast of 20,000 vertices: some towns lie on the
/// coast, some in the sea.
geo::Geometry island() {
    constexpr std::size_t kVertices = 20'000;
    geo::Ring shore;
    for (std::size_t i = 0; i < kVertices; ++i) {
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / kVertices;
        const double bay = 1.0 + 0.05 * std::sin(40.0 * angle) + 0.004 * std::sin(1777.0 * angle);
        shore.push_back(
            {350e3 + 400e3 * bay * std::cos(angle), 600e3 + 700e3 * bay * std::sin(angle)});
    }
    return geo::Geometry::polygon(shore).value();
}

/// The floor: number the cell of each point and sort the numbers, on one thread; nothing is merged,
/// no point is moved.
void run_floor(benchmark::State& state, std::size_t points) {
    const Towns& data = towns(points, true);
    const ThreadLimit limit(1);
    std::vector<std::uint32_t> key(points);
    std::vector<std::uint32_t> other(points);
    for (auto _ : state) {
        for (std::size_t i = 0; i < points; ++i) {
            const auto column = static_cast<std::uint32_t>((data.x_m[i] + 1e5) / 707.0);
            const auto row = static_cast<std::uint32_t>((data.y_m[i] + 1e5) / 707.0);
            key[i] = row * 1500 + column;
        }
        for (unsigned shift = 0; shift < 33; shift += 11) {
            std::vector<std::uint32_t> count(2049, 0);
            for (const std::uint32_t value : key) {
                ++count[((value >> shift) & 2047) + 1];
            }
            for (std::size_t i = 1; i < count.size(); ++i) {
                count[i] += count[i - 1];
            }
            for (const std::uint32_t value : key) {
                other[count[(value >> shift) & 2047]++] = value;
            }
            std::swap(key, other);
        }
        benchmark::DoNotOptimize(key.data());
    }
    state.counters["points"] = static_cast<double>(points);
}

void run_hdbscan(benchmark::State& state, std::size_t points, int threads) {
    const FreedMemoryGivenBack given_back; // as `icmap cluster` does
    const Towns& data = towns(points, false);
    const ThreadLimit limit(threads);
    cluster::HdbscanLabels labels;
    reset_peak();
    for (auto _ : state) {
        labels = {};
        labels = cluster::hdbscan(as_points(data), {10}).value();
    }
    state.counters["peak_mb"] = peak_mb();
    state.counters["points"] = static_cast<double>(points);
    state.counters["clusters"] = labels.cluster_count;
    state.counters["noise"] =
        static_cast<double>(std::count(labels.label.begin(), labels.label.end(), -1));
    state.counters["checksum"] = checksum(labels.label);
}

/// A new radius on a sector whose hierarchy is kept, as a slider on the map asks for it.
void run_cut(benchmark::State& state, std::size_t points) {
    const Towns& data = towns(points, true);
    const ThreadLimit limit(2);
    const cluster::Hierarchy hierarchy =
        std::move(cluster::Hierarchy::make(as_points(data), 10)).value();
    double eps_m = 800.0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(hierarchy.labels_at(Metres{eps_m}));
        eps_m += 1.0;
    }
    state.counters["points"] = static_cast<double>(points);
}

/// All of a re-clustering of one sector as the map asks for it: new labels, clusters with too few
/// enterprises dropped, outlines drawn and clipped to land.
void run_recluster(benchmark::State& state, const ReclusterCase& c) {
    const Towns& data = towns(c.points, true);
    const ThreadLimit limit(c.threads);
    std::vector<std::uint32_t> enterprise(data.x_m.size());
    std::vector<PlaneXY> members(data.x_m.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        enterprise[i] = static_cast<std::uint32_t>(i - i % 3); // three sites each
        members[i] = {data.x_m[i], data.y_m[i]};
    }
    const outline::Land land = std::move(outline::Land::make(island())).value();
    double eps_m = c.eps_m;
    std::size_t clusters = 0;
    std::size_t vertices = 0;
    for (auto _ : state) {
        const cluster::Labels all =
            cluster::dbscan(as_points(data), {Metres{eps_m}, c.min_points}).value();
        const cluster::Labels kept = cluster::drop_small(all, enterprise, 10).value();
        const auto outlines = outline::outlines(members, kept.label, {}, &land).value();
        eps_m += 1.0; // new parameters each time
        clusters = outlines.size();
        vertices = 0;
        for (const geo::Geometry& one : outlines) {
            vertices += one.vertex_count();
        }
    }
    state.counters["points"] = static_cast<double>(c.points);
    state.counters["clusters"] = static_cast<double>(clusters);
    state.counters["vertices"] = static_cast<double>(vertices);
}

template <class Run>
void add(const std::string& name, int repetitions, Run run) {
    benchmark::RegisterBenchmark(name.c_str(), run)
        ->UseRealTime()
        ->MeasureProcessCPUTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(1)
        ->Repetitions(repetitions)
        ->ComputeStatistics("min",
                            [](const std::vector<double>& values) {
                                return *std::min_element(values.begin(), values.end());
                            })
        ->ReportAggregatesOnly();
}

void add_dbscan(std::size_t points, bool duplicates, double eps_m, std::uint32_t min_points,
                int threads, int repetitions) {
    const Case c{points, duplicates, {Metres{eps_m}, min_points}, threads};
    add(fmt::format("dbscan/{}/{}/{}/{}/{}", points, duplicates ? "duplicates" : "distinct", eps_m,
                    min_points, threads),
        repetitions, [c](benchmark::State& state) { run_dbscan(state, c); });
}

void add_all() {
    constexpr std::size_t kMillion = 1'000'000;
    for (const bool duplicates : {true, false}) {
        for (const auto& [eps_m, min_points] :
             {std::pair{1000.0, 10U}, std::pair{250.0, 10U}, std::pair{5000.0, 50U}}) {
            for (const int threads : {1, 2}) {
                add_dbscan(5 * kMillion, duplicates, eps_m, min_points, threads, 7);
            }
        }
    }
    add("floor/5000000", 7, [](benchmark::State& state) { run_floor(state, 5 * kMillion); });
    for (const std::size_t points : {kMillion / 10, kMillion, 2 * kMillion, 5 * kMillion,
                                     10 * kMillion, 20 * kMillion, 50 * kMillion, 100 * kMillion}) {
        // Small ones wake a sleeping thread each time, which takes a varying while: more runs.
        add_dbscan(points, true, 1000.0, 10, 2, points < kMillion ? 21 : 3);
    }
    for (const int threads : {1, 2}) {
        add(fmt::format("hdbscan/1000000/distinct/{}", threads), 3,
            [threads](benchmark::State& state) { run_hdbscan(state, kMillion, threads); });
    }
    add("hdbscan/5000/distinct/2", 7, [](benchmark::State& state) { run_hdbscan(state, 5000, 2); });
    add_dbscan(kMillion / 10, true, 1000.0, 10, 1, 21);
    for (const int threads : {1, 2}) {
        add(fmt::format("recluster/100000/{}", threads), 21, [threads](benchmark::State& state) {
            run_recluster(state, {kMillion / 10, 1000.0, 10, threads});
        });
        const Case on_earth{5 * kMillion, true, {Metres{1000.0}, 10}, threads};
        add(fmt::format("sphere/5000000/{}", threads), 5,
            [on_earth](benchmark::State& state) { run_on_sphere(state, on_earth); });
    }
    add("cut/100000", 21, [](benchmark::State& state) { run_cut(state, kMillion / 10); });
}

} // namespace
} // namespace icmap::bench

int main(int argc, char** argv) {
    icmap::bench::add_all();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
