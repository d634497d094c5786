// The only file that knows Cairo.
#include "serve/share_card.hpp"

#include <algorithm>
#include <array>
#include <cairo.h>
#include <fmt/format.h>
#include <memory>
#include <sstream>
#include <string_view>

namespace icmap::serve {
namespace {

constexpr double kMapLeft_px = 600.0;
constexpr double kMapWidth_px = kCardWidth_px - kMapLeft_px;
constexpr double kMargin_px = 56.0;
constexpr double kTextWidth_px = kMapLeft_px - 2.0 * kMargin_px + 16.0;
constexpr double kSmallest_px = 9.0; ///< smaller shapes are dots of this size

constexpr Colour kPaper = 0xFBFAF7, kInk = 0x16202B, kQuietInk = 0x55606B, kAccent = 0x0B6E69,
                 kAmber = 0x8A5A00, kHairline = 0xB9C0C4;

struct Destroy {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Context = std::unique_ptr<cairo_t, Destroy>;
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;

void set_colour(cairo_t* to, Colour colour, double share = 1.0) {
    const auto part = [colour](unsigned shift) {
        return static_cast<double>((colour >> shift) & 0xFFU) / 255.0;
    };
    cairo_set_source_rgba(to, part(16), part(8), part(0), share);
}

struct Font {
    double size_px;
    bool is_bold;
    Colour colour;
};

void set_font(cairo_t* to, const Font& font) {
    cairo_select_font_face(to, "Inter", CAIRO_FONT_SLANT_NORMAL,
                           font.is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(to, font.size_px);
    set_colour(to, font.colour);
}

double width_of(cairo_t* in, const std::string& text) {
    cairo_text_extents_t extents{};
    cairo_text_extents(in, text.c_str(), &extents);
    return extents.x_advance;
}

/// The words of a text in lines that fit; what does not fit into `most` lines ends in "…".
std::vector<std::string> lines_of(cairo_t* in, const std::string& text, std::size_t most) {
    std::vector<std::string> lines(1);
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const std::string longer = lines.back().empty() ? word : lines.back() + ' ' + word;
        if (lines.back().empty() || width_of(in, longer) <= kTextWidth_px) {
            lines.back() = longer;
        } else if (lines.size() < most) {
            lines.push_back(word);
        } else {
            lines.back() += "…";
            break;
        }
    }
    return lines;
}

/// \returns where the next text begins
double write(cairo_t* on, const std::string& text, double top, const Font& font, std::size_t most) {
    set_font(on, font);
    const double line_px = font.size_px * (font.is_bold ? 1.15 : 1.4);
    for (const std::string& line : lines_of(on, text, most)) {
        cairo_move_to(on, kMargin_px, top + font.size_px);
        cairo_show_text(on, line.c_str());
        top += line_px;
    }
    return top;
}

/// From the plane to the card.
class Placing {
  public:
    explicit Placing(const Box& shown)
        : shown_(shown), scale_(kMapWidth_px / (shown.max_x - shown.min_x)) {}
    [[nodiscard]] double x(double x_m) const { return kMapLeft_px + (x_m - shown_.min_x) * scale_; }
    [[nodiscard]] double y(double y_m) const { return (shown_.max_y - y_m) * scale_; }
    [[nodiscard]] double length(double metres) const { return metres * scale_; }

  private:
    Box shown_;
    double scale_;
};

void trace(cairo_t* on, const CardShape& shape, const Placing& placing) {
    const Box bounds = shape.plane.bounds();
    if (placing.length(bounds.max_x - bounds.min_x) < kSmallest_px &&
        placing.length(bounds.max_y - bounds.min_y) < kSmallest_px) {
        cairo_new_sub_path(on);
        cairo_arc(on, placing.x((bounds.min_x + bounds.max_x) / 2.0),
                  placing.y((bounds.min_y + bounds.max_y) / 2.0), kSmallest_px / 2.0, 0.0, 6.3);
        return;
    }
    for (const geo::GeometryPart& part : shape.plane.parts()) {
        for (const geo::Ring& ring : part.rings) {
            cairo_new_sub_path(on);
            for (const PlaneXY at : ring) {
                cairo_line_to(on, placing.x(at.x_m), placing.y(at.y_m));
            }
            cairo_close_path(on);
        }
    }
}

void draw_map(cairo_t* on, const ShareCard& card) {
    const Placing placing(card_window(card.window));
    cairo_save(on);
    cairo_rectangle(on, kMapLeft_px, 0, kMapWidth_px, kCardHeight_px);
    cairo_clip(on);
    set_colour(on, card.sea);
    cairo_paint(on);
    cairo_set_fill_rule(on, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(on, CAIRO_LINE_JOIN_ROUND);
    for (const CardShape& shape : card.shapes) {
        if (shape.plane.is_empty()) {
            continue;
        }
        cairo_new_path(on);
        trace(on, shape, placing);
        set_colour(on, shape.fill, shape.fill_share);
        cairo_fill_preserve(on);
        if (shape.line_px > 0.0) {
            set_colour(on, shape.line);
            cairo_set_line_width(on, shape.line_px);
            cairo_stroke(on);
        }
    }
    cairo_restore(on);
    set_colour(on, kHairline);
    cairo_set_line_width(on, 1.0);
    cairo_move_to(on, kMapLeft_px, 0);
    cairo_line_to(on, kMapLeft_px, kCardHeight_px);
    cairo_stroke(on);
}

void write_words(cairo_t* on, const ShareCard& card) {
    double top = kMargin_px;
    if (!card.kicker.empty()) {
        top = write(on, card.kicker, top, {26.0, false, kAccent}, 2) + 8.0;
    }
    const double size = card.title.size() > 36 ? 44.0 : 56.0;
    top = write(on, card.title, top, {size, true, kInk}, 3) + 20.0;
    write(on, card.sentence, top, {27.0, false, kInk}, 6);
    const Font small{22.0, card.is_example, card.is_example ? kAmber : kQuietInk};
    set_font(on, small);
    const std::size_t lines = lines_of(on, card.source, 2).size();
    write(on, card.source, kCardHeight_px - kMargin_px - 30.0 * static_cast<double>(lines), small,
          2);
}

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Box card_window(const Box& window) {
    constexpr double kAspect = kMapWidth_px / kCardHeight_px;
    const double width = std::max(window.max_x - window.min_x, 1.0);
    const double height = std::max(window.max_y - window.min_y, 1.0);
    const double half_width = std::max(width, height * kAspect) / 2.0;
    const double x = (window.min_x + window.max_x) / 2.0;
    const double y = (window.min_y + window.max_y) / 2.0;
    return {x - half_width, y - half_width / kAspect, x + half_width, y + half_width / kAspect};
}

Result<std::string> draw_card(const ShareCard& card) {
    const Surface surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, kCardWidth_px, kCardHeight_px));
    const Context context(cairo_create(surface.get()));
    set_colour(context.get(), kPaper);
    cairo_paint(context.get());
    draw_map(context.get(), card);
    write_words(context.get(), card);
    std::string png;
    cairo_status_t status = cairo_status(context.get());
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_write_to_png_stream(surface.get(), &append, &png);
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        return internal_error(
            fmt::format("Cairo could not draw a card: {}", cairo_status_to_string(status)));
    }
    return png;
}

} // namespace icmap::serve
