#include "describe/cluster_sums.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

/// In the order of their names.
enum SumName : std::uint32_t {
    employment,
    eu_funding_gbp,
    innovate_uk_funding_gbp,
    jobs_growth_1y,
    jobs_growth_5y,
    private_investment_gbp,
    public_funding_gbp,
    turnover_gbp,
    ukri_funding_gbp
};
const std::array<std::string, 9> kNames{
    "employment",         "eu_funding_gbp", "innovate_uk_funding_gbp",
    "jobs_growth_1y",     "jobs_growth_5y", "private_investment_gbp",
    "public_funding_gbp", "turnover_gbp",   "ukri_funding_gbp"};
static_assert(kGrowthYears == std::array<std::int32_t, 2>{1, 5});

/// A sum and its year, no year first.
using Key = std::pair<SumName, std::optional<std::uint32_t>>;

std::optional<SumName> name_of(Purse purse) {
    switch (purse) {
    case Purse::innovate_uk:
        return innovate_uk_funding_gbp;
    case Purse::ukri:
        return ukri_funding_gbp;
    case Purse::eu:
        return eu_funding_gbp;
    case Purse::other:
        break;
    }
    return std::nullopt;
}

/// Sums of one cluster on their way.
struct Bench {
    std::map<Key, SumTally> sums;
    std::vector<std::pair<Key, SumTally::Millionths>> of_firm; ///< few: looked through

    void add(const Key& key, SumTally::Millionths amount) {
        const auto found = std::find_if(of_firm.begin(), of_firm.end(),
                                        [&key](const auto& each) { return each.first == key; });
        if (found == of_firm.end()) {
            of_firm.emplace_back(key, amount);
        } else {
            found->second += amount;
        }
    }
    /// An enterprise adds to a sum once, with all that it got.
    void end_firm() {
        for (const auto& [key, amount] : of_firm) {
            if (amount > 0) {
                sums[key].add_millionths(amount);
            }
        }
        of_firm.clear();
    }
};

double pounds(std::int64_t pence) {
    return static_cast<double>(pence) / 100.0;
}

std::optional<std::uint32_t> known(std::int16_t year) {
    return year == kNoYear ? std::nullopt : std::optional(static_cast<std::uint32_t>(year));
}

void add_money(const EngagedFirm& each, const MoneyColumns& money, Bench& bench) {
    for (const Award& award : money.awards.of(each.firm)) {
        if (!award.pence) {
            continue;
        }
        const auto amount = SumTally::millionths_of(pounds(*award.pence) * each.weight);
        bench.add({public_funding_gbp, std::nullopt}, amount);
        if (const auto name = name_of(award.purse)) {
            bench.add({*name, std::nullopt}, amount);
        }
        if (const auto year = known(award.year)) {
            bench.add({public_funding_gbp, year}, amount);
        }
    }
    for (const Deal& deal : money.deals.of(each.firm)) {
        if (!deal.pence) {
            continue;
        }
        const auto amount = SumTally::millionths_of(pounds(*deal.pence) * each.weight);
        bench.add({private_investment_gbp, std::nullopt}, amount);
        if (const auto year = known(deal.year)) {
            bench.add({private_investment_gbp, year}, amount);
        }
    }
    bench.end_firm();
}

/// A growth has no total: its parts are told as shares of the whole.
struct Row {
    Key key;
    std::uint32_t contributors;
    double largest;
    double second;

    Row(const Key& of, const SumTally& sum, bool as_shares)
        : key(of), contributors(sum.contributors), largest(SumTally::value(sum.largest)),
          second(SumTally::value(sum.second)) {
        if (as_shares) {
            largest /= SumTally::value(sum.sum);
            second /= SumTally::value(sum.sum);
        }
    }
};

std::vector<Row> rows_of(const Tally& tally, std::span<const EngagedFirm> firms,
                         const MoneyColumns& money, Bench& bench) {
    std::vector<Row> rows;
    const auto add = [&rows](const Key& key, const SumTally& sum, bool as_shares = false) {
        if (sum.contributors > 0) {
            rows.emplace_back(key, sum, as_shares);
        }
    };
    add({employment, std::nullopt}, tally.employees);
    add({turnover_gbp, std::nullopt}, tally.turnover_gbp);
    for (const auto& [year, sum] : tally.jobs) {
        add({employment, static_cast<std::uint32_t>(year)}, sum);
    }
    add({jobs_growth_1y, std::nullopt}, tally.growth.larger_of_newest[0], true);
    add({jobs_growth_5y, std::nullopt}, tally.growth.larger_of_newest[1], true);
    for (const EngagedFirm& each : firms) {
        add_money(each, money, bench);
    }
    for (const auto& [key, sum] : bench.sums) {
        add(key, sum);
    }
    bench.sums.clear();
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
    return rows;
}

} // namespace

ClusterSums sum_up(const ClusterTable& clusters, std::span<const Tally> tallies,
                   const EngagedFirms& engaged, const MoneyColumns& money) {
    std::vector<std::vector<Row>> rows(clusters.size());
    parallel_ranges(rows.size(), 64, [&](std::size_t begin, std::size_t end) {
        Bench bench;
        for (std::size_t i = begin; i < end; ++i) {
            rows[i] = rows_of(tallies[i], engaged.of(i), money, bench);
        }
    });
    ClusterSums sums;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const Row& row : rows[i]) {
            sums.cluster_id.push_back(clusters.cluster_id[i]);
            sums.measure.push_back(row.key.first);
            sums.year.push_back(row.key.second);
            sums.contributors.push_back(row.contributors);
            sums.largest.push_back(row.largest);
            sums.second.push_back(row.second);
        }
    }
    return sums;
}

Result<void> ClusterSums::write(store::Connection& connection) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    return store::append_columns(
        connection, "main", "cluster_sum",
        std::array<store::Column, 6>{column(cluster_id),
                                     store::Column{store::Texts{measure, kNames}}, column(year),
                                     column(contributors), column(largest), column(second)});
}

} // namespace icmap::describe
