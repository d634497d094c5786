#include "describe/size_figures.hpp"

#include <cmath>
#include <string_view>
#include <vector>

namespace icmap::describe {
namespace {

constexpr std::string_view kNoEmployees = "no enterprise here reports its employees";
constexpr std::string_view kNoDate = "no date of incorporation is known here";

double ratio_or_unknown(double part, double whole) {
    return whole > 0.0 ? part / whole : std::nan("");
}

/// Tells one cluster after another.
class Teller {
  public:
    Teller(const ClusterTable& clusters, const Context& context, FigureTable& figures)
        : clusters_(clusters), context_(context), figures_(figures) {}

    void tell(std::size_t row, const Tally& of) {
        const double sites = clusters_.sites[row];
        const double enterprises = clusters_.enterprises[row];
        const double with_employees = of.employees.known / enterprises;
        const double jobs =
            of.employees.known > 0 ? SumTally::value(of.employees.sum) : std::nan("");
        const std::string_view no_jobs =
            context_.has_employees ? kNoEmployees : "no source of employees in this project";
        figures_.set(row, "employment", jobs, with_employees, no_jobs);
        figures_.set(row, "largest_firm_employment_share",
                     ratio_or_unknown(SumTally::value(of.employees.largest), jobs), with_employees,
                     std::isnan(jobs) ? no_jobs
                                      : "the enterprises here that report employees have none");
        figures_.set(row, "turnover_gbp",
                     of.turnover_gbp.known > 0 ? SumTally::value(of.turnover_gbp.sum)
                                               : std::nan(""),
                     of.turnover_gbp.known / enterprises,
                     context_.has_turnover ? "no enterprise here reports its turnover"
                                           : "no source of turnover in this project");
        figures_.set(row, "effective_enterprises", sites * sites / of.squared_sites, 1.0);
        figures_.set(row, "largest_firm_share", of.largest_sites / sites, 1.0);
        figures_.set(row, "enterprise_density_per_km2",
                     ratio_or_unknown(enterprises, clusters_.shape[row].area_km2), 1.0,
                     "the outline has no area");
        tell_age(row, of);
    }

  private:
    void tell_age(std::size_t row, const Tally& of) {
        const double dated = of.with_age;
        const double coverage = dated / clusters_.enterprises[row];
        const double before = static_cast<double>(of.alive_before) + of.former_alive_before;
        figures_.set(row, "median_founding_year", of.founding_year, coverage, kNoDate);
        figures_.set(row, "young_share", ratio_or_unknown(of.young, dated), coverage, kNoDate);
        const bool is_known = context_.has_closed_firms && of.with_age > 0 && before > 0.0;
        figures_.set(row, "enterprise_growth_5y", is_known ? dated / before - 1.0 : std::nan(""),
                     coverage,
                     of.with_age == 0 ? kNoDate
                     : !context_.has_closed_firms
                         ? "the register of this project holds no closed companies, so how many "
                           "there were five years ago is not known"
                         : "no enterprise here is five years old");
    }

    const ClusterTable& clusters_;
    Context context_;
    FigureTable& figures_;
};

} // namespace

void tell_sizes(const Context& context, const ClusterTable& clusters,
                std::span<const Tally> tallies, std::span<const double> sector_sites,
                FigureTable& figures) {
    std::vector<double> clustered(sector_sites.size(), 0.0);
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        clustered[clusters.sector_id[row]] += clusters.sites[row];
    }
    Teller teller(clusters, context, figures);
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        const std::uint16_t sector = clusters.sector_id[row];
        teller.tell(row, tallies[row]);
        figures.set(row, "share_of_clustered_sites", clusters.sites[row] / clustered[sector], 1.0);
        figures.set(row, "share_of_sector_sites", clusters.sites[row] / sector_sites[sector], 1.0);
    }
}

} // namespace icmap::describe
