#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// Which public purse stands behind a funder as sources spell it.
class Funders {
  public:
    /// \param text of the shape of reference/funders.toml
    /// \errors input: no TOML, or a purse without a name, with the line
    [[nodiscard]] static Result<Funders> parse(std::string_view text);

    /// The purse of a funder: innovate_uk, ukri, eu (reference/funders.toml); empty: none of them.
    ///
    /// Capitals, accents, punctuation and "the" do not matter. A text of several names ("Medical
    /// Research Council (MRC)", "UKRI / Innovate UK") is of a purse only where all of them are
    /// known, and then of the one that comes first in the table: a medical research council of
    /// another country is not ours. \complexity logarithmic in the names known
    [[nodiscard]] std::string purse(std::string_view funder) const;

  private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    [[nodiscard]] std::size_t purse_of_name(std::string_view folded) const;

    std::vector<std::string> purses_;
    std::map<std::string, std::size_t, std::less<>> names_;      ///< folded, to index of purse
    std::map<std::string, std::size_t, std::less<>> beginnings_; ///< folded
};

/// Makes the temporary table describe_funder(funder, purse), one row for each funder of `project`;
/// purse is null where it is none that has a figure of its own.
/// \errors internal: the built-in table cannot be read
[[nodiscard]] Result<void> write_funders(store::Connection& connection);

} // namespace icmap::describe
