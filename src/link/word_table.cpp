#include "link/word_table.hpp"

#include <functional>

namespace icmap::link {
namespace {

constexpr std::size_t kFirstSlots = 1024;

std::uint64_t hash_of(std::string_view word) {
    return std::hash<std::string_view>{}(word);
}

/// The half of the hash that slots keep: the other half says where they are.
std::uint32_t kept_part(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32U);
}

} // namespace

WordTable::WordTable() : slots_(kFirstSlots) {}

std::size_t WordTable::place(std::string_view word, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].id != kNoWord &&
           (slots_[at].hash != kept_part(hash) || words_[slots_[at].id] != word)) {
        at = (at + 1) & mask;
    }
    return at;
}

std::uint32_t WordTable::add(std::string_view word) {
    const std::uint64_t hash = hash_of(word);
    std::size_t at = place(word, hash);
    if (slots_[at].id == kNoWord) {
        if (2 * (words_.size() + 1) > slots_.size()) {
            grow();
            at = place(word, hash);
        }
        slots_[at] = {kept_part(hash), static_cast<std::uint32_t>(words_.size())};
        words_.add(word);
    }
    return slots_[at].id;
}

std::uint32_t WordTable::find(std::string_view word) const {
    return slots_[place(word, hash_of(word))].id;
}

void WordTable::grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.id != kNoWord) {
            std::size_t at = hash_of(words_[slot.id]) & mask;
            while (slots_[at].id != kNoWord) {
                at = (at + 1) & mask;
            }
            slots_[at] = slot;
        }
    }
}

} // namespace icmap::link
