#include "outline/outline.hpp"

#include "base/parallel.hpp"
#include "outline/intruder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>

namespace icmap::outline {
namespace {

using geo::Geometry;
using testing::HasSubstr;

/// Everything that the header promises of an outline, GEOS being the judge.
void expect_sound(const Geometry& drawn, std::span<const PlaneXY> members,
                  const OutlineOptions& options, const Geometry* land = nullptr) {
    EXPECT_TRUE(drawn.is_valid()) << drawn.validity_reason();
    EXPECT_EQ(drawn.kind(), geo::GeometryKind::polygons);
    EXPECT_TRUE(drawn.covers(Geometry::points(members)));
    IntruderOptions intruder;
    intruder.radius = options.buffer;
    if (land == nullptr) {
        EXPECT_EQ(drawn.part_count(), 1U);
        EXPECT_EQ(find_leaks(drawn, members, intruder).size(), 0U);
    }
}

std::vector<PlaneXY> blob(std::size_t n, double size_m, unsigned seed, bool is_whole = true) {
    std::mt19937 random(seed);
    std::normal_distribution<double> spread(0.0, size_m);
    std::vector<PlaneXY> members;
    for (std::size_t i = 0; i < n; ++i) {
        PlaneXY p{435000.0 + spread(random), 387000.0 + spread(random)};
        members.push_back(is_whole ? PlaneXY{std::round(p.x_m), std::round(p.y_m)} : p);
    }
    return members;
}

rc::Gen<std::vector<PlaneXY>> any_members() {
    // Steps of a quarter cell make lines, repeats and members on borders of cells common.
    const auto coordinate =
        rc::gen::map(rc::gen::inRange(-60, 60), [](int i) { return 400'000.0 + i * 62.5; });
    return rc::gen::nonEmpty(rc::gen::container<std::vector<PlaneXY>>(rc::gen::build<PlaneXY>(
        rc::gen::set(&PlaneXY::x_m, coordinate), rc::gen::set(&PlaneXY::y_m, coordinate))));
}

rc::Gen<OutlineOptions> any_options() {
    return rc::gen::map(
        rc::gen::tuple(rc::gen::element(50.0, 250.0, 333.3), rc::gen::element(0.0, 0.1, 0.3, 1.0),
                       rc::gen::element(0.0, 20.0, 100.0)),
        [](const std::tuple<double, double, double>& t) {
            const auto [snap, ratio, simplify] = t;
            const double least = (0.7072 * snap + simplify + 0.5) / 0.98;
            return OutlineOptions{Metres{snap}, ratio, Metres{least * 1.001}, Metres{simplify}};
        });
}

RC_GTEST_PROP(Outline, CoversEveryMemberInOneValidPartAndGivesNoneAway, ()) {
    const auto members = *any_members();
    const auto options = *any_options();
    const auto drawn = outline(members, options);
    RC_ASSERT(drawn.has_value());
    RC_ASSERT(drawn->is_valid());
    RC_ASSERT(drawn->part_count() == 1U);
    RC_ASSERT(drawn->covers(Geometry::points(members)));
    RC_ASSERT(find_leaks(*drawn, members, {.radius = options.buffer}).empty());
}

RC_GTEST_PROP(Outline, TheOrderOfMembersAndRepeatsChangeNothing, ()) {
    auto members = *any_members();
    const auto options = *any_options();
    const std::string before = outline(members, options)->wkb();
    const std::vector<PlaneXY> again(members.begin(), members.begin() + 1);
    std::ranges::reverse(members);
    std::rotate(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(members.size() / 2),
                members.end());
    members.insert(members.end(), again.begin(), again.end());
    RC_ASSERT(outline(members, options)->wkb() == before);
}

RC_GTEST_PROP(Outline, IsClippedToLandAndLosesNoMember, ()) {
    const auto members = *any_members();
    const auto options = *any_options();
    // A coast through the middle, with an inlet and a lake.
    const Geometry land =
        Geometry::from_wkt("POLYGON ((390000 390000, 400100 390000, 400300 399900, 398000 400000, "
                           "400700 400200, 399900 410000, 390000 410000, 390000 390000), "
                           "(398500 401000, 399000 401000, 399000 402000, 398500 402000, 398500 "
                           "401000))")
            .value();
    const LandPiece piece(land);
    const auto drawn = outline(members, options, &piece);
    RC_ASSERT(drawn.has_value());
    RC_ASSERT(drawn->is_valid());
    RC_ASSERT(drawn->kind() == geo::GeometryKind::polygons);
    RC_ASSERT(drawn->covers(Geometry::points(members)));
    // Nothing off the land but the ground around the nodes of the members that are there.
    const Geometry well_inland = geo::buffer(land, Metres{-1}).value();
    const bool all_on_land =
        std::ranges::all_of(members, [&](PlaneXY p) { return well_inland.covers(p); });
    if (all_on_land) {
        RC_ASSERT(geo::difference(*drawn, land)->area_m2() < 1e-3);
    }
    for (const geo::GeometryPart& part : drawn->parts()) {
        const Geometry one =
            Geometry::polygon(part.rings.front(), std::span(part.rings).subspan(1)).value();
        RC_ASSERT(std::ranges::any_of(members, [&](PlaneXY p) { return one.covers(p); }));
    }
}

TEST(Outline, WorksForOneTwoCollinearAndIdenticalMembers) {
    const OutlineOptions options;
    const std::vector<std::vector<PlaneXY>> worlds{
        {{435123, 387456}},
        {{435123, 387456}, {439999, 381111}},
        {{430000, 380000}, {431000, 381000}, {432000, 382000}, {439000, 389000}},
        std::vector<PlaneXY>(100, PlaneXY{435123, 387456}),
        {{0, 0}, {0, 1000}, {0, 2000}},
        {{-5000.5, -3000.25}, {5000.5, 3000.25}, {-5000.5, 3000.25}},
    };
    for (const auto& members : worlds) {
        const auto drawn = outline(members, options);
        ASSERT_TRUE(drawn) << drawn.error().message();
        expect_sound(*drawn, members, options);
    }
}

TEST(Outline, HoldsForClustersOfEverySizeAndShape) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const auto members = blob(std::size_t{3} << (seed % 10), 500.0 * seed, seed, seed % 2 == 0);
        const auto drawn = outline(members);
        ASSERT_TRUE(drawn) << drawn.error().message();
        expect_sound(*drawn, members, {});
    }
}

TEST(Outline, IsAsWideNorthSouthAsEastWest) {
    const std::vector<PlaneXY> one{{435123, 387456}};
    const Box box = outline(one)->bounds();
    EXPECT_NEAR(box.max_x - box.min_x, 1200.0, 1.0);
    EXPECT_NEAR(box.max_y - box.min_y, 1200.0, 1.0);
}

TEST(Outline, FollowsAnEllInsteadOfFillingItsCorner) {
    std::vector<PlaneXY> ell;
    for (int i = 0; i <= 40; ++i) {
        ell.push_back({400000.0 + i * 250.0, 300000.0});
        ell.push_back({400000.0 + i * 250.0, 300400.0});
        ell.push_back({400000.0, 300000.0 + i * 250.0});
        ell.push_back({400400.0, 300000.0 + i * 250.0});
    }
    OutlineOptions tight;
    tight.ratio = 0.1;
    OutlineOptions convex;
    convex.ratio = 1.0;
    EXPECT_LT(outline(ell, tight)->area_m2(), 0.6 * outline(ell, convex)->area_m2());
}

TEST(Outline, MovesTheGridWhereAMemberLiesOnANodeThatWouldBeACorner) {
    // The only member of its cell, exactly on the node of the grid's first position.
    const std::vector<PlaneXY> first{{435123, 387456}};
    const PlaneXY node = outline(first)->centroid();
    const std::vector<PlaneXY> members{node};
    expect_sound(*outline(members), members, {});
    EXPECT_GT(std::hypot(outline(members)->centroid().x_m - node.x_m,
                         outline(members)->centroid().y_m - node.y_m),
              1.0);
}

TEST(Outline, LandCutsItInTwoOnlyWhereMembersAreOnBothSides) {
    const std::array<Geometry, 2> banks{Geometry::box({0, 0, 4900, 10000}),
                                        Geometry::box({5300, 0, 10000, 10000})};
    const Geometry land = Geometry::collect(banks);
    const LandPiece piece(land);
    const std::vector<PlaneXY> both{{4500, 5000}, {4600, 5300}, {5700, 5000}, {5600, 5400}};
    EXPECT_EQ(outline(both, {}, &piece)->part_count(), 2U);
    const std::vector<PlaneXY> left{{4500, 5000}, {4600, 5300}, {4700, 5000}, {4650, 5400}};
    const auto drawn = outline(left, {}, &piece);
    EXPECT_EQ(drawn->part_count(), 1U) << "the far bank holds no member";
    EXPECT_LE(drawn->bounds().max_x, 4900.0);
}

TEST(Outline, KeepsAMemberThatTheGeneralisedCoastLeavesInTheSea) {
    const Geometry land = Geometry::box({0, 0, 5000, 10000});
    const LandPiece piece(land);
    const std::vector<PlaneXY> members{{4000, 5000}, {4500, 5500}, {5120, 5200}};
    const auto drawn = outline(members, {}, &piece);
    ASSERT_TRUE(drawn);
    expect_sound(*drawn, members, {}, &land);
    EXPECT_TRUE(find_leaks(*drawn, members).empty());
    EXPECT_LT(geo::difference(*drawn, land)->area_m2(), 3.2 * 180.5 * 180.5);
}

TEST(Outline, RefusesOptionsThatCouldLeaveAMemberOutside) {
    const std::vector<PlaneXY> one{{1, 1}};
    OutlineOptions options;
    options.buffer = Metres{200};
    const auto narrow = outline(one, options);
    ASSERT_FALSE(narrow);
    EXPECT_EQ(narrow.error().kind, ErrorKind::input);
    EXPECT_THAT(narrow.error().message(), HasSubstr("field \"buffer_m\", value \"200\""));
    EXPECT_THAT(narrow.error().message(), HasSubstr("at least 232 metres"));
    for (const auto& bad : {OutlineOptions{Metres{0}}, OutlineOptions{Metres{250}, 1.5},
                            OutlineOptions{Metres{250}, 0.3, Metres{600}, Metres{-1}},
                            OutlineOptions{Metres{std::nan("")}}}) {
        EXPECT_FALSE(outline(one, bad));
    }
}

TEST(Outline, RefusesNoMemberAndOneThatIsNotFinite) {
    EXPECT_THAT(outline({}).error().message(), HasSubstr("no members"));
    const std::vector<PlaneXY> lost{{1, 1}, {std::nan(""), 2}};
    EXPECT_THAT(outline(lost).error().message(), HasSubstr("no usable position"));
    const std::vector<PlaneXY> far{{1e300, 1}};
    EXPECT_FALSE(outline(far));
}

TEST(Outlines, AreThoseOfEachLabelWhateverTheThreads) {
    std::vector<PlaneXY> members;
    std::vector<std::int32_t> labels;
    for (int label = 0; label < 40; ++label) {
        for (const PlaneXY& p : blob(50, 800.0, static_cast<unsigned>(label))) {
            members.push_back({p.x_m + label * 5000.0, p.y_m});
            labels.push_back(label == 7 ? -1 : label);
        }
    }
    const auto many = outlines(members, labels);
    ASSERT_TRUE(many);
    ASSERT_EQ(many->size(), 40U);
    EXPECT_TRUE((*many)[7].is_empty()) << "no member has this label";
    EXPECT_TRUE((*many)[3].equals_exactly(outline(std::span(members).subspan(150, 50)).value()));
    const ThreadLimit one(1);
    const auto single = outlines(members, labels);
    for (std::size_t i = 0; i < many->size(); ++i) {
        EXPECT_EQ((*many)[i].wkb(), (*single)[i].wkb());
    }
    EXPECT_TRUE(outlines({}, {})->empty());
    EXPECT_FALSE(outlines(members, std::span(labels).subspan(1)));
}

TEST(Outlines, AreClippedToTheLandAroundEach) {
    const Geometry island = Geometry::box({0.0, 0.0, 300e3, 200e3});
    const LandPiece whole_island(island);
    const Land land = Land::make(island).value();
    std::vector<PlaneXY> members;
    std::vector<std::int32_t> labels;
    for (int label = 0; label < 30; ++label) { // from far inland over the coast
        for (const PlaneXY& p : blob(60, 900.0, static_cast<unsigned>(label))) {
            members.push_back({p.x_m + 150e3, p.y_m + label * 3000.0 - 200.0});
            labels.push_back(label);
        }
    }
    const auto clipped = outlines(members, labels, {}, &land).value();
    for (std::size_t label = 0; label < clipped.size(); ++label) {
        const auto mine = std::span(members).subspan(60 * label, 60);
        const Geometry whole = outline(mine, {}, &whole_island).value();
        EXPECT_NEAR(clipped[label].area_m2(), whole.area_m2(), 1e-3) << label;
        EXPECT_TRUE(whole.covers(clipped[label]) || whole.equals_exactly(clipped[label])) << label;
    }
}

TEST(Outline, OfFiftyThousandSitesHoldsThemAll) {
    const auto members = blob(50'000, 3000.0, 5);
    const auto drawn = outline(members);
    ASSERT_TRUE(drawn);
    EXPECT_TRUE(drawn->covers(Geometry::points(members)));
    EXPECT_LT(drawn->area_m2(), 600e6)
        << "a circle of 4.6 standard deviations, where the last lies";
}

TEST(Outlines, AreGivenUpWhenTheirTimeIsUp) {
    const std::vector<PlaneXY> members{{0.0, 0.0}, {900.0, 0.0}, {0.0, 900.0}};
    const std::vector<std::int32_t> labels{0, 0, 0};
    const Deadline past(std::chrono::milliseconds(0));
    const auto drawn = outlines(members, labels, {}, nullptr, past);
    ASSERT_FALSE(drawn);
    EXPECT_EQ(drawn.error().kind, ErrorKind::stopped);
    EXPECT_TRUE(outlines(members, labels, {}, nullptr, Deadline(std::chrono::hours(1))));
}

} // namespace
} // namespace icmap::outline
