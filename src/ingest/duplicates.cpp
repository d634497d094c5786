#include "ingest/duplicates.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

namespace icmap::ingest {
namespace {

using Hashes = std::vector<std::uint64_t>;

/// The values that are there more than once, each once.
Hashes repeated(const Hashes& hashes) {
    constexpr std::size_t kParts = 256;
    std::array<Hashes, kParts> parts; // by the highest byte: each fits a cache
    for (Hashes& part : parts) {
        part.reserve(hashes.size() / kParts + hashes.size() / (8 * kParts));
    }
    for (const std::uint64_t hash : hashes) {
        parts[hash >> 56U].push_back(hash);
    }
    parallel_for_each(kParts, 1, [&parts](std::size_t i) {
        Hashes& part = parts.at(i);
        std::sort(part.begin(), part.end());
        std::size_t count = 0;
        for (std::size_t k = 1; k < part.size(); ++k) {
            if (part[k] == part[k - 1] && (count == 0 || part[count - 1] != part[k])) {
                part[count++] = part[k];
            }
        }
        part.resize(count);
    });
    Hashes all;
    for (const Hashes& part : parts) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

} // namespace

Result<void> find_duplicates(store::Connection& connection, const RecordSql& sql, bool has_errors) {
    const std::string rows = sql.keyed_rows(has_errors);
    if (rows.empty()) {
        return {};
    }
    ICMAP_ASSIGN(const Hashes hashes,
                 store::read_column<std::uint64_t>(connection,
                                                   fmt::format("select hash(key) from {}", rows)));
    const Hashes suspects = repeated(hashes);
    if (!suspects.empty()) {
        constexpr std::size_t kMostListed = 1000;
        const std::string suspected =
            suspects.size() > kMostListed
                ? rows
                : fmt::format("(from {} where hash(key) in ({}))", rows, fmt::join(suspects, ", "));
        ICMAP_TRY(connection.run(sql.find_repeated_keys(suspected)));
    }
    ICMAP_ASSIGN(const std::int64_t has_others, connection.integer(sql.count_if_staged()));
    return has_others > 0 ? connection.run(sql.find_known_keys(rows)) : Result<void>{};
}

} // namespace icmap::ingest
