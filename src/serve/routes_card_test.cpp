#include "serve/share_card.hpp"
#include "serve/test_atlas.hpp"

#include <cairo.h>
#include <memory>
#include <set>
#include <span>

namespace icmap::serve {
namespace {

/// A picture read back: its size, and the colours of its dots.
class Picture {
  public:
    explicit Picture(const std::string& png) : left_(png) {
        surface_.reset(cairo_image_surface_create_from_png_stream(&read, &left_));
    }
    [[nodiscard]] bool is_whole() const {
        return cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
    }
    [[nodiscard]] int width() const { return cairo_image_surface_get_width(surface_.get()); }
    [[nodiscard]] int height() const { return cairo_image_surface_get_height(surface_.get()); }
    [[nodiscard]] Colour at(int x, int y) const {
        const unsigned char* row = cairo_image_surface_get_data(surface_.get()) +
                                   y * cairo_image_surface_get_stride(surface_.get());
        const unsigned char* dot = row + 4 * x; // blue, green, red
        return (Colour{dot[2]} << 16U) | (Colour{dot[1]} << 8U) | Colour{dot[0]};
    }
    [[nodiscard]] std::size_t colours(int from_x, int to_x) const {
        std::set<Colour> seen;
        for (int y = 0; y < height(); ++y) {
            for (int x = from_x; x < to_x; ++x) {
                seen.insert(at(x, y));
            }
        }
        return seen.size();
    }

  private:
    static cairo_status_t read(void* from, unsigned char* to, unsigned int size) {
        auto& left = *static_cast<std::string*>(from);
        if (left.size() < size) {
            return CAIRO_STATUS_READ_ERROR;
        }
        left.copy(reinterpret_cast<char*>(to), size);
        left.erase(0, size);
        return CAIRO_STATUS_SUCCESS;
    }
    struct Destroy {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    };
    std::string left_;
    std::unique_ptr<cairo_surface_t, Destroy> surface_;
};

TEST(ShareCard, ShowsItsWindowInTheMiddleOfTheMap) {
    const Box shown = card_window({0, 0, 1000, 3000});
    EXPECT_DOUBLE_EQ(shown.min_y, 0);
    EXPECT_DOUBLE_EQ(shown.max_y, 3000);
    EXPECT_NEAR((shown.min_x + shown.max_x) / 2.0, 500, 1e-9);
    EXPECT_NEAR((shown.max_x - shown.min_x) / (shown.max_y - shown.min_y), 600.0 / 630.0, 1e-12);
    const Box point = card_window({5, 5, 5, 5});
    EXPECT_LT(point.min_x, point.max_x) << "a point has some width";
}

TEST(ShareCard, DrawsShapesWhereTheyAreAndSmallOnesAsDots) {
    ShareCard card;
    card.title = "A title";
    card.sea = 0x0000FF;
    card.window = {0, 0, 6000, 6300};
    card.shapes.push_back({geo::Geometry::box({3000, 0, 6000, 6300}), 0x00FF00});
    card.shapes.push_back({geo::Geometry::box({1000, 1000, 1010, 1010}), 0xFF0000});
    const Picture picture(draw_card(card).value());
    ASSERT_TRUE(picture.is_whole());
    EXPECT_EQ(picture.width(), kCardWidth_px);
    EXPECT_EQ(picture.height(), kCardHeight_px);
    EXPECT_EQ(picture.at(750, 315), 0x0000FFU);
    EXPECT_EQ(picture.at(1050, 315), 0x00FF00U);
    EXPECT_EQ(picture.at(703, 528), 0xFF0000U) << "four dots from its place";
    EXPECT_GT(picture.colours(0, 590), 10U) << "letters";
}

TEST(ShareCard, EndsATextThatIsTooLongAndTakesAnyWord) {
    ShareCard card;
    card.window = {0, 0, 1, 1};
    card.title = std::string(400, 'W');
    card.sentence = "";
    for (int i = 0; i < 300; ++i) {
        card.sentence += "words ";
    }
    card.kicker = "\xff not UTF-8";
    EXPECT_TRUE(draw_card(card) || draw_card(card).error().what.find("Cairo") == 0);
}

TEST(CardRoute, GivesAPictureOfAClusterAndOfTheMap) {
    const Response cluster = tiny().get("/api/clusters/quantum-sheffield/card.png");
    ASSERT_EQ(cluster.status, 200);
    EXPECT_EQ(cluster.header("Content-Type"), "image/png");
    EXPECT_EQ(cluster.header("Cross-Origin-Resource-Policy"), "cross-origin");
    const Picture picture(*cluster.body);
    ASSERT_TRUE(picture.is_whole());
    EXPECT_EQ(picture.width(), kCardWidth_px);
    EXPECT_NE(*tiny().get("/api/clusters/advanced-manufacturing-doncaster/card.png").body,
              *cluster.body);
    EXPECT_TRUE(Picture(*tiny().get("/api/card.png").body).is_whole());
    EXPECT_EQ(tiny().get("/api/clusters/nowhere/card.png").status, 404);
    EXPECT_EQ(tiny().get("/api/card.png?a=b").status, 400);
}

TEST(CardRoute, IsNamedInThePageOfTheCluster) {
    const std::string page(tiny().get("/clusters/quantum-sheffield").text());
    EXPECT_NE(page.find("property=\"og:image\" content=\"http://"), std::string::npos);
    EXPECT_NE(page.find("/api/clusters/quantum-sheffield/card.png\""), std::string::npos);
    EXPECT_NE(tiny().get("/").text().find("/api/card.png\""), std::string::npos);
}

} // namespace
} // namespace icmap::serve
