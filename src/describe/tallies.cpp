#include "describe/tallies.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::describe {
namespace {

constexpr std::size_t kIndustries = 100;

/// Years of a cluster on their way: by how many more are alive from each year on, the last being
/// beyond all.
struct Life {
    std::array<YearTally, kYears> years{};
    std::array<std::int32_t, kYears + 1> steps{};
};

/// What one thread needs; left empty after each cluster.
struct Workbench {
    std::vector<std::uint32_t> by_sector;
    std::array<std::uint32_t, kIndustries> by_industry{};
    std::vector<SumTally> by_year;
    Life life;
    std::vector<std::int16_t> born_years;
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
double median(std::vector<std::int16_t>& numbers) {
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
            fetch_ahead(at);
            const std::uint32_t firm = own.firm[at];
            const Firm& known = all_.firm[firm];
            const double weight = weight_of(known, own.sites[at]);
            add_size(known, own.sites[at], weight, tally);
            add_jobs(firm, weight, tally, bench);
            add_age(known, tally, bench);
            add_life(known.born_year, kNoYear, bench.life);
            bench.count(bench.by_sites, own.sites[at]);
        }
        tally.by_sites = bench.take(bench.by_sites);
        tally.founding_year = median(bench.born_years);
        for (const std::uint32_t firm : former) {
            const Firm& known = all_.firm[firm];
            add_life(known.born_year, known.died_year, bench.life);
            tally.former_alive_before += known.born != kNotKnown &&
                                         known.born <= date_.five_years_before &&
                                         known.died > date_.five_years_before;
        }
        tally.years = take_life(bench.life);
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
    /// Memberships come in any order of memory: what will be looked at soon is asked for now.
    void fetch_ahead(std::size_t at) const {
        constexpr std::size_t kFar = 16;
        constexpr std::size_t kNear = 8;
        const std::vector<std::uint32_t>& firm = members_.enterprises.firm;
        if (at + kFar < firm.size()) {
            __builtin_prefetch(&all_.firm[firm[at + kFar]]);
            __builtin_prefetch(&all_.jobs.first[firm[at + kFar]]);
            __builtin_prefetch(&all_.sectors.first[firm[at + kFar]]);
            __builtin_prefetch(all_.jobs.of(firm[at + kNear]).data());
            __builtin_prefetch(all_.sectors.of(firm[at + kNear]).data());
        }
    }

    static void add_size(const Firm& known, std::uint32_t sites, double weight, Tally& tally) {
        tally.largest_sites = std::max(tally.largest_sites, sites);
        tally.squared_sites += static_cast<double>(sites) * sites;
        if (known.employees != kNotKnown) {
            tally.employees.add(known.employees * weight);
            constexpr std::array<std::int32_t, 3> kBelow{10, 50, 250};
            const auto band = std::upper_bound(kBelow.begin(), kBelow.end(), known.employees);
            ++tally.size_bands[static_cast<std::size_t>(band - kBelow.begin())];
        }
        if (!std::isnan(known.turnover_gbp)) {
            tally.turnover_gbp.add(known.turnover_gbp * weight);
        }
    }

    void add_jobs(std::uint32_t firm, double weight, Tally& tally, Workbench& bench) const {
        const std::span<const YearJobs> jobs = all_.jobs.of(firm);
        for (const YearJobs& each : jobs) {
            bench.by_year[static_cast<std::size_t>(each.year - job_years_.first)].add(
                each.employees * weight);
        }
        add_growth(jobs, weight, date_.year, tally.growth);
    }

    void add_age(const Firm& known, Tally& tally, Workbench& bench) const {
        if (known.born == kNotKnown) {
            return;
        }
        ++tally.with_age;
        bench.born_years.push_back(known.born_year);
        tally.young += known.born > date_.five_years_before ? 1U : 0U;
        tally.alive_before += known.born <= date_.five_years_before ? 1U : 0U;
        const std::size_t band = known.born > date_.two_years_before      ? 0
                                 : known.born > date_.five_years_before   ? 1
                                 : known.born > date_.ten_years_before    ? 2
                                 : known.born > date_.twenty_years_before ? 3
                                                                          : 4;
        ++tally.age_bands[band];
    }

    /// A firm without a date of incorporation counts as alive throughout, one that died counts no
    /// more at the end of that year.
    void add_life(std::int16_t born, std::int16_t died, Life& life) const {
        const auto slot = [this](std::int16_t year) { return year - (date_.year - kYears + 1); };
        const std::int32_t from = born == kNoYear ? 0 : slot(born);
        const std::int32_t to = died == kNoYear ? kYears : slot(died);
        if (born != kNoYear && from >= 0 && from < kYears) {
            ++life.years[static_cast<std::size_t>(from)].births;
        }
        if (died != kNoYear && to >= 0 && to < kYears) {
            ++life.years[static_cast<std::size_t>(to)].deaths;
        }
        const std::int32_t begin = std::clamp(from, 0, kYears);
        const std::int32_t end = std::clamp(to, 0, kYears);
        if (begin < end) {
            ++life.steps[static_cast<std::size_t>(begin)];
            --life.steps[static_cast<std::size_t>(end)];
        }
    }

    /// The years, and nothing left.
    static std::array<YearTally, kYears> take_life(Life& life) {
        std::int32_t alive = 0;
        for (std::size_t i = 0; i < life.years.size(); ++i) {
            alive += life.steps[i];
            life.years[i].enterprises = static_cast<std::uint32_t>(alive);
        }
        return std::exchange(life, {}).years;
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
            const std::int16_t industry = all_.firm[firm].industry;
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
            if (const std::int32_t employees = all_.firm[own.firm[at]].employees;
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
