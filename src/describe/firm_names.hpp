#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

/// The names of some firms, read in one go: a register's names are packed, and unpacking all of
/// them costs the same for few as for many.
struct FirmNames {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::vector<std::uint32_t>
        number; ///< by firm_id, of its name; kNone where it was not asked for
    std::vector<std::string> names;
    std::size_t texts = 0; ///< what lists name them by (ItemLists)

    /// \param firm one of those asked for
    [[nodiscard]] const std::string& of(std::uint32_t firm) const { return names[number[firm]]; }
};

/// \param is_wanted by firm_id
[[nodiscard]] Result<FirmNames> read_firm_names(store::Connection& connection,
                                                std::span<const std::uint8_t> is_wanted);

} // namespace icmap::describe
