#include "serve/drawn_place.hpp"

#include "serve/crossing_edges.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace icmap::serve {
namespace {

constexpr std::size_t kMostNumbers = 2 * kMostDrawnPositions;
constexpr double kLargestRadius_m = 500'000.0;

/// The numbers of a parameter; nothing where it was not sent.
Checked<std::vector<double>> read_numbers(Call& call, const char* name, const char* remedy) {
    std::vector<double> numbers;
    for (const std::string& text : call.parameters.list(name)) {
        const auto number = to_number(text);
        if (!number || numbers.size() == kMostNumbers) {
            return bad_request(number ? "There are too many positions" : "This is not a number",
                               name, text, remedy);
        }
        numbers.push_back(*number);
    }
    return numbers;
}

bool is_on_globe(double lon, double lat) {
    return std::abs(lon) <= 180.0 && std::abs(lat) <= 90.0;
}

Checked<DrawnPlace> circle_of(const AtlasView& atlas, std::span<const double> numbers) {
    if (numbers.size() != 3 || !is_on_globe(numbers[0], numbers[1]) ||
        !(numbers[2] >= 1.0 && numbers[2] <= kLargestRadius_m)) {
        return bad_request("A circle is longitude, latitude and a radius of 1 to 500,000 metres",
                           "circle", {}, "Send circle=-1.47,53.38,5000");
    }
    return drawn_circle(atlas, {{numbers[0], numbers[1]}, numbers[2]});
}

Checked<DrawnPlace> polygon_of(const AtlasView& atlas, std::span<const double> numbers) {
    geo::Ring ring;
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
        if (!is_on_globe(numbers[i], numbers[i + 1])) {
            return bad_request("A position of the polygon is not on the globe", "polygon", {},
                               "Send longitude before latitude, in degrees");
        }
        ring.push_back({numbers[i], numbers[i + 1]});
    }
    if (numbers.size() % 2 != 0 || ring.size() < 3) {
        return bad_request("A polygon is at least three pairs of longitude and latitude", "polygon",
                           {}, "Send polygon=-1.5,53.3,-1.3,53.3,-1.4,53.5");
    }
    const PlaneXY first = ring.front();
    if (first.x_m != ring.back().x_m || first.y_m != ring.back().y_m) {
        ring.push_back(first);
    }
    ICMAP_TRY(refuse_crossing(std::span(&ring, 1)));
    auto polygon = geo::Geometry::polygon(ring, {});
    if (!polygon) {
        return bad_request(polygon.error().what, "polygon", {}, "Draw it anew");
    }
    return drawn_polygon(atlas, *polygon);
}

} // namespace

Checked<DrawnPlace> drawn_circle(const AtlasView& atlas, const Circle& circle) {
    const PlaneXY centre = atlas.ground->projection().to_plane(circle.centre);
    if (!geo::is_placed(centre)) {
        return bad_request("The centre of the circle lies outside the map", "circle", {},
                           "Choose a place inside the bounds of /api/atlas");
    }
    const Metres radius{circle.radius_m};
    DrawnPlace place;
    ICMAP_SERVE_ASSIGN(place.plane, geo::buffer(geo::Geometry::point(centre), radius, 32));
    place.rows = atlas.sites.grid().within(centre, radius);
    return place;
}

Checked<DrawnPlace> drawn_polygon(const AtlasView& atlas, const geo::Geometry& lon_lat) {
    ICMAP_SERVE_ASSIGN(auto mended, geo::mend(lon_lat));
    auto projected = geo::to_plane(mended.geometry, atlas.ground->projection());
    if (!projected || projected->is_empty()) {
        return bad_request("The polygon lies outside the map, or has no inside", "polygon", {},
                           "Draw it inside the bounds of /api/atlas");
    }
    DrawnPlace place{std::move(*projected), {}};
    place.rows = atlas.sites.grid().within(place.plane);
    return place;
}

std::atomic<int>& drawing_turns() {
    static std::atomic<int> running{0};
    return running;
}

tl::unexpected<Problem> too_many_drawn() {
    return tl::unexpected(Problem{
        503, "The server is counting places for others", {}, {}, "Ask again in some seconds"});
}

Checked<void> refuse_where_drawn_is_withheld(const Catalogue& catalogue) {
    if (catalogue.is_official) {
        return tl::unexpected(Problem{403,
                                      "Drawn places are not counted: this atlas was built for "
                                      "official disclosure, and two that differ by one firm would "
                                      "tell of it",
                                      {},
                                      {},
                                      "Ask for an area of /api/areas"});
    }
    return {};
}

Checked<void> refuse_crossing(std::span<geo::Ring> rings) {
    std::for_each(rings.begin(), rings.end(), round_positions);
    if (const auto crossing = find_crossing(rings)) {
        return bad_request("The polygon crosses itself: " + crossing->text(), "polygon", {},
                           "Draw it so that no edge crosses another");
    }
    return {};
}

bool draws_place(Call& call) {
    return call.parameters.has("circle") || call.parameters.has("polygon");
}

Checked<std::optional<DrawnPlace>> read_drawn_place(Call& call) {
    if (draws_place(call)) {
        ICMAP_TRY(refuse_where_drawn_is_withheld(call.catalogue()));
    }
    ICMAP_ASSIGN(const auto circle, read_numbers(call, "circle", "Send circle=-1.47,53.38,5000"));
    ICMAP_ASSIGN(const auto polygon,
                 read_numbers(call, "polygon", "Send at most 2,000 pairs of numbers"));
    if (draws_place(call) && circle.empty() == polygon.empty()) {
        return bad_request(circle.empty() ? "The place has no numbers"
                                          : "Only one of circle and polygon can be asked for",
                           "circle", {},
                           circle.empty() ? "Send circle=-1.47,53.38,5000, or leave it out"
                                          : "Leave one out");
    }
    if (!circle.empty()) {
        ICMAP_ASSIGN(auto place, circle_of(call.atlas, circle));
        return std::optional(std::move(place));
    }
    if (!polygon.empty()) {
        ICMAP_ASSIGN(auto place, polygon_of(call.atlas, polygon));
        return std::optional(std::move(place));
    }
    return std::optional<DrawnPlace>();
}

Checked<RowRanges> rows_of_area(const AtlasView& atlas, std::size_t area) {
    std::vector<std::uint32_t> sites;
    auto lease = atlas.sessions().lend();
    const std::array<store::Value, 1> id{static_cast<std::int64_t>(atlas.catalogue.areas[area].id)};
    const auto done =
        lease.connection().read("select site_id from site_area where area_id = $1 order by site_id",
                                id, [&](const store::Chunk& chunk) {
                                    const auto column = chunk.column<std::uint32_t>(0);
                                    sites.insert(sites.end(), column.begin(), column.end());
                                });
    if (!done) {
        return tl::unexpected(to_problem(done.error()));
    }
    return atlas.sites.rows_of(sites);
}

} // namespace icmap::serve
