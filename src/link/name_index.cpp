#include "link/name_index.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::link {
namespace {

/// A word in more names than this is spelt right: nothing near it is looked for.
constexpr std::uint32_t kMostNamesOfMisspelling = 50;

void add_words(WordTable& table, std::string_view name, Lists& lists) {
    for_each_word(name, [&](std::string_view word) { lists.values.push_back(table.add(word)); });
    lists.end_list();
}

/// Numbers distinct keys and their words; words asked for come first in the table.
void read_mentions(const Mentions& mentions, NameIndex& index) {
    index.key_of.reserve(mentions.keys.size());
    for (std::size_t i = 0; i < mentions.keys.size(); ++i) {
        const std::uint32_t key = index.keys.add(mentions.keys[i]);
        index.key_of.push_back(key);
        if (key == index.key_words.size()) {
            add_words(index.words.table, mentions.keys[i], index.key_words);
        }
    }
}

void read_register(const Register& registered, NameIndex& index) {
    index.name_words.values.reserve(3 * registered.names.size());
    index.name_words.first.reserve(registered.names.size() + 1);
    for (std::size_t i = 0; i < registered.names.size(); ++i) {
        add_words(index.words.table, registered.names[i], index.name_words);
    }
}

std::uint32_t letters_of(std::string_view word) {
    std::uint32_t letters = 0;
    for (const char c : word) {
        letters |= c >= 'A' && c <= 'Z' ? 1U << static_cast<unsigned>(c - 'A') : 0U;
    }
    return letters;
}

void weigh_words(const Register& registered, NameIndex& index, const WordWeights& weight) {
    Words& words = index.words;
    const std::size_t n = words.table.size();
    words.names.assign(n, 0);
    for (const std::uint32_t word : index.name_words.values) {
        ++words.names[word];
    }
    words.bits.resize(n);
    words.weight.resize(n);
    words.has_digit.resize(n);
    words.letters.resize(n);
    const double names = static_cast<double>(registered.names.size()) + 1.0;
    parallel_for_each(n, 4096, [&](std::size_t i) {
        const std::string_view word = words.table.word(static_cast<std::uint32_t>(i));
        // Organisations that are not on the register have a word seen n times at the rate of n -
        // 1/2 names, one never seen at that of one seen once (absolute discounting, Ney et al.
        // 1994).
        const double seen = std::max(1.0, static_cast<double>(words.names[i]));
        words.bits[i] = static_cast<float>(std::log2(names / (seen - 0.5)));
        words.weight[i] = weight(word);
        words.letters[i] = letters_of(word);
        words.has_digit[i] =
            std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) ? 1
                                                                                               : 0;
    });
}

void find_equal_names(const Register& registered, NameIndex& index) {
    std::vector<std::uint32_t> key(registered.names.size());
    parallel_for_each(registered.names.size(), 4096,
                      [&](std::size_t i) { key[i] = index.keys.find(registered.names[i]); });
    Lists& lists = index.equal_names;
    lists.first.assign(index.keys.size() + 1, 0);
    for (const std::uint32_t k : key) {
        if (k != kNoWord) {
            ++lists.first[k + 1];
        }
    }
    for (std::size_t i = 1; i < lists.first.size(); ++i) {
        lists.first[i] += lists.first[i - 1];
    }
    lists.values.resize(lists.first.back());
    std::vector<std::size_t> next(lists.first.begin(), lists.first.end() - 1);
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] != kNoWord) {
            lists.values[next[key[i]]++] = static_cast<std::uint32_t>(i);
        }
    }
}

bool is_known(const Words& words, std::uint32_t word) {
    return word != kNoWord && words.names[word] > 0;
}

/// The name with two neighbouring words joined (FORGE MASTERS), or one split that the register does
/// not know (FORGEMASTERS), where that gives words the register knows; nothing where it does not.
std::vector<std::uint32_t> other_spelling(const Words& words, std::span<const std::uint32_t> name) {
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const std::string joined =
            std::string(words.table.word(name[i])) + std::string(words.table.word(name[i + 1]));
        const std::uint32_t word = words.table.find(joined);
        if (is_known(words, word)) {
            std::vector<std::uint32_t> other(name.begin(), name.end());
            other[i] = word;
            other.erase(other.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            return other;
        }
    }
    constexpr std::size_t kShortestPart = 3;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string_view word = words.table.word(name[i]);
        if (is_known(words, name[i]) || word.size() < 2 * kShortestPart) {
            continue;
        }
        for (std::size_t cut = kShortestPart; cut + kShortestPart <= word.size(); ++cut) {
            const std::uint32_t left = words.table.find(word.substr(0, cut));
            const std::uint32_t right = words.table.find(word.substr(cut));
            if (is_known(words, left) && is_known(words, right)) {
                std::vector<std::uint32_t> other(name.begin(), name.end());
                other[i] = left;
                other.insert(other.begin() + static_cast<std::ptrdiff_t>(i) + 1, right);
                return other;
            }
        }
    }
    return {};
}

void find_other_spellings(NameIndex& index) {
    std::vector<std::vector<std::uint32_t>> others(index.keys.size());
    parallel_for_each(others.size(), 256, [&](std::size_t i) {
        if (index.equal_names[i].empty()) {
            others[i] = other_spelling(index.words, index.key_words[i]);
        }
    });
    for (const auto& other : others) {
        index.other_words.values.insert(index.other_words.values.end(), other.begin(), other.end());
        index.other_words.end_list();
    }
}

void find_near_words(NameIndex& index) {
    const Words& words = index.words;
    std::vector<std::uint32_t> asked;
    index.near_slot.assign(words.table.size(), kNoWord);
    for (std::size_t key = 0; key < index.keys.size(); ++key) {
        if (!index.equal_names[key].empty()) {
            continue;
        }
        for (const std::uint32_t word : index.key_words[key]) {
            if (index.near_slot[word] == kNoWord && words.has_digit[word] == 0 &&
                words.names[word] <= kMostNamesOfMisspelling) {
                index.near_slot[word] = static_cast<std::uint32_t>(asked.size());
                asked.push_back(word);
            }
        }
    }
    std::vector<std::uint8_t> known(words.table.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        known[i] = words.names[i] > 0 && words.names[i] <= kMostNamesOfWord ? 1 : 0;
    }
    index.near = std::make_unique<NearWords>(words.table, asked, known);
}

void list_names_by_word(NameIndex& index) {
    const Words& words = index.words;
    std::vector<std::uint8_t> is_wanted(words.table.size(), 0);
    const auto want = [&](std::uint32_t word) {
        if (words.names[word] <= kMostNamesOfWord) {
            is_wanted[word] = 1;
        }
    };
    std::for_each(index.key_words.values.begin(), index.key_words.values.end(), want);
    std::for_each(index.other_words.values.begin(), index.other_words.values.end(), want);
    for (std::size_t word = 0; word < index.near_slot.size(); ++word) {
        if (index.near_slot[word] != kNoWord) {
            for (const NearWord& near : index.near->of(index.near_slot[word])) {
                want(near.word);
            }
        }
    }
    Lists& lists = index.names_with;
    lists.first.assign(words.table.size() + 1, 0);
    for (std::size_t i = 0; i < words.table.size(); ++i) {
        lists.first[i + 1] = lists.first[i] + (is_wanted[i] != 0 ? words.names[i] : 0);
    }
    lists.values.resize(lists.first.back());
    std::vector<std::size_t> next(lists.first.begin(), lists.first.end() - 1);
    for (std::size_t name = 0; name < index.name_words.size(); ++name) {
        for (const std::uint32_t word : index.name_words[name]) {
            if (is_wanted[word] != 0) {
                lists.values[next[word]++] = static_cast<std::uint32_t>(name);
            }
        }
    }
}

void list_names_by_postcode(const Register& registered, const Mentions& mentions,
                            NameIndex& index) {
    std::vector<std::uint8_t> is_asked(registered.places.size(), 0);
    for (const std::uint32_t postcode : mentions.postcode) {
        if (postcode != kNoPlace) {
            is_asked[postcode] = 1;
        }
    }
    const auto for_each_name = [&](auto&& visit) {
        for (std::size_t name = 0; name < registered.entity.size(); ++name) {
            const std::uint32_t entity = registered.entity[name];
            for (std::size_t k = registered.first_place[entity];
                 k < registered.first_place[entity + 1]; ++k) {
                if (is_asked[registered.postcodes[k]] != 0) {
                    visit(registered.postcodes[k], static_cast<std::uint32_t>(name));
                }
            }
        }
    };
    Lists& lists = index.names_at;
    lists.first.assign(registered.places.size() + 1, 0);
    for_each_name([&](std::uint32_t postcode, std::uint32_t) { ++lists.first[postcode + 1]; });
    for (std::size_t i = 1; i < lists.first.size(); ++i) {
        lists.first[i] += lists.first[i - 1];
    }
    lists.values.resize(lists.first.back());
    std::vector<std::size_t> next(lists.first.begin(), lists.first.end() - 1);
    for_each_name(
        [&](std::uint32_t postcode, std::uint32_t name) { lists.values[next[postcode]++] = name; });
}

} // namespace

NameIndex index_names(const Register& registered, const Mentions& mentions,
                      const MatchOptions& options, const WordWeights& weight) {
    NameIndex index;
    read_mentions(mentions, index);
    read_register(registered, index);
    weigh_words(registered, index, weight);
    find_equal_names(registered, index);
    if (options.fuzzy) {
        find_other_spellings(index);
        find_near_words(index);
        list_names_by_word(index);
        list_names_by_postcode(registered, mentions, index);
    }
    return index;
}

} // namespace icmap::link
