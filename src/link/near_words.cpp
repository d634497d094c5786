#include "link/near_words.hpp"

#include "base/parallel.hpp"
#include "link/edit_distance.hpp"

#include <algorithm>
#include <bit>
#include <mutex>
#include <tuple>

namespace icmap::link {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL; // odd: powers never vanish

/// Calls `visit` with a hash of the word and of each word that is the word less one letter.
template <class Visit>
void for_each_deletion(std::string_view word, Visit&& visit) {
    // Polynomial hashes of prefixes and suffixes: a deletion is a prefix beside a suffix.
    std::uint64_t suffix = 0;
    std::uint64_t power = 1;
    std::uint64_t suffixes[kLongestWord + 1]; // NOLINT(modernize-avoid-c-arrays): hot, on the stack
    std::uint64_t powers[kLongestWord + 1];   // NOLINT(modernize-avoid-c-arrays)
    const std::size_t n = word.size();
    suffixes[n] = 0;
    powers[n] = 1;
    for (std::size_t i = n; i-- > 0;) {
        suffix += static_cast<unsigned char>(word[i]) * power;
        power *= kBase;
        suffixes[i] = suffix;
        powers[i] = power;
    }
    const auto mix = [](std::uint64_t hash) {
        hash ^= hash >> 32U;
        hash *= 0xD6E8FEB86659FD93ULL;
        return hash ^ (hash >> 32U);
    };
    visit(mix(suffix));
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < n; ++i) {
        visit(mix(prefix * powers[i + 1] + suffixes[i + 1]));
        prefix = prefix * kBase + static_cast<unsigned char>(word[i]);
    }
}

bool can_be_misspelt(std::string_view word) {
    return word.size() >= 4 && word.size() <= kLongestWord;
}

/// Which asked word each deletion belongs to, by hash.
struct Deletions {
    struct Entry {
        std::uint64_t hash;
        std::uint32_t asked;
    };
    std::vector<Entry> entries;       ///< by bucket
    std::vector<std::uint32_t> first; ///< bucket -> start in entries
    unsigned shift = 63;

    [[nodiscard]] std::size_t bucket(std::uint64_t hash) const { return hash >> shift; }
};

Deletions index_deletions(const WordTable& table, std::span<const std::uint32_t> asked) {
    std::vector<Deletions::Entry> all;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::string_view word = table.word(asked[i]);
        if (can_be_misspelt(word)) {
            for_each_deletion(word, [&](std::uint64_t hash) {
                all.push_back({hash, static_cast<std::uint32_t>(i)});
            });
        }
    }
    Deletions index;
    const unsigned bits = std::max(1U, static_cast<unsigned>(std::bit_width(all.size())));
    index.shift = 64 - bits;
    index.first.assign((std::size_t{1} << bits) + 1, 0);
    for (const auto& entry : all) {
        ++index.first[index.bucket(entry.hash) + 1];
    }
    for (std::size_t i = 1; i < index.first.size(); ++i) {
        index.first[i] += index.first[i - 1];
    }
    index.entries.resize(all.size());
    std::vector<std::uint32_t> next = index.first;
    for (const auto& entry : all) {
        index.entries[next[index.bucket(entry.hash)]++] = entry;
    }
    return index;
}

struct Pair {
    std::uint32_t asked;
    NearWord near;
};

} // namespace

NearWords::NearWords(const WordTable& table, std::span<const std::uint32_t> asked,
                     std::span<const std::uint8_t> is_known) {
    const Deletions index = index_deletions(table, asked);
    std::vector<Pair> pairs;
    std::mutex guard;
    parallel_ranges(is_known.size(), 4096, [&](std::size_t begin, std::size_t end) {
        std::vector<Pair> found;
        for (std::size_t id = begin; id < end; ++id) {
            const std::string_view word = table.word(static_cast<std::uint32_t>(id));
            if (is_known[id] == 0 || !can_be_misspelt(word)) {
                continue;
            }
            for_each_deletion(word, [&](std::uint64_t hash) {
                const std::size_t bucket = index.bucket(hash);
                for (std::size_t k = index.first[bucket]; k < index.first[bucket + 1]; ++k) {
                    const auto& entry = index.entries[k];
                    const std::string_view other = table.word(asked[entry.asked]);
                    if (entry.hash != hash || asked[entry.asked] == id) {
                        continue;
                    }
                    const int limit = allowed_edits(word, other);
                    const int edits = edit_distance(word, other, limit);
                    if (edits <= limit) {
                        found.push_back(
                            {entry.asked,
                             {static_cast<std::uint32_t>(id), static_cast<std::uint8_t>(edits)}});
                    }
                }
            });
        }
        const std::lock_guard lock(guard);
        pairs.insert(pairs.end(), found.begin(), found.end());
    });
    const auto by_asked = [](const Pair& a, const Pair& b) {
        return std::tie(a.asked, a.near.word) < std::tie(b.asked, b.near.word);
    };
    std::sort(pairs.begin(), pairs.end(), by_asked);
    const auto is_same = [](const Pair& a, const Pair& b) {
        return a.asked == b.asked && a.near.word == b.near.word;
    };
    pairs.erase(std::unique(pairs.begin(), pairs.end(), is_same), pairs.end());
    first_.assign(asked.size() + 1, 0);
    for (const Pair& pair : pairs) {
        ++first_[pair.asked + 1];
        near_.push_back(pair.near);
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
        first_[i] += first_[i - 1];
    }
}

} // namespace icmap::link
