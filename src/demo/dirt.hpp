#pragma once

#include "base/result.hpp"
#include "demo/output_file.hpp"
#include "demo/plan.hpp"
#include "demo/registers.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::demo {

inline constexpr const char* kCompaniesFile = "companies/BasicCompanyDataAsOneFile.csv";
inline constexpr const char* kPostcodesFile = "postcodes/ONSPD_example.csv";
inline constexpr const char* kAccountsFile = "accounts/accounts.csv";

/// Adds rows that are wrong in one known way each to the registers, spread over their files, and
/// keeps the list of them.
class DirtyRows {
  public:
    /// \param list where the rows added are recorded
    DirtyRows(const Plan& plan, std::vector<DirtyRow>& list);

    /// Adds the rows that fall between sector `begin` and the next batch, of `count` sectors.
    [[nodiscard]] Result<void> add_companies(OutputFile& file, std::size_t begin,
                                             std::size_t count);
    [[nodiscard]] Result<void> add_postcodes(OutputFile& file, std::size_t begin,
                                             std::size_t count);
    [[nodiscard]] Result<void> add_accounts(OutputFile& file, std::size_t begin, std::size_t count);

    /// Rows of each kind of problem in each file, for a country of that many firms.
    [[nodiscard]] static std::uint32_t rows_of_each(std::uint64_t firms);

  private:
    struct Problem {
        std::string_view slug;
        std::string_view expected;
    };
    template <class MakeRow>
    Result<void> add(OutputFile& file, const char* name, std::span<const Problem> problems,
                     std::size_t begin, std::size_t count, MakeRow&& make_row);
    std::string company_row(std::string_view slug, std::size_t sector, std::uint32_t serial) const;
    std::string postcode_row(std::string_view slug, std::size_t sector, std::uint32_t serial) const;
    std::string account_row(std::string_view slug, std::size_t sector) const;
    std::string number_of_first_firm(std::size_t sector) const;

    const Plan* plan_;
    std::vector<DirtyRow>* list_;
};

} // namespace icmap::demo
