#pragma once

#include "link/match_names.hpp"

#include <cstdint>
#include <span>

namespace icmap::link {

/// How right links are, against known truth.
struct Evaluation {
    std::uint64_t mentions = 0;
    std::uint64_t on_register = 0; ///< mentions of an entity that the register has
    std::uint64_t links = 0;
    std::uint64_t right = 0;
    /// Right links per link; 1 where there is no link.
    [[nodiscard]] double precision() const {
        return links == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(links);
    }
    /// Right links per mention of an entity on the register; 1 where there is none.
    [[nodiscard]] double recall() const {
        return on_register == 0 ? 1.0
                                : static_cast<double>(right) / static_cast<double>(on_register);
    }
};

/// \param truth the entity meant by each mention; kNoEntity where it is not on the register. A link
///        of such a mention is wrong.
[[nodiscard]] inline Evaluation evaluate(std::span<const Match> links,
                                         std::span<const std::uint32_t> truth) {
    Evaluation evaluation;
    evaluation.mentions = truth.size();
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const bool is_linked = links[i].method != MatchMethod::none;
        evaluation.on_register += truth[i] != kNoEntity ? 1U : 0U;
        evaluation.links += is_linked ? 1U : 0U;
        evaluation.right += is_linked && links[i].entity == truth[i] ? 1U : 0U;
    }
    return evaluation;
}

} // namespace icmap::link
