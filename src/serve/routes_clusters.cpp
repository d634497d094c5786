#include "serve/cluster_filter.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace icmap::serve {
namespace {

void write_row(JsonWriter& json, const Catalogue& catalogue, std::size_t index,
               std::span<const MeasureEntry* const> columns) {
    const ClusterEntry& cluster = catalogue.clusters[index];
    // The reference is an object already; its closing brace makes room for what a row adds.
    JsonWriter added;
    added.begin_object();
    added.member("is_frontier", catalogue.sectors[cluster.sector].is_frontier);
    added.key("authorities");
    added.begin_array();
    for (const std::string& authority : cluster.authorities) {
        if (!authority.empty()) {
            added.value(authority);
        }
    }
    added.end_array();
    added.member("area_km2", cluster.area_km2);
    added.member("extent_km", cluster.extent_km);
    added.key("measures");
    added.begin_object();
    for (const MeasureEntry* measure : columns) {
        added.member(measure->key, measure->values[index]);
    }
    added.end_object();
    added.end_object();
    std::string row = cluster.reference;
    row.back() = ',';
    row += std::string_view(added.text()).substr(1);
    json.raw(row);
}

struct Bins {
    std::vector<double> edges;
    std::vector<std::size_t> counts;
};

Bins fill_bins(const std::vector<double>& values, double low, double high, std::size_t count) {
    constexpr double kWide = 100.0; ///< beyond it equal widths leave all but the first bin empty
    const bool is_logarithmic = low > 0.0 && high / low > kWide;
    Bins bins{{}, std::vector<std::size_t>(count, 0)};
    for (std::size_t i = 0; i <= count; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(count);
        bins.edges.push_back(is_logarithmic ? low * std::pow(high / low, share)
                                            : low + (high - low) * share);
    }
    bins.edges.back() = high;
    for (const double value : values) {
        const auto above = std::upper_bound(bins.edges.begin() + 1, bins.edges.end() - 1, value);
        ++bins.counts[static_cast<std::size_t>(above - bins.edges.begin()) - 1];
    }
    return bins;
}

void write_bins(JsonWriter& json, const std::vector<double>& values, std::size_t count) {
    if (values.empty()) {
        json.member_raw("minimum", "null");
        json.member_raw("maximum", "null");
        json.member_raw("bins", "[]");
        return;
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    json.member("minimum", *low);
    json.member("maximum", *high);
    const Bins bins = fill_bins(values, *low, *high, *low == *high ? 1 : count);
    json.key("bins");
    json.begin_array();
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        json.begin_object();
        json.member("from", bins.edges[i]);
        json.member("to", bins.edges[i + 1]);
        json.member("count", bins.counts[i]);
        json.end_object();
    }
    json.end_array();
}

} // namespace

Answer get_clusters(Call& call) {
    const Catalogue& catalogue = call.catalogue();
    ICMAP_ASSIGN(auto clusters, filter_clusters(call));
    ICMAP_TRY(sort_clusters(call, clusters));
    ICMAP_ASSIGN(const auto columns, read_columns(call));
    ICMAP_ASSIGN(const auto limit, call.parameters.integer("limit", 0, 20'000, 1000));
    ICMAP_ASSIGN(const auto offset, call.parameters.integer("offset", 0, 1'000'000'000, 0));
    ICMAP_TRY(call.parameters.finish());
    std::uint64_t sites = 0;
    std::uint64_t enterprises = 0;
    for (const std::size_t i : clusters) {
        sites += catalogue.clusters[i].site_count;
        enterprises += catalogue.clusters[i].enterprise_count;
    }
    const std::size_t begin = std::min(clusters.size(), static_cast<std::size_t>(offset));
    const std::size_t end = std::min(clusters.size(), begin + static_cast<std::size_t>(limit));
    JsonWriter json;
    json.begin_object();
    json.member("number_matched", clusters.size());
    json.member("number_returned", end - begin);
    json.key("totals");
    json.begin_object();
    json.member("sites", sites);
    json.member("enterprises", enterprises);
    json.end_object();
    json.key("columns");
    json.begin_array();
    for (const MeasureEntry* measure : columns) {
        json.value(measure->key);
    }
    json.end_array();
    json.key("clusters");
    json.begin_array();
    for (std::size_t i = begin; i < end; ++i) {
        write_row(json, catalogue, clusters[i], columns);
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_histogram(Call& call) {
    const auto figure = FigureOf::find(call.catalogue(), call.captured[0]);
    if (!figure) {
        return not_found("There is no measure " + call.captured[0], "/api/measures lists them");
    }
    ICMAP_ASSIGN(const auto clusters, filter_clusters(call));
    ICMAP_ASSIGN(const auto count, call.parameters.integer("bins", 2, 100, 20));
    ICMAP_TRY(call.parameters.finish());
    std::vector<double> values;
    for (const std::size_t i : clusters) {
        if (const double value = (*figure)(i); std::isfinite(value)) {
            values.push_back(value);
        }
    }
    JsonWriter json;
    json.begin_object();
    json.member("measure", call.captured[0]);
    json.member("number_matched", clusters.size());
    json.member("missing", clusters.size() - values.size());
    write_bins(json, values, static_cast<std::size_t>(count));
    json.end_object();
    return respond_json(json.take());
}

Answer get_timeline(Call& call) {
    const Catalogue& catalogue = call.catalogue();
    ICMAP_ASSIGN(const auto clusters, filter_clusters(call));
    ICMAP_TRY(call.parameters.finish());
    std::set<std::int32_t> years;
    for (const YearEntry& entry : catalogue.years) {
        years.insert(entry.year);
    }
    JsonWriter json;
    json.begin_object();
    json.key("years");
    json.begin_array();
    for (const std::int32_t year : years) {
        json.value(year);
    }
    json.end_array();
    json.key("clusters");
    json.begin_array();
    for (const std::size_t i : clusters) {
        const ClusterEntry& cluster = catalogue.clusters[i];
        auto entry = std::lower_bound(
            catalogue.years.begin(), catalogue.years.end(), cluster.id,
            [](const YearEntry& year, std::uint32_t id) { return year.cluster_id < id; });
        json.begin_object();
        json.member("cluster_id", cluster.id);
        json.member("slug", cluster.slug);
        json.key("enterprises");
        json.begin_array();
        for (const std::int32_t year : years) {
            const bool is_there = entry != catalogue.years.end() &&
                                  entry->cluster_id == cluster.id && entry->year == year;
            if (is_there) {
                json.value((entry++)->enterprises);
            } else {
                json.null();
            }
        }
        json.end_array();
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

} // namespace icmap::serve
