// The pictures that links are shown with where they are shared.
#include "serve/answers.hpp"
#include "serve/share_card.hpp"
#include "serve/summary.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace icmap::serve {
namespace {

// The colours of the page (web/src/styles).
constexpr Colour kSea = 0xDFE8EC, kLand = 0xF3F1EA, kBorder = 0xB9C0C4, kAccent = 0x0B6E69;

Colour colour_of(std::string_view type) {
    return type == "specialised" ? 0x1F6FB4 : type == "rdi_collaborating" ? 0xB4521F : 0x6B7280;
}

/// The surroundings of a cluster that its card shows at least.
constexpr double kLeastShown_m = 12'000.0;
constexpr double kShownPerExtent = 1.7;

Box grown(Box box) {
    const auto half = [](double low, double high) {
        return std::max((high - low) * kShownPerExtent, kLeastShown_m) / 2.0;
    };
    const double x = (box.min_x + box.max_x) / 2.0;
    const double y = (box.min_y + box.max_y) / 2.0;
    const double half_width = half(box.min_x, box.max_x);
    const double half_height = half(box.min_y, box.max_y);
    return {x - half_width, y - half_height, x + half_width, y + half_height};
}

/// Adds the outline where it is on the card. \param shown what the card shows, in degrees
Checked<void> add_shape(const Call& call, const Box& shown, const geo::Geometry& degrees,
                        CardShape shape, ShareCard& card) {
    if (!degrees.bounds().intersects(shown)) {
        return {};
    }
    ICMAP_SERVE_ASSIGN(shape.plane, geo::to_plane(degrees, call.atlas.ground->projection()));
    card.shapes.push_back(std::move(shape));
    return {};
}

/// What the card shows, in degrees.
Checked<Box> shown_on(const Call& call, const ShareCard& card) {
    ICMAP_SERVE_ASSIGN(const auto window,
                       geo::to_lon_lat(geo::Geometry::box(card_window(card.window)),
                                       call.atlas.ground->projection()));
    return window.bounds();
}

/// Local authorities as the land, where the atlas has any; otherwise all is land.
Checked<void> add_land(const Call& call, const Box& shown, ShareCard& card) {
    card.sea = kLand;
    for (const AreaEntry& area : call.catalogue().areas) {
        if (area.level == "lower_tier") {
            card.sea = kSea;
            ICMAP_TRY(add_shape(call, shown, area.outline, {{}, kLand, 1.0, kBorder, 1.0}, card));
        }
    }
    return {};
}

Checked<void> add_clusters(const Call& call, const Box& shown, std::size_t sector,
                           std::optional<std::size_t> chosen, ShareCard& card) {
    const Catalogue& catalogue = call.catalogue();
    for (std::size_t i = 0; i < catalogue.clusters.size(); ++i) {
        const ClusterEntry& cluster = catalogue.clusters[i];
        if (cluster.sector == sector && i != chosen) {
            const Colour colour = colour_of(cluster.type);
            ICMAP_TRY(
                add_shape(call, shown, cluster.outline, {{}, colour, 0.3, colour, 1.5}, card));
        }
    }
    if (chosen) { // on top
        const ClusterEntry& cluster = catalogue.clusters[*chosen];
        ICMAP_TRY(add_shape(call, shown, cluster.outline,
                            {{}, colour_of(cluster.type), 0.4, kAccent, 4.0}, card));
    }
    return {};
}

ShareCard empty_card(const Call& call) {
    ShareCard card;
    const std::string_view as_of = call.catalogue().parameter("as_of");
    card.source =
        as_of.empty() ? call.catalogue().name : fmt::format("{}, {}", call.catalogue().name, as_of);
    card.is_example = call.catalogue().is_example;
    if (card.is_example && !card.source.starts_with("Example data")) {
        card.source = "Example data, made up: " + card.source;
    }
    return card;
}

Answer picture(const ShareCard& card) {
    ICMAP_SERVE_ASSIGN(auto png, draw_card(card));
    return respond("image/png", std::move(png));
}

} // namespace

Answer get_cluster_card(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const Catalogue& catalogue = call.catalogue();
    const auto index = catalogue.find_cluster(call.captured[0]);
    if (!index) {
        return not_found(fmt::format("There is no cluster {}", call.captured[0]),
                         "/api/clusters lists them");
    }
    const ClusterEntry& cluster = catalogue.clusters[*index];
    ShareCard card = empty_card(call);
    card.kicker = catalogue.sectors[cluster.sector].name;
    card.title = cluster.name;
    card.sentence = nameless_summary_of(catalogue, *index);
    ICMAP_SERVE_ASSIGN(const auto outline,
                       geo::to_plane(cluster.outline, call.atlas.ground->projection()));
    card.window = grown(outline.bounds());
    ICMAP_ASSIGN(const Box shown, shown_on(call, card));
    ICMAP_TRY(add_land(call, shown, card));
    ICMAP_TRY(add_clusters(call, shown, cluster.sector, index, card));
    return picture(card);
}

Answer get_atlas_card(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const Catalogue& catalogue = call.catalogue();
    ShareCard card = empty_card(call);
    card.title = "Innovation clusters map";
    card.sentence = in_words(catalogue.counts()) +
                    ": what is strong where, how sure that is, and why each firm is on it.";
    const Box& degrees = catalogue.bounds;
    ICMAP_SERVE_ASSIGN(const auto bounds,
                       geo::to_plane(geo::Geometry::box(degrees), call.atlas.ground->projection()));
    card.window = bounds.bounds();
    ICMAP_ASSIGN(const Box shown, shown_on(call, card));
    ICMAP_TRY(add_land(call, shown, card));
    if (const auto sector = catalogue.find_sector(catalogue.default_sector)) {
        ICMAP_TRY(add_clusters(call, shown, *sector, std::nullopt, card));
    }
    return picture(card);
}

} // namespace icmap::serve
