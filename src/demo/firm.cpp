#include "demo/firm.hpp"

#include "demo/names.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::demo {

const std::array<const char*, 8> kCategories{
    "Private Limited Company",
    "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)",
    "Community Interest Company",
    "PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)",
    "Public Limited Company",
    "Private Unlimited Company",
    "Other company type",
    "Limited Liability Partnership",
};

const std::array<const char*, 5> kStatuses{
    "Active",
    "Active - Proposal to Strike off",
    "Liquidation",
    "In Administration",
    "Live but Receiver Manager on at least one charge",
};

namespace {

constexpr std::uint8_t kPartnership = 7;
// One firm in two hundred is a limited liability partnership.
constexpr std::uint64_t kPartnershipEvery = 200;
// Highest numbers that the registers had reached by the end of 2024, rounded.
constexpr std::array<std::uint64_t, kRegisters> kHighestNumber{16'060'000, 829'000, 721'000};

std::uint8_t draw(Random& random, std::initializer_list<double> shares) {
    double at = random.unit();
    std::uint8_t index = 0;
    for (const double share : shares) {
        if (at < share) {
            return index;
        }
        at -= share;
        ++index;
    }
    return 0;
}

/// The day at a rank in [0, 1) of the register by age.
Day day_of_rank(double rank) {
    const Tables& t = tables();
    static const std::vector<double> kUpTo = [&t] {
        std::vector<double> cumulative;
        const auto rows = parse_csv(authored_text("incorporation_years.csv"));
        double sum = 0.0;
        for (const auto& row : rows) {
            sum += std::stod(row[2]);
            cumulative.push_back(sum / t.year_weight.total());
        }
        return cumulative;
    }();
    const auto band =
        static_cast<std::size_t>(std::ranges::upper_bound(kUpTo, rank) - kUpTo.begin());
    const std::size_t i = std::min(band, kUpTo.size() - 1);
    const double from = i == 0 ? 0.0 : kUpTo[i - 1];
    const double part = (rank - from) / (kUpTo[i] - from);
    const Day first = day_of(t.years[i][0], 1, 1);
    const Day end = std::min(day_of(t.years[i][1] + 1, 1, 1), as_of_day());
    return first + static_cast<Day>(part * (end - first));
}

} // namespace

int draw_employees(Random& random) {
    // Quantiles of what small firms file: a fifth none, half at most one, a tenth more than eight,
    // one in a hundred more than sixty.
    const double u = random.unit();
    if (u < 0.20) {
        return 0;
    }
    if (u < 0.50) {
        return 1;
    }
    if (u < 0.70) {
        return 2;
    }
    if (u < 0.90) {
        return 3 + static_cast<int>(random.below(6));
    }
    // Pareto with exponent 1.33 from 8 upwards, cut where the largest private employers are.
    const double v = std::max((1.0 - u) / 0.10, 1e-6);
    return std::min(60000, static_cast<int>(8.0 / (std::sqrt(v) * std::sqrt(std::sqrt(v)))));
}

FirmMaker::FirmMaker(const Plan& plan) : plan_(&plan) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
        spread_.emplace_back(plan.register_size[r], plan.options.seed + r);
    }
}

void FirmMaker::make(std::uint64_t ordinal, std::uint64_t in_register, Nation nation,
                     std::string_view town, int cluster, Firm& out) const {
    Random random(plan_->options.seed, 3, ordinal);
    out = Firm{};
    out.cluster = cluster;
    number_and_founding(ordinal, in_register, nation, out);
    trade(random, out);
    research(random, out);
    people(random, out);
    naming(random, town, out);
}

void FirmMaker::number_and_founding(std::uint64_t ordinal, std::uint64_t in_register, Nation nation,
                                    Firm& out) const {
    const std::size_t r = register_of(nation);
    const auto size = static_cast<double>(plan_->register_size[r]);
    // Numbers rise with the day of incorporation, as in the registers themselves.
    const double rank = (static_cast<double>(spread_[r](in_register)) + 0.5) / size;
    const auto number =
        1 + static_cast<std::uint64_t>(rank * static_cast<double>(kHighestNumber[r]));
    out.founded = day_of_rank(rank);
    if (r == 0 && ordinal % kPartnershipEvery == 7) {
        out.category = kPartnership;
        out.number = "OC";
        append_padded(out.number, 300000 + ordinal / kPartnershipEvery, 6);
        out.founded = std::max(out.founded, day_of(2001, 4, 6)); // the first such partnerships
        return;
    }
    out.number = r == 1 ? "SC" : r == 2 ? "NI" : "";
    append_padded(out.number, number, r == 0 ? 8 : 6);
}

void FirmMaker::trade(Random& random, Firm& out) const {
    const Tables& t = tables();
    if (out.cluster >= 0) {
        const PlantedCluster& cluster = plan_->clusters[static_cast<std::size_t>(out.cluster)];
        out.topic =
            cluster.sector >= 0 ? cluster.sector : static_cast<int>(t.sector_weight.pick(random));
        const auto& sector = t.sectors[static_cast<std::size_t>(out.topic)];
        out.sic[0] = static_cast<std::uint16_t>(sector.sic[sector.sic_weight.pick(random)]);
    } else {
        out.sic[0] = static_cast<std::uint16_t>(t.sic_weight.pick(random));
    }
    // 84 % of firms give one code, 10 % two, 3.5 % three, 2.5 % four.
    const bool has_code = t.sic[out.sic[0]].text != "None Supplied";
    out.sic_count = static_cast<std::uint8_t>(1 + draw(random, {0.84, 0.10, 0.035, 0.025}));
    if (!has_code || t.sic[out.sic[0]].code == "99999") {
        out.sic_count = 1;
    }
    for (std::uint8_t i = 1; i < out.sic_count; ++i) {
        const auto more = static_cast<std::uint16_t>(t.sic_weight.pick(random));
        const std::string& code = t.sic[more].code;
        const bool is_new =
            std::find(out.sic.begin(), out.sic.begin() + i, more) == out.sic.begin() + i;
        if (!is_new || code == "99999" || code == "None Supplied") {
            out.sic_count = i;
            break;
        }
        out.sic[i] = more;
    }
    if (out.category != kPartnership) {
        out.category = draw(random, {0.9645, 0.020, 0.0075, 0.0068, 0.0006, 0.0004, 0.0002});
    }
    out.status = out.cluster >= 0 ? draw(random, {0.97, 0.02, 0.01})
                                  : draw(random, {0.908, 0.0670, 0.0243, 0.0004, 0.0003});
}

void FirmMaker::research(Random& random, Firm& out) const {
    double probability = tables().sic[out.sic[0]].is_technical ? 0.045 : 0.004;
    if (out.cluster >= 0) {
        switch (plan_->clusters[static_cast<std::size_t>(out.cluster)].type) {
        case ClusterType::specialised:
            probability = 0.25;
            break;
        case ClusterType::collaborating:
            probability = 0.65;
            break;
        case ClusterType::diverse:
            probability = 0.9;
            break;
        }
    }
    const Day oldest_too_young = day_of(2024, 1, 1);
    out.is_active_in_rd = random.chance(probability) && out.founded < oldest_too_young;
    if (out.cluster < 0 && out.is_active_in_rd && random.chance(0.25)) {
        out.topic = static_cast<int>(tables().sector_weight.pick(random));
    }
}

void FirmMaker::people(Random& random, Firm& out) const {
    out.employees = draw_employees(random);
    if (out.is_active_in_rd || out.cluster >= 0) {
        out.employees += random.between(1, 12); // those who do research have people to do it
    }
    // Half of all companies report employees in what they file; those that do research mostly do.
    out.files_employees = random.chance(out.is_active_in_rd ? 0.85 : 0.42);
}

void FirmMaker::naming(Random& random, std::string_view town, Firm& out) const {
    const Tables& t = tables();
    const auto make_one = [&] {
        if (out.topic >= 0 && (out.cluster >= 0 || random.chance(0.5))) {
            const auto& sector = t.sectors[static_cast<std::size_t>(out.topic)];
            return planted_name(random, sector, random.chance(sector.by_words ? 0.7 : 0.45));
        }
        return ordinary_name(random, t.sic[out.sic[0]], town);
    };
    std::string form;
    switch (out.category) {
    case 2:
        form = random.chance(0.7) ? " CIC" : " C.I.C.";
        break;
    case 3:
        break;
    case 4:
        form = " PLC";
        break;
    case kPartnership:
        form = " LLP";
        break;
    default:
        form = random.chance(0.5) ? " LIMITED" : random.chance(0.98) ? " LTD" : " LTD.";
    }
    out.name = make_one() + form;
    const Day age = as_of_day() - out.founded;
    if (age > 800 && random.chance(0.09)) {
        out.former_name = make_one() + form;
        out.renamed = out.founded + 200 + static_cast<Day>(random.unit() * (age - 300));
    }
}

} // namespace icmap::demo
