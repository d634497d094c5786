#include "link/candidates.hpp"

#include <algorithm>

namespace icmap::link {
namespace {

/// Names that are compared in full because of their words.
constexpr std::size_t kMost = 24;
/// Names whose other words are looked at to find these: of a rare word and its misspellings there
/// are often more than can be compared, and the common words beside it tell them apart.
constexpr std::size_t kMostWeighed = 512;
/// Names that are looked at because of their words; the rarest words are followed first.
constexpr std::size_t kMostTouched = 8000;
constexpr std::size_t kSlots = 1U << 15U; // at most half full

} // namespace

CandidateSearch::CandidateSearch(const NameIndex& index) : index_(&index), slots_(kSlots) {}

void CandidateSearch::collect_leads(std::size_t key) {
    leads_.clear();
    const Words& words = index_->words;
    const auto add = [&](std::uint32_t word, float bits) {
        if (!index_->names_with[word].empty()) {
            leads_.push_back({word, bits});
        }
    };
    for (const std::uint32_t word : index_->key_words[key]) {
        add(word, words.bits[word]);
        if (index_->near_slot[word] != kNoWord) {
            for (const NearWord& near : index_->near->of(index_->near_slot[word])) {
                add(near.word,
                    static_cast<float>(misspelling_bits(words, word, near.word, near.edits)));
            }
        }
    }
    for (const std::uint32_t word : index_->other_words[key]) {
        add(word, words.bits[word]);
    }
    std::sort(leads_.begin(), leads_.end(), [](const Lead& a, const Lead& b) {
        return a.bits != b.bits ? a.bits > b.bits : a.word < b.word;
    });
    const auto is_same = [](const Lead& a, const Lead& b) { return a.word == b.word; };
    leads_.erase(std::unique(leads_.begin(), leads_.end(), is_same), leads_.end());
}

void CandidateSearch::follow(const Lead& lead) {
    for (const std::uint32_t name : index_->names_with[lead.word]) {
        std::size_t at = (name * 2654435761U) & (kSlots - 1);
        while (slots_[at].round == round_ && slots_[at].name != name) {
            at = (at + 1) & (kSlots - 1);
        }
        if (slots_[at].round != round_) {
            slots_[at] = {name, round_, 0.0F};
            touched_.push_back(static_cast<std::uint32_t>(at));
        }
        slots_[at].bits += lead.bits;
    }
}

void CandidateSearch::keep_best(std::size_t most) {
    if (touched_.size() <= most) {
        return;
    }
    const auto better = [this](std::uint32_t a, std::uint32_t b) {
        return slots_[a].bits != slots_[b].bits ? slots_[a].bits > slots_[b].bits
                                                : slots_[a].name < slots_[b].name;
    };
    std::nth_element(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(most),
                     touched_.end(), better);
    touched_.resize(most);
}

float CandidateSearch::bits_of_other_words(std::size_t key, std::uint32_t name) const {
    const Words& words = index_->words;
    const auto asked = index_->key_words[key];
    float bits = 0.0F;
    for (const std::uint32_t word : index_->name_words[name]) {
        if (std::find(asked.begin(), asked.end(), word) == asked.end()) {
            bits -= static_cast<float>(missing_bits(words, word));
        } else if (index_->names_with[word].empty()) { // what leads is counted already
            bits += static_cast<float>(agreement_bits(words, word));
        }
    }
    return bits;
}

void CandidateSearch::take_best(std::size_t key) {
    if (touched_.size() > kMost) {
        keep_best(kMostWeighed);
        for (const std::uint32_t at : touched_) {
            slots_[at].bits += bits_of_other_words(key, slots_[at].name);
        }
        keep_best(kMost);
    }
    for (const std::uint32_t at : touched_) {
        found_.push_back(slots_[at].name);
    }
}

std::span<const std::uint32_t> CandidateSearch::find(std::size_t key, std::uint32_t postcode) {
    found_.clear();
    const auto equal = index_->equal_names[key];
    found_.insert(found_.end(), equal.begin(), equal.end());
    if (index_->near != nullptr) {
        ++round_;
        touched_.clear();
        collect_leads(key);
        for (const Lead& lead : leads_) {
            if (touched_.size() + index_->names_with[lead.word].size() > kMostTouched) {
                break;
            }
            follow(lead);
        }
        take_best(key);
        if (postcode != kNoPlace && index_->names_at[postcode].size() <= kMostNamesAtPostcode) {
            const auto there = index_->names_at[postcode];
            found_.insert(found_.end(), there.begin(), there.end());
        }
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return found_;
}

} // namespace icmap::link
