#include "base/utf8.hpp"

#include <algorithm>
#include <cstddef>

namespace icmap {
namespace {

/// Of the character that starts with this byte; 0: none does.
std::size_t length_after(unsigned char first) {
    return first < 0x80                    ? 1
           : first >= 0xC2 && first < 0xE0 ? 2
           : first >= 0xE0 && first < 0xF0 ? 3
           : first >= 0xF0 && first < 0xF5 ? 4
                                           : 0;
}

/// Written longer than needed, a surrogate, or above U+10FFFF.
bool is_no_pair(unsigned char first, unsigned char second) {
    return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
           (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = length_after(first);
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        const std::string_view rest = text.substr(i + 1, length - 1);
        if (!std::all_of(rest.begin(), rest.end(), continues) ||
            (length > 1 && is_no_pair(first, static_cast<unsigned char>(rest[0])))) {
            return false;
        }
        i += length;
    }
    return true;
}

} // namespace icmap
