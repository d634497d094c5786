#pragma once

#include "link/name_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::link {

/// Finds the registered names that might be meant by a mention; each thread has one.
class CandidateSearch {
  public:
    explicit CandidateSearch(const NameIndex& index);

    /// Registered names worth a full comparison, ascending: all that are equal; the 24 that share
    /// the weightiest words, or have words that a new one may be a misspelling of, the other words
    /// beside them counted in (ties to the lowest); and those at the postcode.
    [[nodiscard]] std::span<const std::uint32_t> find(std::size_t key, std::uint32_t postcode);

  private:
    struct Slot {
        std::uint32_t name = 0;
        std::uint32_t round = 0;
        float bits = 0.0F;
    };
    struct Lead {
        std::uint32_t word = 0;
        float bits = 0.0F;
    };
    void collect_leads(std::size_t key);
    void follow(const Lead& lead);
    /// Leaves of the names touched the best.
    void keep_best(std::size_t most);
    /// What speaks for a name beside the words that led to it, and against it.
    [[nodiscard]] float bits_of_other_words(std::size_t key, std::uint32_t name) const;
    void take_best(std::size_t key);

    const NameIndex* index_;
    std::vector<Slot> slots_; ///< open addressing by name; of this round where round == round_
    std::vector<std::uint32_t> touched_; ///< slots of this round
    std::vector<Lead> leads_;
    std::vector<std::uint32_t> found_;
    std::uint32_t round_ = 0;
};

} // namespace icmap::link
