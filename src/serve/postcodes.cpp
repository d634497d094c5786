#include "serve/postcodes.hpp"

#include <algorithm>
#include <cstring>

namespace icmap::serve {
namespace {

/// Of the part after the space.
constexpr std::size_t kInwardLetters = 3;

std::string_view text_of(const std::array<char, 8>& key) {
    return {key.data(), ::strnlen(key.data(), key.size())};
}

} // namespace

std::string Postcodes::normalise(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            out += static_cast<char>(c - 32);
        } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            out += c;
        } else if (c != ' ') {
            return {};
        }
    }
    const auto is_letter = [&](std::size_t i) { return i < out.size() && out[i] >= 'A'; };
    const std::size_t letters = is_letter(1) ? 2 : 1;
    const bool begins_well = is_letter(0) && out.size() > letters && !is_letter(letters);
    return begins_well && out.size() <= 8 ? out : std::string();
}

Result<Postcodes> Postcodes::read(store::Connection& session) {
    Postcodes all;
    ICMAP_TRY(
        session.read("select postcode, lon_deg, lat_deg from postcode where not is_terminated",
                     [&](const store::Chunk& chunk) {
                         for (std::size_t i = 0; i < chunk.size(); ++i) {
                             const std::string key = normalise(chunk.text(0, i));
                             if (key.empty()) {
                                 continue;
                             }
                             Entry entry{{},
                                         static_cast<float>(chunk.column<double>(1)[i]),
                                         static_cast<float>(chunk.column<double>(2)[i])};
                             std::copy(key.begin(), key.end(), entry.key.begin());
                             all.entries_.push_back(entry);
                         }
                     }));
    std::sort(all.entries_.begin(), all.entries_.end(),
              [](const Entry& a, const Entry& b) { return a.key < b.key; });
    return all;
}

Postcodes::Found Postcodes::shown(const Entry& entry) {
    std::string text(text_of(entry.key));
    if (text.size() > kInwardLetters + 1) {
        text.insert(text.size() - kInwardLetters, 1, ' ');
    }
    return {text, {static_cast<double>(entry.lon), static_cast<double>(entry.lat)}};
}

std::vector<Postcodes::Found> Postcodes::beginning_with(std::string_view text,
                                                        std::size_t limit) const {
    std::vector<Found> found;
    const std::string key = normalise(text);
    if (key.empty()) {
        return found;
    }
    const auto begin =
        std::lower_bound(entries_.begin(), entries_.end(), key,
                         [](const Entry& a, const std::string& b) { return text_of(a.key) < b; });
    const auto end = std::find_if(begin, entries_.end(), [&key](const Entry& entry) {
        return !text_of(entry.key).starts_with(key);
    });
    // "S1" is a district before it is the beginning of S10.
    for (const bool is_of_district : {true, false}) {
        for (auto entry = begin; entry != end && found.size() < limit; ++entry) {
            if ((text_of(entry->key).size() == key.size() + kInwardLetters) == is_of_district) {
                found.push_back(shown(*entry));
            }
        }
    }
    return found;
}

std::optional<Postcodes::Found> Postcodes::find(std::string_view text) const {
    const auto found = beginning_with(text, 1);
    if (found.empty() || normalise(found.front().postcode) != normalise(text)) {
        return std::nullopt;
    }
    return found.front();
}

} // namespace icmap::serve
