#include "serve/z_grid.hpp"

#include "geo/area_index.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace icmap::serve {
namespace {

/// Places in towns and between them, many of them on whole kilometres, where cells and polygons
/// have their borders.
class ZGridTest : public testing::Test {
  protected:
    ZGridTest() {
        std::mt19937 random(20241101); // NOLINT(cert-msc51-cpp): the same in every run
        std::uniform_real_distribution<double> anywhere(-200'000.0, 300'000.0);
        std::normal_distribution<double> nearby(0.0, 2000.0);
        for (int town = 0; town < 40; ++town) {
            const double x = anywhere(random);
            const double y = anywhere(random);
            for (int i = 0; i < 400; ++i) {
                add(x + nearby(random), y + nearby(random));
            }
            for (int i = 0; i < 100; ++i) {
                add(std::round(anywhere(random) / 1000.0) * 1000.0,
                    std::round(anywhere(random) / 1000.0) * 1000.0);
            }
        }
        std::vector<std::uint32_t> order;
        grid = ZGrid(x_m, y_m, order);
        for (std::size_t row = 0; row < order.size(); ++row) {
            EXPECT_EQ(grid.x_m()[row], x_m[order[row]]);
            EXPECT_EQ(grid.y_m()[row], y_m[order[row]]);
        }
    }
    void add(double x, double y) {
        x_m.push_back(x);
        y_m.push_back(y);
    }
    [[nodiscard]] PlaneXY place(std::uint32_t row) const {
        return {grid.x_m()[row], grid.y_m()[row]};
    }
    /// The rows of which something is true, asked one by one.
    template <class Holds>
    [[nodiscard]] std::vector<RowRange> one_by_one(Holds&& holds) const {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < grid.x_m().size(); ++row) {
            if (holds(place(row))) {
                rows.push_back(row);
            }
        }
        return runs(RowRanges(std::move(rows)));
    }
    static std::vector<RowRange> runs(const RowRanges& rows) {
        return {rows.all().begin(), rows.all().end()};
    }
    void expect_as_one_by_one(const geo::Geometry& polygon) const {
        const geo::AreaIndex index(std::span(&polygon, 1));
        EXPECT_EQ(runs(grid.within(polygon)),
                  one_by_one([&](PlaneXY p) { return index.locate(p) != geo::kNoArea; }))
            << polygon.wkt(0).substr(0, 300);
    }

    std::vector<double> x_m, y_m;
    ZGrid grid;
};

TEST_F(ZGridTest, FindsInAPolygonWhatIsFoundPlaceByPlace) {
    std::mt19937 random(7); // NOLINT(cert-msc51-cpp)
    std::uniform_real_distribution<double> anywhere(-250'000.0, 350'000.0);
    for (int turn = 0; turn < 40; ++turn) {
        geo::Ring ring; // crosses itself: the even-odd inside counts
        for (int i = 0; i < 3 + turn; ++i) {
            ring.push_back({anywhere(random), anywhere(random)});
        }
        expect_as_one_by_one(geo::Geometry::polygon(ring, {}).value());
    }
}

TEST_F(ZGridTest, CountsPlacesOnTheBorderAsInside) {
    for (const double side : {4000.0, 64'000.0, 256'000.0}) {
        const geo::Geometry box = geo::Geometry::box({-8000.0, -8000.0, side, side});
        expect_as_one_by_one(box);
        EXPECT_EQ(runs(grid.within(box)), one_by_one([side](PlaneXY p) {
                      return Box{-8000.0, -8000.0, side, side}.contains(p.x_m, p.y_m);
                  }));
    }
}

TEST_F(ZGridTest, LeavesHolesOut) {
    const geo::Ring hole{{0.0, 0.0}, {0.0, 90'000.0}, {90'000.0, 90'000.0}, {90'000.0, 0.0}};
    const geo::Ring shell{{-150'000.0, -150'000.0},
                          {200'000.0, -140'000.0},
                          {210'000.0, 200'000.0},
                          {0.0, 250'000.0}};
    expect_as_one_by_one(geo::Geometry::polygon(shell, std::span(&hole, 1)).value());
}

TEST_F(ZGridTest, HoldsUpToACombWhoseTeethAllRunThroughTheMap) {
    geo::Ring comb;
    for (int tooth = 0; tooth < 2000; ++tooth) {
        comb.push_back({-200'000.0 + 250.0 * tooth, tooth % 2 == 0 ? -300'000.0 : 400'000.0});
    }
    comb.push_back({300'000.0, 500'000.0});
    expect_as_one_by_one(geo::Geometry::polygon(comb, {}).value());
}

TEST_F(ZGridTest, TakesAllRowsAsOneRun) {
    const RowRanges all = grid.within(geo::Geometry::box({-1e7, -1e7, 1e7, 1e7}));
    ASSERT_EQ(all.all().size(), 1U);
    EXPECT_EQ(all.size(), grid.x_m().size());
    EXPECT_EQ(grid.within(geo::Geometry::box({1e7, 1e7, 2e7, 2e7})).size(), 0U);
    EXPECT_EQ(grid.within(geo::Geometry()).size(), 0U);
}

TEST_F(ZGridTest, FindsInACircleWhatIsFoundPlaceByPlace) {
    for (const double radius_m : {1.0, 5000.0, 60'000.0, 1e6}) {
        for (const PlaneXY centre : {PlaneXY{0.0, 0.0}, place(0), PlaneXY{299'000.0, -180'000.0}}) {
            EXPECT_EQ(runs(grid.within(centre, Metres{radius_m})), one_by_one([&](PlaneXY p) {
                          const double dx = p.x_m - centre.x_m;
                          const double dy = p.y_m - centre.y_m;
                          return dx * dx + dy * dy <= radius_m * radius_m;
                      }))
                << radius_m;
        }
    }
}

TEST(ZGrid, AnswersWithoutAPlaceAndWithOne) {
    EXPECT_EQ(ZGrid().within({0.0, 0.0}, Metres{1e6}).size(), 0U);
    std::vector<std::uint32_t> order;
    const std::vector<double> at{5.0};
    EXPECT_EQ(ZGrid(at, at, order).within({5.0, 5.0}, Metres{0.0}).size(), 1U);
}

TEST(RowRanges, AreRunsOfRowsInOrder) {
    const RowRanges rows(std::vector<std::uint32_t>{7, 3, 4, 7, 5, 9});
    EXPECT_EQ(rows.size(), 5U);
    ASSERT_EQ(rows.all().size(), 3U);
    EXPECT_EQ(rows.all()[0], (RowRange{3, 6}));
    EXPECT_EQ(rows.all()[2], (RowRange{9, 10}));
}

} // namespace
} // namespace icmap::serve
