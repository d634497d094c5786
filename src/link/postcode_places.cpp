#include "link/postcode_places.hpp"

#include <string>

namespace icmap::link {
namespace {

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Unit, sector, district and area of a postcode as texts; empty where it does not say.
std::array<std::string_view, kNearnessLevels> parts_of(std::string_view postcode) {
    std::size_t letters = 0;
    while (letters < postcode.size() && is_letter(postcode[letters])) {
        ++letters;
    }
    if (letters == 0 || letters > 2 || letters == postcode.size() || !is_digit(postcode[letters])) {
        return {};
    }
    const std::size_t space = postcode.find(' ');
    std::array<std::string_view, kNearnessLevels> parts{"", "", postcode.substr(0, space),
                                                        postcode.substr(0, letters)};
    if (space != std::string_view::npos && space + 1 < postcode.size()) {
        parts[1] = postcode.substr(0, space + 2);
        if (space + 4 == postcode.size()) {
            parts[0] = postcode;
        }
    }
    return parts;
}

} // namespace

std::uint32_t PostcodePlaces::add(std::string_view postcode) {
    if (const auto known = numbers_.find(postcode)) {
        return *known;
    }
    const auto parts = parts_of(postcode);
    if (parts[3].empty()) {
        return kNoPlace;
    }
    const auto id = static_cast<std::uint32_t>(levels_.size());
    numbers_.add(postcode, id);
    std::array<std::uint32_t, kNearnessLevels> levels{};
    for (std::size_t i = 0; i < kNearnessLevels; ++i) {
        levels[i] = parts[i].empty() ? kNoPlace : places_[i].add(parts[i]);
        firms_[i].resize(places_[i].size(), 0);
    }
    levels_.push_back(levels);
    return id;
}

void PostcodePlaces::count(std::uint32_t postcode) {
    for (std::size_t i = 0; i < kNearnessLevels; ++i) {
        if (levels_[postcode][i] != kNoPlace) {
            ++firms_[i][levels_[postcode][i]];
        }
    }
}

Nearness PostcodePlaces::nearness(std::uint32_t a, std::uint32_t b) const {
    if (a == kNoPlace || b == kNoPlace) {
        return Nearness::unknown;
    }
    for (std::size_t i = 0; i < kNearnessLevels; ++i) {
        if (levels_[a][i] != kNoPlace && levels_[a][i] == levels_[b][i]) {
            return static_cast<Nearness>(i);
        }
    }
    return Nearness::elsewhere;
}

std::uint32_t PostcodePlaces::firms(std::uint32_t postcode, Nearness level) const {
    const auto i = static_cast<std::size_t>(level);
    if (postcode == kNoPlace || i >= kNearnessLevels || levels_[postcode][i] == kNoPlace) {
        return 0;
    }
    return firms_[i][levels_[postcode][i]];
}

} // namespace icmap::link
