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

    /// Registered names worth a full comparison, ascending: all that are equal, the `kMost` that
    /// share the weightiest words (ties to the lowest), and those at the postcode.
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
    void take_best();

    const NameIndex* index_;
    std::vector<Slot> slots_; ///< open addressing by name; of this round where round == round_
    std::vector<std::uint32_t> touched_; ///< slots of this round
    std::vector<Lead> leads_;
    std::vector<std::uint32_t> found_;
    std::uint32_t round_ = 0;
};

} // namespace icmap::link
