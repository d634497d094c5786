#include "serve/crossing_edges.hpp"

#include "serve/drawn_place.hpp"
#include "serve/test_atlas.hpp"

#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <random>

namespace icmap::serve {
namespace {

bool crosses(std::vector<geo::Ring> rings) {
    return find_crossing(rings).has_value();
}

/// Every edge of it crosses nearly every other.
geo::Ring star(std::size_t points) {
    geo::Ring ring;
    for (std::size_t i = 0; i < points; ++i) {
        const double turn = 2.0 * std::numbers::pi *
                            static_cast<double>(i * (points / 2) % points) /
                            static_cast<double>(points);
        ring.push_back({-1.4 + 0.2 * std::cos(turn), 53.4 + 0.2 * std::sin(turn)});
    }
    return ring;
}

std::string body_of(const geo::Ring& ring) {
    std::string positions;
    for (const PlaneXY at : ring) {
        positions += fmt::format("[{},{}],", at.x_m, at.y_m);
    }
    positions += fmt::format("[{},{}]", ring[0].x_m, ring[0].y_m);
    return R"({"polygon": {"type": "Polygon", "coordinates": [[)" + positions + "]]}}";
}

TEST(CrossingEdges, AreFoundInABowTieAndBetweenRings) {
    const geo::Ring square{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
    EXPECT_FALSE(crosses({square}));
    EXPECT_TRUE(crosses({{{0, 0}, {4, 4}, {4, 0}, {0, 4}}}));
    EXPECT_TRUE(crosses({square, {{2, 2}, {6, 2}, {6, 3}, {2, 3}}}));
    EXPECT_TRUE(crosses({square, {{1, 0}, {3, 0}, {2, 1}}})) << "runs along a part of an edge";
    const auto found = find_crossing(std::vector<geo::Ring>{{{0, 0}, {4, 4}, {4, 0}, {0, 4}}});
    ASSERT_TRUE(found);
    EXPECT_NE(found->text().find("from 0, 0 to 4, 4"), std::string::npos) << found->text();
}

TEST(CrossingEdges, AreNotThoseThatTouchCoincideOrTurnBack) {
    const geo::Ring square{{0, 0}, {4, 0}, {4, 4}, {0, 4}};
    EXPECT_FALSE(crosses({square, {{4, 0}, {8, 0}, {8, 4}, {4, 4}}})) << "a shared border";
    EXPECT_FALSE(crosses({square, {{4, 2}, {8, 1}, {8, 3}}})) << "a corner on an edge";
    EXPECT_FALSE(crosses({{{0, 0}, {4, 0}, {4, 4}, {6, 4}, {4, 4}, {0, 4}}})) << "a spike";
    EXPECT_FALSE(crosses({{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}}})) << "two at a point";
    EXPECT_FALSE(crosses({{{0, 0}, {0, 0}, {4, 0}, {4, 0}, {4, 4}}})) << "positions twice";
}

/// GEOS decides by another algorithm; rings that only touch are not among random ones.
TEST(CrossingEdges, AreFoundWhereAndOnlyWhereGeosFindsThem) {
    std::mt19937 random(20240601);
    std::uniform_real_distribution<double> anywhere(-2.0, 2.0);
    std::size_t valid = 0;
    for (int round = 0; round < 3000; ++round) {
        geo::Ring ring(3 + random() % 6);
        for (PlaneXY& at : ring) {
            at = {anywhere(random), anywhere(random)};
        }
        round_positions(ring);
        const bool is_valid = geo::Geometry::polygon(ring)->is_valid();
        EXPECT_EQ(crosses({ring}), !is_valid) << round;
        valid += is_valid ? 1U : 0U;
    }
    EXPECT_GT(valid, 300U) << "both kinds must occur";
    EXPECT_LT(valid, 2700U);
}

TEST(DrawnPlaces, ThatCrossThemselvesAreRefusedAtOnceWithTheEdgesNamed) {
    tiny().get("/health"); // made before the clock runs
    const auto start = std::chrono::steady_clock::now();
    const auto answer = tiny().post_json("/api/selection", body_of(star(1999)), 400);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(answer["parameter"], "polygon");
    EXPECT_NE(answer["detail"].get<std::string>().find("crosses that from"), std::string::npos)
        << answer;
    EXPECT_LT(took.count(), 2.0) << "mending it takes a minute";
    EXPECT_EQ(
        tiny().get("/api/export/firms.csv?polygon=-1.6,53.3,-1.2,53.5,-1.2,53.3,-1.6,53.5").status,
        400);
    EXPECT_EQ(tiny()
                  .get("/api/export/clusters.csv?polygon=-1.6,53.3,-1.2,53.5,-1.2,53.3,-1.6,53.5")
                  .status,
              400);
}

TEST(DrawnPlaces, HaveAtMostTwoThousandPositions) {
    geo::Ring ring;
    for (std::size_t i = 0; i < kMostDrawnPositions - 1; ++i) {
        const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / 1999.0;
        ring.push_back({-1.4 + 0.2 * std::cos(turn), 53.4 + 0.2 * std::sin(turn)});
    }
    tiny().post_json("/api/selection", body_of(ring));
    ring.push_back({-1.2, 53.399});
    const auto answer = tiny().post_json("/api/selection", body_of(ring), 400);
    EXPECT_NE(answer["detail"].get<std::string>().find("2,000"), std::string::npos) << answer;
}

TEST(DrawnPlaces, AreCountedForSoManyAtOnce) {
    const std::string body = R"({"circle": {"lon": -1.4, "lat": 53.4, "radius_m": 9000}})";
    {
        std::vector<std::unique_ptr<Turn>> others;
        for (int i = 0; i < kMostDrawnAtOnce; ++i) {
            others.push_back(std::make_unique<Turn>(drawing_turns(), kMostDrawnAtOnce));
        }
        EXPECT_EQ(tiny().post("/api/selection", body).status, 503);
        EXPECT_EQ(tiny().get("/api/export/clusters.csv?circle=-1.4,53.4,9001").status, 503);
        EXPECT_EQ(tiny().get("/api/export/firms.csv?circle=-1.4,53.4,9001").status, 503);
        EXPECT_EQ(tiny().get("/api/compare/areas?area=E08000035,E08000018").status, 503);
        EXPECT_EQ(tiny().get("/api/export/clusters.csv").status, 200) << "nothing is drawn";
        EXPECT_EQ(tiny().get("/api/export/firms.csv?area=E08000018").status, 200);
    }
    EXPECT_EQ(tiny().post("/api/selection", body).status, 200);
}

} // namespace
} // namespace icmap::serve
