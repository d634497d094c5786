#include "describe/tallies.hpp"

#include "base/parallel.hpp"
#include "describe/firm_lines.hpp"

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

/// Counts of things by number; left empty after each cluster.
class Counter {
  public:
    void count(std::uint32_t what) {
        if (what >= counts_.size()) {
            counts_.resize(what + 1, 0);
        }
        if (counts_[what]++ == 0) {
            touched_.push_back(what);
        }
    }
    /// The counts in order, and nothing left.
    Counts take() {
        std::sort(touched_.begin(), touched_.end());
        Counts taken;
        taken.reserve(touched_.size());
        for (const std::uint32_t what : touched_) {
            taken.emplace_back(what, std::exchange(counts_[what], 0U));
        }
        touched_.clear();
        return taken;
    }

  private:
    std::vector<std::uint32_t> counts_;
    std::vector<std::uint32_t> touched_;
};

/// What one thread needs; left empty after each cluster.
struct Workbench {
    Counter by_sector;
    Counter by_industry;
    Counter by_sites;
    std::vector<SumTally> by_year;
    std::vector<JobShare> jobs; ///< of one enterprise
    Life life;
    std::vector<std::int16_t> born_years;
    std::vector<std::pair<std::int64_t, std::uint32_t>> employers;
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
          job_years_(years_of_jobs(all)), lines_(all) {}

    Tally tell(std::size_t cluster, std::span<const std::uint32_t> former, Workbench& bench) const {
        Tally tally;
        const Memberships& own = members_.enterprises;
        bench.by_year.assign(static_cast<std::size_t>(job_years_.last - job_years_.first + 1), {});
        bench.born_years.clear();
        for (std::size_t at = own.first[cluster]; at < own.first[cluster + 1]; ++at) {
            fetch_ahead(at);
            const std::uint32_t firm = own.firm[at];
            const FirmLine& known = lines_.of(firm);
            const double weight = weight_of(known.density_sites, own.sites[at]);
            add_size(known, own.sites[at], weight, tally);
            add_jobs(firm, weight, tally, bench);
            add_age(known, tally, bench);
            add_life(known.born_year, kNoYear, bench.life);
            add_kinds(cluster, firm, bench);
            bench.by_sites.count(own.sites[at]);
            if (known.employees != kNotKnown) {
                bench.employers.emplace_back(-std::int64_t{known.employees}, firm);
            }
        }
        tally.by_sites = bench.by_sites.take();
        tally.sectors = bench.by_sector.take();
        tally.industries = bench.by_industry.take();
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
        list_employers(bench.employers, tally);
        return tally;
    }

  private:
    /// Memberships come in any order of memory: what will be looked at soon is asked for now.
    void fetch_ahead(std::size_t at) const {
        constexpr std::size_t kFar = 16;
        const auto& firm = members_.enterprises.firm;
        if (at + kFar < firm.size()) {
            __builtin_prefetch(&lines_.of(firm[at + kFar]));
        }
    }

    static void add_size(const FirmLine& known, std::uint32_t sites, double weight, Tally& tally) {
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
        bench.jobs.clear();
        lines_.for_each_job(firm, [&](std::int32_t year, std::int32_t employees) {
            const auto part =
                static_cast<std::int64_t>(SumTally::millionths_of(employees * weight));
            bench.by_year[static_cast<std::size_t>(year - job_years_.first)].add_millionths(part);
            bench.jobs.push_back({year, employees, part});
        });
        add_growth(bench.jobs, date_.year, tally.growth);
    }

    void add_age(const FirmLine& known, Tally& tally, Workbench& bench) const {
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

    void add_kinds(std::size_t cluster, std::uint32_t firm, Workbench& bench) const {
        lines_.for_each_sector(firm, [&](std::uint32_t sector) {
            if (sector != members_.clusters.sector_id[cluster]) {
                bench.by_sector.count(sector);
            }
        });
        const std::int16_t industry = lines_.of(firm).industry;
        if (industry >= 0 && static_cast<std::size_t>(industry) < kIndustries) {
            bench.by_industry.count(static_cast<std::uint32_t>(industry));
        }
    }

    /// \param known (employees below nought, firm), left empty
    void list_employers(std::vector<std::pair<std::int64_t, std::uint32_t>>& known,
                        Tally& tally) const {
        const auto end =
            known.begin() + static_cast<std::ptrdiff_t>(std::min(list_length_, known.size()));
        std::partial_sort(known.begin(), end, known.end());
        for (auto each = known.begin(); each != end; ++each) {
            tally.largest_employers.emplace_back(each->second,
                                                 static_cast<std::uint32_t>(-each->first));
        }
        known.clear();
    }

    const RegisterColumns& all_;
    const Members& members_;
    const TellingDate& date_;
    std::size_t list_length_;
    JobYears job_years_;
    FirmLines lines_;
};

} // namespace

std::vector<Tally> tally_clusters(const RegisterColumns& all, const Members& members,
                                  const Lists<std::uint32_t>& former, const TellingDate& date,
                                  std::size_t list_length) {
    const Teller teller(all, members, date, list_length);
    std::vector<Tally> tallies(members.clusters.size());
    parallel_ranges(tallies.size(), 16, [&](std::size_t begin, std::size_t end) {
        Workbench bench;
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = members.locations.by_place[k];
            tallies[i] = teller.tell(i, former.of(i), bench);
        }
    });
    return tallies;
}

} // namespace icmap::describe
