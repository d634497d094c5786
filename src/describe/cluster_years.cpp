#include "describe/cluster_years.hpp"

#include "describe/exact_decimal.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <cmath>
#include <map>

namespace icmap::describe {
namespace {

constexpr std::uint32_t kLeastReporting = 5; ///< enterprises, for a step of the index

/// Money of one year; nothing where none of it has an amount.
struct YearMoney {
    bool is_known = false;
    ExactDecimal sum;
};

using MoneyByYear = std::map<std::int32_t, YearMoney>;

template <class Grants>
void add(const Grants& grants, double weight, MoneyByYear& years) {
    for (const auto& grant : grants) {
        if (grant.year != kNoYear) {
            YearMoney& of = years[grant.year];
            if (grant.pence) {
                of.is_known = true;
                of.sum.add_share(*grant.pence, weight);
            }
        }
    }
}

/// No award or deal is nothing received, in a year that the sources hold whole; without an amount
/// it is not known how much. What is known of a year held in part is told.
double told(const MoneyByYear& years, std::int32_t year, const YearSpan& whole) {
    const auto found = years.find(year);
    if (found == years.end()) {
        return whole.holds(year) ? 0.0 : std::nan("");
    }
    return found->second.is_known ? found->second.sum.value() : std::nan("");
}

/// A year of the index, and of how many enterprises the step into it is.
struct IndexYear {
    double index = 0.0;
    std::optional<std::uint32_t> enterprises{};
};

/// The steps of a run of years, put one after the other.
std::map<std::int32_t, IndexYear> index_of(const JobGrowth& growth, const TellingDate& date,
                                           const YearSpan& jobs) {
    std::map<std::int32_t, IndexYear> index;
    double sum_of_logs = 0.0;
    for (std::size_t step = 0; step < growth.steps.size(); ++step) {
        const std::int32_t year = date.year - kGrowthSteps + 1 + static_cast<std::int32_t>(step);
        const JobPairs& pairs = growth.steps.at(step);
        const double now = SumTally::value(pairs.jobs);
        const double before = SumTally::value(pairs.before);
        const bool is_in_span = jobs.holds(year) && year > *jobs.first;
        if (!is_in_span || pairs.enterprises < kLeastReporting || now <= 0.0 || before <= 0.0) {
            continue;
        }
        if (!index.contains(year - 1)) { // a later run takes the place of an earlier one
            index.clear();
            index[year - 1] = {100.0, std::nullopt};
            sum_of_logs = 0.0;
        }
        sum_of_logs += std::log(now / before);
        index[year] = {100.0 * std::exp(sum_of_logs), pairs.enterprises};
    }
    return index;
}

const SumTally* jobs_of(const Tally& tally, std::int32_t year) {
    for (const auto& [filed, sum] : tally.jobs) {
        if (filed == year) {
            return &sum;
        }
    }
    return nullptr;
}

class Teller {
  public:
    Teller(const Context& context, const YearSpans& spans, const TellingDate& date,
           ClusterYears& rows)
        : context_(context), spans_(spans), date_(date), rows_(rows) {}

    void tell(std::uint32_t cluster_id, const Tally& tally, std::span<const EngagedFirm> firms,
              const MoneyColumns& money) {
        MoneyByYear awards;
        MoneyByYear deals;
        for (const EngagedFirm& each : firms) {
            add(money.awards.of(each.firm), each.weight, awards);
            add(money.deals.of(each.firm), each.weight, deals);
        }
        const auto index = index_of(tally.growth, date_, spans_.jobs);
        for (std::int32_t k = 0; k < kYears; ++k) {
            const std::int32_t year = date_.year - kYears + 1 + k;
            rows_.cluster_id.push_back(cluster_id);
            rows_.year.push_back(static_cast<std::uint16_t>(year));
            tell_counts(tally.years.at(static_cast<std::size_t>(k)));
            tell_jobs(spans_.jobs.holds(year) ? jobs_of(tally, year) : nullptr);
            const auto step = index.find(year);
            rows_.jobs_index.push_back(step == index.end() ? std::nan("") : step->second.index);
            rows_.index_enterprises.push_back(step == index.end() ? std::nullopt
                                                                  : step->second.enterprises);
            rows_.public_gbp.push_back(told(awards, year, spans_.public_money));
            rows_.private_gbp.push_back(told(deals, year, spans_.private_money));
        }
    }

  private:
    void tell_counts(const YearTally& of) {
        rows_.enterprises.push_back(of.enterprises);
        rows_.births.push_back(of.births);
        rows_.deaths.push_back(context_.has_closed_firms ? std::optional(of.deaths) : std::nullopt);
    }

    void tell_jobs(const SumTally* sum) {
        rows_.employees.push_back(
            sum == nullptr ? std::nullopt : std::optional(std::llround(SumTally::value(sum->sum))));
        rows_.reporting.push_back(sum == nullptr ? std::nullopt : std::optional(sum->known));
    }

    const Context& context_;
    const YearSpans& spans_;
    const TellingDate& date_;
    ClusterYears& rows_;
};

} // namespace

Result<YearSpans> read_year_spans(store::Connection& connection) {
    YearSpans spans;
    ICMAP_TRY(connection.read(
        "select jobs_first::integer, jobs_last::integer, public_first::integer, "
        "public_last::integer, private_first::integer, private_last::integer from describe_span",
        [&spans](const store::Chunk& chunk) {
            const auto year = [&chunk](std::size_t column) {
                return chunk.is_null(column, 0)
                           ? std::nullopt
                           : std::optional(chunk.column<std::int32_t>(column)[0]);
            };
            spans = {{year(0), year(1)}, {year(2), year(3)}, {year(4), year(5)}};
        }));
    return spans;
}

ClusterYears tell_years(const Context& context, const YearSpans& spans, const TellingDate& date,
                        const Told& of) {
    ClusterYears rows;
    Teller teller(context, spans, date, rows);
    for (std::size_t row = 0; row < of.clusters.size(); ++row) {
        teller.tell(of.clusters.cluster_id[row], of.tallies[row], of.engaged.of(row), of.money);
    }
    return rows;
}

Result<void> ClusterYears::write(store::Connection& connection) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    return store::append_columns(
        connection, "main", "cluster_year",
        std::array<store::Column, 11>{
            column(cluster_id), column(year), column(enterprises), column(births), column(deaths),
            column(employees), column(reporting), column(jobs_index), column(index_enterprises),
            column(public_gbp), column(private_gbp)});
}

} // namespace icmap::describe
