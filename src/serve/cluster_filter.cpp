#include "serve/cluster_filter.hpp"

#include "base/nearest.hpp"

#include "serve/fold.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace icmap::serve {
namespace {

struct Field {
    std::string_view name;
    double (*value)(const ClusterEntry&);
};
constexpr std::array kFields{
    Field{"site_count", [](const ClusterEntry& c) { return static_cast<double>(c.site_count); }},
    Field{"enterprise_count",
          [](const ClusterEntry& c) { return static_cast<double>(c.enterprise_count); }},
    Field{"area_km2", [](const ClusterEntry& c) { return c.area_km2; }},
    Field{"extent_km", [](const ClusterEntry& c) { return c.extent_km; }},
};

std::vector<std::string> figure_names(const Catalogue& catalogue) {
    std::vector<std::string> names;
    names.reserve(kFields.size() + catalogue.measures.size());
    for (const Field& field : kFields) {
        names.emplace_back(field.name);
    }
    for (const MeasureEntry& measure : catalogue.measures) {
        names.push_back(measure.key);
    }
    return names;
}

tl::unexpected<Problem> unknown_figure(const Catalogue& catalogue, std::string_view parameter,
                                       const std::string& name) {
    const auto names = figure_names(catalogue);
    const auto nearest = nearest_word(name, names);
    return bad_request(fmt::format("There is no measure {}", name), std::string(parameter), name,
                       nearest ? fmt::format("Did you mean {}?", *nearest)
                               : "/api/measures lists them");
}

/// A set of clusters that is narrowed down filter by filter.
class Sieve {
  public:
    explicit Sieve(const Catalogue& catalogue)
        : catalogue_(&catalogue), kept_(catalogue.clusters.size()) {
        std::iota(kept_.begin(), kept_.end(), std::size_t{0});
    }
    template <class Keep>
    void keep(Keep&& keep) {
        std::erase_if(kept_, [&](std::size_t i) { return !keep(i, catalogue_->clusters[i]); });
    }
    std::vector<std::size_t> take() { return std::move(kept_); }

  private:
    const Catalogue* catalogue_;
    std::vector<std::size_t> kept_;
};

Checked<void> by_kind(Call& call, Sieve& sieve) {
    const Catalogue& catalogue = call.catalogue();
    ICMAP_ASSIGN(const auto choice, read_sectors(call));
    sieve.keep([&](std::size_t, const ClusterEntry& c) { return choice.has(c.sector); });
    ICMAP_ASSIGN(const auto frontier, call.parameters.boolean("frontier"));
    ICMAP_ASSIGN(const auto types, call.parameters.list_of("type", kClusterTypes));
    ICMAP_ASSIGN(const auto active, call.parameters.boolean("rdi_active"));
    sieve.keep([&](std::size_t, const ClusterEntry& c) {
        const bool type_fits =
            types.empty() || std::find(types.begin(), types.end(), c.type) != types.end();
        return type_fits && (!frontier || catalogue.sectors[c.sector].is_frontier == *frontier) &&
               (!active || c.is_rdi_active == *active);
    });
    return {};
}

Checked<void> by_place(Call& call, Sieve& sieve) {
    const Catalogue& catalogue = call.catalogue();
    const auto codes = call.parameters.list("area");
    if (!codes.empty()) {
        std::vector<std::uint8_t> touched(catalogue.clusters.size(), 0);
        for (const std::string& code : codes) {
            const auto area = catalogue.find_area(code);
            if (!area) {
                return bad_request(fmt::format("There is no area {}", code), "area", code,
                                   "/api/areas lists the codes");
            }
            for (const SharedSites& shared : catalogue.areas[*area].clusters) {
                touched[shared.cluster] = 1;
            }
        }
        sieve.keep([&](std::size_t i, const ClusterEntry&) { return touched[i] != 0; });
    }
    ICMAP_ASSIGN(const auto box, call.parameters.bbox("bbox"));
    if (box) {
        sieve.keep([&](std::size_t, const ClusterEntry& c) { return intersects(*box, c.bounds); });
    }
    return {};
}

Checked<void> by_words(Call& call, Sieve& sieve) {
    constexpr std::size_t kLongest = 200;
    const auto given = call.parameters.text("q");
    if (!given) {
        return {};
    }
    if (given->size() > kLongest) {
        return bad_request(fmt::format("q has {} bytes; the limit is {}", given->size(), kLongest),
                           "q", *given, "Use fewer words");
    }
    const std::string folded = fold(*given);
    for (const std::string_view word : words(folded)) {
        sieve.keep([&](std::size_t, const ClusterEntry& c) {
            return c.words.find(word) != std::string::npos;
        });
    }
    return {};
}

Checked<void> by_figures(Call& call, Sieve& sieve) {
    ICMAP_ASSIGN(const auto smallest, call.parameters.by_key("min"));
    ICMAP_ASSIGN(const auto largest, call.parameters.by_key("max"));
    for (const auto& [is_smallest, limits] :
         {std::pair(true, smallest), std::pair(false, largest)}) {
        for (const auto& [name, limit] : limits) {
            const auto figure = FigureOf::find(call.catalogue(), name);
            if (!figure) {
                return unknown_figure(call.catalogue(), is_smallest ? "min" : "max", name);
            }
            sieve.keep(
                [&, at_least = is_smallest, bound = limit](std::size_t i, const ClusterEntry&) {
                    const double value = (*figure)(i);
                    return at_least ? value >= bound : value <= bound; // false for NaN
                });
        }
    }
    return {};
}

/// Sorts by a number, NaN last either way, ties by position.
void sort_by_number(std::vector<std::size_t>& clusters, bool is_descending,
                    const FigureOf& figure) {
    std::stable_sort(clusters.begin(), clusters.end(), [&](std::size_t a, std::size_t b) {
        const double left = figure(a);
        const double right = figure(b);
        if (std::isnan(left) || std::isnan(right)) {
            return !std::isnan(left) && std::isnan(right);
        }
        return is_descending ? left > right : left < right;
    });
}

} // namespace

bool intersects(const Box& asked, const Box& feature) {
    if (asked.min_x <= asked.max_x) {
        return asked.intersects(feature);
    }
    const Box west{asked.min_x, asked.min_y, 180.0, asked.max_y};
    const Box east{-180.0, asked.min_y, asked.max_x, asked.max_y};
    return west.intersects(feature) || east.intersects(feature);
}

Checked<SectorChoice> choose_sectors(const Catalogue& catalogue, std::span<const std::string> slugs,
                                     std::span<const std::string> types) {
    SectorChoice choice;
    if (slugs.empty() && types.empty()) {
        return choice;
    }
    choice.wanted.assign(catalogue.sectors.size(), slugs.empty() ? 1 : 0);
    for (const std::string& slug : slugs) {
        const auto sector = catalogue.find_sector(slug);
        if (!sector) {
            std::vector<std::string> known;
            for (const SectorEntry& entry : catalogue.sectors) {
                known.push_back(entry.slug);
            }
            const auto nearest = nearest_word(slug, known);
            return bad_request(fmt::format("There is no sector {}", slug), "sector", slug,
                               nearest ? fmt::format("Did you mean {}?", *nearest)
                                       : "/api/sectors lists them");
        }
        choice.wanted[*sector] = 1;
    }
    for (std::size_t i = 0; i < choice.wanted.size() && !types.empty(); ++i) {
        const bool fits =
            std::find(types.begin(), types.end(), catalogue.sectors[i].type) != types.end();
        choice.wanted[i] = choice.wanted[i] != 0 && fits ? 1 : 0;
    }
    return choice;
}

Checked<SectorChoice> read_sectors(Call& call) {
    const auto slugs = call.parameters.list("sector");
    ICMAP_ASSIGN(const auto types, call.parameters.list_of("sector_type", kSectorTypes));
    return choose_sectors(call.catalogue(), slugs, types);
}

Checked<void> refuse_where_withheld(const Catalogue& catalogue) {
    if (catalogue.is_official) {
        return tl::unexpected(
            Problem{403,
                    "Single firms are withheld: this atlas was built for official disclosure",
                    {},
                    {},
                    "Ask for clusters, areas or institutions"});
    }
    return {};
}

std::optional<FigureOf> FigureOf::find(const Catalogue& catalogue, std::string_view name) {
    FigureOf figure;
    figure.catalogue_ = &catalogue;
    for (const Field& field : kFields) {
        if (field.name == name) {
            figure.field_ = field.value;
            return figure;
        }
    }
    figure.measure_ = catalogue.find_measure(name);
    return figure.measure_ != nullptr ? std::optional(figure) : std::nullopt;
}

double FigureOf::operator()(std::size_t cluster) const {
    return field_ != nullptr ? field_(catalogue_->clusters[cluster]) : measure_->values[cluster];
}

Checked<std::vector<std::size_t>> filter_clusters(Call& call) {
    Sieve sieve(call.catalogue());
    ICMAP_TRY(by_kind(call, sieve));
    ICMAP_TRY(by_place(call, sieve));
    ICMAP_TRY(by_words(call, sieve));
    ICMAP_TRY(by_figures(call, sieve));
    return sieve.take();
}

Checked<void> sort_clusters(Call& call, std::vector<std::size_t>& clusters) {
    const Catalogue& catalogue = call.catalogue();
    const std::string given = call.parameters.text("sort").value_or("-enterprise_count");
    const bool is_descending = given.starts_with('-');
    const std::string name = given.substr(is_descending ? 1 : 0);
    if (const auto figure = FigureOf::find(catalogue, name)) {
        sort_by_number(clusters, is_descending, *figure);
        return {};
    }
    const auto by_text = [&](auto&& text) {
        std::stable_sort(clusters.begin(), clusters.end(), [&](std::size_t a, std::size_t b) {
            return is_descending ? text(b) < text(a) : text(a) < text(b);
        });
    };
    if (name == "name") {
        by_text([&](std::size_t i) { return std::string_view(catalogue.clusters[i].name); });
    } else if (name == "type") {
        by_text([&](std::size_t i) { return std::string_view(catalogue.clusters[i].type); });
    } else if (name == "sector") {
        by_text([&](std::size_t i) {
            return std::string_view(catalogue.sectors[catalogue.clusters[i].sector].name);
        });
    } else {
        return unknown_figure(catalogue, "sort", name);
    }
    return {};
}

Checked<std::vector<const MeasureEntry*>> read_columns(Call& call) {
    std::vector<const MeasureEntry*> columns;
    if (!call.parameters.has("columns")) {
        for (const MeasureEntry& measure : call.catalogue().measures) {
            if (measure.valued > 0) {
                columns.push_back(&measure);
            }
        }
        return columns;
    }
    for (const std::string& name : call.parameters.list("columns")) {
        const MeasureEntry* measure = call.catalogue().find_measure(name);
        if (measure == nullptr) {
            return unknown_figure(call.catalogue(), "columns", name);
        }
        columns.push_back(measure);
    }
    return columns;
}

} // namespace icmap::serve
