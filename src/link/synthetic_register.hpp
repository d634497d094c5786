#pragma once

#include "link/match_names.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::link {

/// A made-up register, and records that name its firms as records do: misspelt, shortened, by a
/// former name, at another address; some name organisations that are not on it, among them
/// relatives of those that are. With the truth. For tests and benchmarks.
struct SyntheticWorld {
    Register registered;
    std::vector<std::string> firm_names; ///< by entity, as registered
    Mentions mentions;
    std::vector<std::string> mention_names; ///< as written
    std::vector<std::string> kinds;         ///< by mention: what was done to the name
    std::vector<std::uint32_t> truth;       ///< by mention; kNoEntity: not on the register
};

/// \param firms on the register \param mentions to be linked \param seed same seed, same world
[[nodiscard]] SyntheticWorld synthetic_world(std::uint32_t firms, std::uint32_t mentions,
                                             std::uint64_t seed);

} // namespace icmap::link
