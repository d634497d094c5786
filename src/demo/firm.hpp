#pragma once

#include "demo/dates.hpp"
#include "demo/plan.hpp"
#include "demo/random.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace icmap::demo {

/// A firm as it is being made, before it is a row of the register.
struct Firm {
    std::string number;      ///< eight characters
    std::string name;        ///< with its legal form
    std::string former_name; ///< empty when it was never called otherwise
    Day renamed = 0;
    Day founded = 0;
    std::uint8_t category = 0;          ///< index into kCategories
    std::uint8_t status = 0;            ///< index into kStatuses
    std::array<std::uint16_t, 4> sic{}; ///< indices into tables().sic
    std::uint8_t sic_count = 1;
    int employees = 0;
    bool files_employees = false;
    int cluster = -1; ///< index into Plan::clusters
    int topic = -1;   ///< sector its research is about, index into tables().sectors
    bool is_active_in_rd = false;
};

extern const std::array<const char*, 8> kCategories;
extern const std::array<const char*, 5> kStatuses;

/// Makes the firm number `ordinal` of the country. \param in_register its ordinal in its register
/// \param group the cluster it is planted in, or -1
class FirmMaker {
  public:
    explicit FirmMaker(const Plan& plan);
    void make(std::uint64_t ordinal, std::uint64_t in_register, Nation nation,
              std::string_view town, int cluster, Firm& out) const;

  private:
    void number_and_founding(std::uint64_t ordinal, std::uint64_t in_register, Nation nation,
                             Firm& out) const;
    void trade(Random& random, Firm& out) const;
    void research(Random& random, Firm& out) const;
    void people(Random& random, Firm& out) const;
    void naming(Random& random, std::string_view town, Firm& out) const;

    const Plan* plan_;
    std::vector<Spread> spread_; ///< per register: which rank by age an ordinal has
};

/// A number of employees as small firms report it.
[[nodiscard]] int draw_employees(Random& random);

} // namespace icmap::demo
