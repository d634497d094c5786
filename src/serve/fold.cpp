#include "serve/fold.hpp"

#include <algorithm>
#include <cstdint>

namespace icmap::serve {
namespace {

/// The letters of U+00C0 to U+017F without their accents; a space where there is no letter.
constexpr std::string_view kLatin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo "
                                    "ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
                                    "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssss"
                                    "ssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// One code point from the front; 0 for a byte that is no UTF-8.
std::uint32_t next_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80              ? 1
                               : (first & 0xE0U) == 0xC0 ? 2
                               : (first & 0xF0U) == 0xE0 ? 3
                                                         : 4;
    if (first < 0x80 || length > text.size()) {
        text.remove_prefix(1);
        return first < 0x80 ? first : 0;
    }
    std::uint32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(length);
    return code;
}

} // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto space = [&out] {
        if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    };
    while (!text.empty()) {
        const std::uint32_t code = next_code_point(text);
        if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
            out += static_cast<char>(code);
        } else if (code >= 'A' && code <= 'Z') {
            out += static_cast<char>(code + 32);
        } else if (code == '&') {
            space();
            out += "and ";
        } else if (code == '\'' || code == 0x2019 || code == 0x2018) {
            continue;
        } else if (code >= 0xC0 && code - 0xC0 < kLatin.size() && kLatin[code - 0xC0] != ' ') {
            out += kLatin[code - 0xC0];
        } else if (code > 0x17F) {
            // Other scripts are compared as they are written.
            if (code < 0x800) {
                out += static_cast<char>(0xC0U | (code >> 6U));
            } else if (code < 0x10000) {
                out += static_cast<char>(0xE0U | (code >> 12U));
                out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
            } else {
                space();
                continue;
            }
            out += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            space();
        }
    }
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return out;
}

std::vector<std::string_view> words(std::string_view folded) {
    std::vector<std::string_view> all;
    while (!folded.empty()) {
        const std::size_t end = std::min(folded.find(' '), folded.size());
        if (end > 0) {
            all.push_back(folded.substr(0, end));
        }
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return all;
}

} // namespace icmap::serve
