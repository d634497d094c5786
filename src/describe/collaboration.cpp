#include "describe/collaboration.hpp"

#include "base/parallel.hpp"
#include "base/simd.hpp"
#include "describe/random.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <limits>

namespace icmap::describe {
namespace {

constexpr int kEnough = 20; // replicates at or above the observed count that settle the matter

/// Counts pairs of firms in the same project, again and again without clearing anything: what an
/// earlier count left is known by its numbers of firms, which grow from count to count.
class PairCounter {
  public:
    explicit PairCounter(std::uint32_t projects) : seen_(projects) {}

    /// Begins another count.
    void begin(std::uint32_t firms) {
        if (firms > std::numeric_limits<std::uint32_t>::max() - next_) {
            seen_.assign(seen_.size(), Seen{});
            next_ = 1;
        }
        first_ = next_;
        next_ += firms;
    }
    /// Asks for what add will look at.
    void fetch(std::uint32_t project) const { __builtin_prefetch(&seen_[project], 1); }
    /// Adds one participation. \param firm from 0, one after another
    /// \returns with how many others it meets there
    std::uint32_t add(std::uint32_t firm, std::uint32_t project) {
        Seen& seen = seen_[project];
        const std::uint32_t number = first_ + firm;
        const std::uint32_t before = seen.last < first_ ? 0 : seen.firms;
        const std::uint32_t is_other = seen.last != number ? 1 : 0;
        seen = {before + is_other, number};
        return is_other * before;
    }

  private:
    struct Seen {
        std::uint32_t firms = 0;
        std::uint32_t last = 0; ///< number of a firm
    };
    std::vector<Seen> seen_;
    std::uint32_t first_ = 1; ///< number of the first firm of this count
    std::uint32_t next_ = 1;  ///< of the next
};

/// The next slots of a stream of numbers.
ICMAP_SIMD_CLONES
void foresee(const Random& random, std::uint32_t slots, std::span<std::uint32_t> drawn) {
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        drawn[i] = Random::below(slots, random.ahead(i));
    }
}

/// Draws slots without replacement; forgetting all draws is one addition. Slots lie anywhere in
/// memory: the fewer bytes, the more of them stay in the cache.
class SlotDraw {
  public:
    /// \param projects fewer than 2^31
    SlotDraw(std::span<const std::uint32_t> project_of_slot, std::uint32_t projects)
        : slots_(project_of_slot.begin(), project_of_slot.end()),
          project_bits_(static_cast<unsigned>(std::bit_width(projects))),
          is_project_((std::uint32_t{1} << project_bits_) - 1) {}

    void restart() {
        if (round_ == ~std::uint32_t{0} >> project_bits_) {
            for (std::uint32_t& slot : slots_) {
                slot &= is_project_;
            }
            round_ = 0;
        }
        ++round_;
    }
    /// Takes up another stream of numbers.
    void begin(const Random& random) {
        random_ = random;
        look_ahead(ahead_);
    }
    /// Draws a slot for each place. \param see called with each project
    template <class See>
    void draw(std::span<std::uint32_t> projects, See&& see) {
        const std::uint32_t round = round_ << project_bits_;
        for (std::uint32_t& project : projects) {
            std::uint32_t* slot = &next();
            while ((*slot & ~is_project_) == round) {
                slot = &next();
            }
            project = *slot & is_project_;
            *slot = project | round;
            see(project);
        }
    }

  private:
    static constexpr std::size_t kAhead = 16;
    static constexpr std::size_t kAtOnce = 128;

    /// The next slot of the stream; those that come soon are asked for.
    std::uint32_t& next() {
        if (at_ == kAtOnce) {
            std::copy(ahead_.begin() + kAtOnce, ahead_.end(), ahead_.begin());
            look_ahead(std::span(ahead_).subspan(kAhead));
        }
        __builtin_prefetch(&slots_[ahead_[at_ + kAhead]], 1);
        return slots_[ahead_[at_++]];
    }
    void look_ahead(std::span<std::uint32_t> ahead) {
        foresee(random_, static_cast<std::uint32_t>(slots_.size()), ahead);
        random_.skip(ahead.size());
        at_ = 0;
    }

    std::vector<std::uint32_t> slots_; ///< project and, above it, the round it was drawn in last
    unsigned project_bits_;
    std::uint32_t is_project_;
    std::uint32_t round_ = 0;
    Random random_{0, 0};
    std::array<std::uint32_t, kAtOnce + kAhead> ahead_{};
    std::size_t at_ = 0;
};

/// The chance that two slots drawn are of one project.
double same_project_chance(const ProjectSlots& slots) {
    std::vector<double> size(slots.projects, 0.0);
    for (const std::uint32_t project : slots.project_of_slot) {
        size[project] += 1.0;
    }
    double same_project = 0.0;
    for (const double k : size) {
        same_project += k * (k - 1.0);
    }
    const auto all = static_cast<double>(slots.project_of_slot.size());
    return all > 1.0 ? same_project / (all * (all - 1.0)) : 0.0;
}

/// Pairs of stubs that belong to different firms.
double pairs_of_firms(MemberStubs stubs) {
    const auto own = static_cast<double>(stubs.size());
    double pairs = own * (own - 1.0);
    for (std::size_t begin = 0; begin < stubs.size();) {
        std::size_t end = begin;
        while (end < stubs.size() && stubs[end].first == stubs[begin].first) {
            ++end;
        }
        const auto of_firm = static_cast<double>(end - begin);
        pairs -= of_firm * (of_firm - 1.0);
        begin = end;
    }
    return pairs / 2.0;
}

/// What one thread needs.
struct Bench {
    PairCounter pairs;
    SlotDraw draw;
    std::vector<std::uint32_t> firms{};    ///< of the stubs, from 0
    std::vector<std::uint32_t> projects{}; ///< drawn in one replicate
};

/// Numbers the firms of stubs. \returns how many there are
std::uint32_t number_firms(MemberStubs stubs, std::vector<std::uint32_t>& firms) {
    firms.resize(stubs.size());
    std::uint32_t numbered = 0;
    for (std::size_t i = 0; i < stubs.size(); ++i) {
        numbered += i == 0 || stubs[i].first != stubs[i - 1].first ? 1U : 0U;
        firms[i] = numbered - 1;
    }
    return numbered;
}

/// Pairs of firms in one replicate: what is drawn is counted a little later, when it has come.
std::uint32_t draw_pairs(std::uint32_t firms, Bench& bench) {
    constexpr std::size_t kAtOnce = 32;
    const std::size_t stubs = bench.firms.size();
    bench.projects.resize(stubs);
    bench.draw.restart();
    bench.pairs.begin(firms);
    std::uint32_t pairs = 0;
    std::size_t counted = 0;
    const auto count_up_to = [&](std::size_t end) {
        for (; counted < end; ++counted) {
            pairs += bench.pairs.add(bench.firms[counted], bench.projects[counted]);
        }
    };
    for (std::size_t begin = 0; begin < stubs; begin += kAtOnce) {
        bench.draw.draw(std::span(bench.projects).subspan(begin, std::min(kAtOnce, stubs - begin)),
                        [&](std::uint32_t project) { bench.pairs.fetch(project); });
        count_up_to(begin);
    }
    count_up_to(stubs);
    return pairs;
}

/// What is counted, and expected of a draw; the chance is not told yet.
Collaboration count(MemberStubs stubs, double same_project, PairCounter& pairs,
                    std::vector<std::uint32_t>& numbers) {
    Collaboration result;
    pairs.begin(number_firms(stubs, numbers));
    for (std::size_t i = 0; i < stubs.size(); ++i) {
        const std::uint32_t others = pairs.add(numbers[i], stubs[i].second);
        result.pairs += others;
        result.joint_projects += others == 1 ? 1U : 0U;
    }
    result.expected_pairs = pairs_of_firms(stubs) * same_project;
    return result;
}

/// The chance of so many pairs.
double draw_chance(MemberStubs stubs, std::uint32_t pairs, int replicates, const Random& random,
                   Bench& bench) {
    const std::uint32_t firms = number_firms(stubs, bench.firms);
    int reached = 0;
    int done = 0;
    bench.draw.begin(random);
    while (done < replicates && reached < kEnough) {
        reached += draw_pairs(firms, bench) >= pairs ? 1 : 0;
        ++done;
    }
    return reached == kEnough ? static_cast<double>(reached) / done
                              : static_cast<double>(reached + 1) / (done + 1);
}

} // namespace

std::vector<Collaboration> collaborations(const ProjectSlots& slots,
                                          std::span<const MemberStubs> clusters, int replicates,
                                          std::uint64_t seed) {
    std::vector<Collaboration> results(clusters.size());
    const double same_project = same_project_chance(slots);
    parallel_ranges(clusters.size(), 4096, [&](std::size_t begin, std::size_t end) {
        PairCounter pairs(slots.projects);
        std::vector<std::uint32_t> numbers;
        for (std::size_t i = begin; i < end; ++i) {
            results[i] = count(clusters[i], same_project, pairs, numbers);
        }
    });
    // Those with most to draw first: threads end together.
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        if (results[i].pairs > 0 && clusters[i].size() <= slots.project_of_slot.size()) {
            drawn.push_back(i);
        }
    }
    std::stable_sort(drawn.begin(), drawn.end(), [&](std::size_t a, std::size_t b) {
        return clusters[a].size() > clusters[b].size();
    });
    std::atomic<std::size_t> next = 0;
    parallel_for_each(static_cast<std::size_t>(thread_count()), 1, [&](std::size_t) {
        Bench bench{PairCounter(slots.projects), SlotDraw(slots.project_of_slot, slots.projects)};
        for (std::size_t k = next++; k < drawn.size(); k = next++) {
            // A stream of its own for each cluster: whose turn it is does not matter.
            const std::size_t i = drawn[k];
            results[i].p =
                draw_chance(clusters[i], results[i].pairs, replicates, Random(seed, i), bench);
        }
    });
    return results;
}

} // namespace icmap::describe
