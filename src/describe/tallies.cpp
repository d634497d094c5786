#include "describe/tallies.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::describe {
namespace {

constexpr std::size_t kIndustries = 100;

/// What one thread needs; left empty after each cluster.
struct Workbench {
    std::vector<std::uint32_t> by_sector;
    std::array<std::uint32_t, kIndustries> by_industry{};
    std::vector<SumTally> by_year;
    std::vector<std::int32_t> born_years;
    std::vector<std::uint32_t> by_sites;
    std::vector<std::uint32_t> touched;

    void count(std::vector<std::uint32_t>& counts, std::uint32_t what) {
        if (what >= counts.size()) {
            counts.resize(what + 1, 0);
        }
        if (counts[what]++ == 0) {
            touched.push_back(what);
        }
    }
    /// The counts in order, and nothing left.
    Counts take(std::vector<std::uint32_t>& counts) {
        std::sort(touched.begin(), touched.end());
        Counts taken;
        for (const std::uint32_t what : touched) {
            taken.emplace_back(what, std::exchange(counts[what], 0U));
        }
        touched.clear();
        return taken;
    }
};

struct JobYears {
    std::int32_t first = 0;
    std::int32_t last = -1;
};

JobYears years_of_jobs(const RegisterColumns& all) {
    if (all.jobs.value.empty()) {
        return {};
    }
    const auto [first, last] =
        std::minmax_element(all.jobs.value.begin(), all.jobs.value.end(),
                            [](const YearJobs& a, const YearJobs& b) { return a.year < b.year; });
    return {first->year, last->year};
}

/// The middle one, or the mean of the two in the middle.
double median(std::vector<std::int32_t>& numbers) {
    if (numbers.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>((numbers.size() - 1) / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    if (numbers.size() % 2 == 1) {
        return *middle;
    }
    return 0.5 * (*middle + *std::min_element(middle + 1, numbers.end()));
}

/// Walks over the enterprises of one cluster.
class Teller {
  public:
    Teller(const RegisterColumns& all, const Members& members, const TellingDate& date,
           std::size_t list_length)
        : all_(all), members_(members), date_(date), list_length_(list_length),
          job_years_(years_of_jobs(all)) {}

    Tally tell(std::size_t cluster, std::span<const std::uint32_t> former, Workbench& bench) const {
        Tally tally;
        const Memberships& own = members_.enterprises;
        bench.by_year.assign(static_cast<std::size_t>(job_years_.last - job_years_.first + 1), {});
        bench.born_years.clear();
        for (std::size_t at = own.first[cluster]; at < own.first[cluster + 1]; ++at) {
            const std::uint32_t firm = own.firm[at];
            add_size(firm, own.sites[at], tally);
            add_jobs(firm, own.sites[at], tally, bench);
            add_age(firm, tally, bench);
            add_life(firm, kNotKnown, tally);
            bench.count(bench.by_sites, own.sites[at]);
        }
        tally.by_sites = bench.take(bench.by_sites);
        tally.founding_year = median(bench.born_years);
        for (const std::uint32_t firm : former) {
            add_life(firm, all_.died_year[firm], tally);
            tally.former_alive_before += all_.born[firm] != kNotKnown &&
                                         all_.born[firm] <= date_.five_years_before &&
                                         all_.died[firm] > date_.five_years_before;
        }
        for (std::size_t i = 0; i < bench.by_year.size(); ++i) {
            if (bench.by_year[i].known > 0) {
                tally.jobs.emplace_back(job_years_.first + static_cast<std::int32_t>(i),
                                        bench.by_year[i]);
            }
        }
        count_kinds(cluster, tally, bench);
        list_employers(cluster, tally);
        return tally;
    }

  private:
    void add_size(std::uint32_t firm, std::uint32_t sites, Tally& tally) const {
        tally.largest_sites = std::max(tally.largest_sites, sites);
        tally.squared_sites += static_cast<double>(sites) * sites;
        const double weight = weight_of(all_, firm, sites);
        const std::int32_t employees = all_.employees[firm];
        if (employees != kNotKnown) {
            tally.employees.add(employees * weight);
            constexpr std::array<std::int32_t, 3> kBelow{10, 50, 250};
            const auto band = std::upper_bound(kBelow.begin(), kBelow.end(), employees);
            ++tally.size_bands[static_cast<std::size_t>(band - kBelow.begin())];
        }
        if (!std::isnan(all_.turnover_gbp[firm])) {
            tally.turnover_gbp.add(all_.turnover_gbp[firm] * weight);
        }
    }

    void add_jobs(std::uint32_t firm, std::uint32_t sites, Tally& tally, Workbench& bench) const {
        const std::span<const YearJobs> jobs = all_.jobs.of(firm);
        if (jobs.empty()) {
            return;
        }
        const double weight = weight_of(all_, firm, sites);
        for (const YearJobs& each : jobs) {
            bench.by_year[static_cast<std::size_t>(each.year - job_years_.first)].add(
                each.employees * weight);
        }
        add_growth(jobs, weight, date_.year, tally.growth);
    }

    void add_age(std::uint32_t firm, Tally& tally, Workbench& bench) const {
        const std::int32_t born = all_.born[firm];
        if (born == kNotKnown) {
            return;
        }
        ++tally.with_age;
        bench.born_years.push_back(all_.born_year[firm]);
        tally.young += born > date_.five_years_before ? 1U : 0U;
        tally.alive_before += born <= date_.five_years_before ? 1U : 0U;
        const std::size_t band = born > date_.two_years_before      ? 0
                                 : born > date_.five_years_before   ? 1
                                 : born > date_.ten_years_before    ? 2
                                 : born > date_.twenty_years_before ? 3
                                                                    : 4;
        ++tally.age_bands[band];
    }

    /// A firm without a date of incorporation counts as alive throughout.
    void add_life(std::uint32_t firm, std::int32_t died, Tally& tally) const {
        const std::int32_t born = all_.born_year[firm];
        for (std::int32_t i = 0; i < kYears; ++i) {
            const std::int32_t year = date_.year - kYears + 1 + i;
            YearTally& of_year = tally.years[static_cast<std::size_t>(i)];
            const bool is_alive =
                (born == kNotKnown || born <= year) && (died == kNotKnown || died > year);
            of_year.enterprises += is_alive ? 1U : 0U;
            of_year.births += born == year ? 1U : 0U;
            of_year.deaths += died == year ? 1U : 0U;
        }
    }

    void count_kinds(std::size_t cluster, Tally& tally, Workbench& bench) const {
        const Memberships& own = members_.enterprises;
        const std::span<const std::uint32_t> firms =
            std::span(own.firm).subspan(own.first[cluster], own.size(cluster));
        for (const std::uint32_t firm : firms) {
            for (const std::uint32_t sector : all_.sectors.of(firm)) {
                if (sector != members_.clusters.sector_id[cluster]) {
                    bench.count(bench.by_sector, sector);
                }
            }
        }
        tally.sectors = bench.take(bench.by_sector);
        bench.by_industry.fill(0);
        for (const std::uint32_t firm : firms) {
            const std::int32_t industry = all_.industry[firm];
            if (industry >= 0 && static_cast<std::size_t>(industry) < kIndustries) {
                ++bench.by_industry[static_cast<std::size_t>(industry)];
            }
        }
        for (std::uint32_t i = 0; i < kIndustries; ++i) {
            if (bench.by_industry[i] > 0) {
                tally.industries.emplace_back(i, bench.by_industry[i]);
            }
        }
    }

    void list_employers(std::size_t cluster, Tally& tally) const {
        const Memberships& own = members_.enterprises;
        std::vector<std::pair<std::int64_t, std::uint32_t>> known;
        for (std::size_t at = own.first[cluster]; at < own.first[cluster + 1]; ++at) {
            if (const std::int32_t employees = all_.employees[own.firm[at]];
                employees != kNotKnown) {
                known.emplace_back(-std::int64_t{employees}, own.firm[at]);
            }
        }
        const auto end =
            known.begin() + static_cast<std::ptrdiff_t>(std::min(list_length_, known.size()));
        std::partial_sort(known.begin(), end, known.end());
        for (auto each = known.begin(); each != end; ++each) {
            tally.largest_employers.emplace_back(each->second,
                                                 static_cast<std::uint32_t>(-each->first));
        }
    }

    const RegisterColumns& all_;
    const Members& members_;
    const TellingDate& date_;
    std::size_t list_length_;
    JobYears job_years_;
};

} // namespace

std::vector<Tally> tally_clusters(const RegisterColumns& all, const Members& members,
                                  const Lists<std::uint32_t>& former, const TellingDate& date,
                                  std::size_t list_length) {
    const Teller teller(all, members, date, list_length);
    std::vector<Tally> tallies(members.clusters.size());
    parallel_ranges(tallies.size(), 16, [&](std::size_t begin, std::size_t end) {
        Workbench bench;
        for (std::size_t i = begin; i < end; ++i) {
            tallies[i] = teller.tell(i, former.of(i), bench);
        }
    });
    return tallies;
}

} // namespace icmap::describe
