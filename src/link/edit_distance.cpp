#include "link/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace icmap::link {

int edit_distance(std::string_view a, std::string_view b, int limit) {
    if (a.size() > kLongestWord || b.size() > kLongestWord) {
        return a == b ? 0 : limit + 1;
    }
    const auto length = [](std::string_view word) { return static_cast<int>(word.size()); };
    if (std::abs(length(a) - length(b)) > limit) {
        return limit + 1;
    }
    using Row = std::array<int, kLongestWord + 1>;
    std::array<Row, 3> rows{};
    for (int j = 0; j <= length(b); ++j) {
        rows[0][static_cast<std::size_t>(j)] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        Row& row = rows[i % 3];
        const Row& above = rows[(i + 2) % 3];
        const Row& above_twice = rows[(i + 1) % 3];
        row[0] = static_cast<int>(i);
        int smallest = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], above_twice[j - 2] + 1);
            }
            smallest = std::min(smallest, row[j]);
        }
        if (smallest > limit) {
            return limit + 1;
        }
    }
    return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

int allowed_edits(std::string_view a, std::string_view b) {
    const std::size_t shorter = std::min(a.size(), b.size());
    if (shorter < 4) {
        return 0;
    }
    return shorter < 8 ? 1 : 2;
}

} // namespace icmap::link
