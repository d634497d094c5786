#include "geo/edge_lanes.hpp"

#include <array>
#include <gtest/gtest.h>
#include <random>

namespace icmap::geo {
namespace {

TEST(EdgeLanes, AreUnsureOnlyWhereAPointIsOnAnEdge) {
    const std::array<Edge, 3> edges{make_edge({0, 0}, {4, 0}), make_edge({4, 0}, {0, 4}),
                                    make_edge({0, 4}, {0, 0})};
    EdgeLanes lanes;
    lanes.assign(edges);
    EXPECT_EQ(lanes.covers({1, 1}), true);
    EXPECT_EQ(lanes.covers({3, 3}), false);
    EXPECT_EQ(lanes.covers({1, -1}), false);
    EXPECT_EQ(lanes.covers({2, 2}), std::nullopt);
    EXPECT_EQ(lanes.covers({0, 0}), std::nullopt);
    EXPECT_EQ(lanes.covers({2, 0}), std::nullopt);
}

TEST(EdgeLanes, SayWhatOneEdgeAfterAnotherWould) {
    std::mt19937 random(5);
    std::uniform_int_distribution<int> anywhere(0, 12);
    const auto place = [&] {
        return PlaneXY{static_cast<double>(anywhere(random)),
                       static_cast<double>(anywhere(random))};
    };
    EdgeLanes lanes;
    for (std::size_t corners = 3; corners < 40; ++corners) {
        std::vector<PlaneXY> ring;
        while (ring.size() < corners) {
            if (const PlaneXY next = place(); ring.empty() || next != ring.back()) {
                ring.push_back(next);
            }
        }
        std::vector<Edge> edges;
        for (std::size_t i = 1; i < corners; ++i) {
            edges.push_back(make_edge(ring[i - 1], ring[i]));
        }
        if (ring.back() != ring.front()) {
            edges.push_back(make_edge(ring.back(), ring.front()));
        }
        lanes.assign(edges);
        for (int i = 0; i < 200; ++i) {
            const PlaneXY p = place();
            const bool is_inside = covers(edges, p);
            ASSERT_EQ(lanes.covers(p).value_or(is_inside), is_inside) << p.x_m << " " << p.y_m;
        }
    }
}

} // namespace
} // namespace icmap::geo
