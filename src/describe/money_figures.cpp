#include "describe/money_figures.hpp"

#include "describe/exact_decimal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

/// Awards or deals of one cluster.
struct Received {
    std::uint64_t count = 0;
    std::uint64_t known = 0; ///< of these, with an amount
    ExactDecimal sum;

    void add(const std::optional<std::int64_t>& pence, double weight) {
        ++count;
        if (pence) {
            ++known;
            sum.add_share(*pence, weight);
        }
    }
    [[nodiscard]] bool has_no_amounts() const { return count > 0 && known == 0; }
    /// The share whose amount is known; of nothing, all.
    [[nodiscard]] double coverage() const {
        return count > 0 ? static_cast<double>(known) / static_cast<double>(count) : 1.0;
    }
};

struct PurseKind {
    std::string_view measure;
    Purse purse;
    std::string_view adjective;
    std::string_view name;
};
constexpr std::string_view kPublicMoney = "public_funding_gbp";
constexpr std::array<PurseKind, 3> kPurses{
    {{"innovate_uk_funding_gbp", Purse::innovate_uk, "Innovate UK", "Innovate UK"},
     {"ukri_funding_gbp", Purse::ukri, "UKRI", "UKRI"},
     {"eu_funding_gbp", Purse::eu, "EU", "the EU"}}};

/// What is added up over the enterprises of one cluster.
struct Sums {
    Received all;
    std::array<Received, kPurses.size()> purses;
    Received deals;
};

Sums sum_up(std::span<const EngagedFirm> firms, const MoneyColumns& money) {
    Sums sums;
    for (const EngagedFirm& each : firms) {
        for (const Award& award : money.awards.of(each.firm)) {
            sums.all.add(award.pence, each.weight);
            for (std::size_t i = 0; i < kPurses.size(); ++i) {
                if (award.purse == kPurses.at(i).purse) {
                    sums.purses.at(i).add(award.pence, each.weight);
                }
            }
        }
        for (const Deal& deal : money.deals.of(each.firm)) {
            sums.deals.add(deal.pence, each.weight);
        }
    }
    return sums;
}

/// Projects of Innovate UK that two members or more are in. \param met room to work in
std::size_t count_meetings(std::span<const EngagedFirm> firms, const MoneyColumns& money,
                           std::vector<std::uint32_t>& met) {
    met.clear();
    for (const EngagedFirm& each : firms) {
        for (const Award& award : money.awards.of(each.firm)) {
            if (award.purse == Purse::innovate_uk) {
                met.push_back(award.project); // a firm has one award of a project
            }
        }
    }
    std::sort(met.begin(), met.end());
    std::size_t meetings = 0;
    for (std::size_t i = 1; i < met.size(); ++i) {
        const bool is_second = met[i] == met[i - 1] && (i == 1 || met[i - 2] != met[i]);
        meetings += is_second ? 1U : 0U;
    }
    return meetings;
}

class Teller {
  public:
    Teller(const Context& context, FigureTable& figures) : context_(context), figures_(figures) {}

    void tell(std::size_t row, const Sums& sums) {
        const std::string no_award(missing(sums.all, "publicly funded", "", true));
        set(row, kPublicMoney, sums.all.sum.value(), sums.all.coverage(), no_award);
        const std::array<bool, kPurses.size()> is_there{context_.has_innovate_uk, context_.has_ukri,
                                                        context_.has_eu};
        for (std::size_t i = 0; i < kPurses.size(); ++i) {
            const auto& [measure, purse, adjective, name] = kPurses.at(i);
            const Received& of = sums.purses.at(i);
            set(row, measure, of.sum.value(), of.coverage(),
                missing(of, adjective, name, is_there.at(i)));
        }
        tell_deals(row, sums, no_award);
        for (const std::string_view year : {"2019_20", "2020_21", "2021_22"}) {
            set(row, fmt::format("rd_tax_credit_{}_gbp", year), 0.0, 0.0,
                "R&D tax relief is published by no open source at this level");
        }
    }

    void tell_meetings(std::size_t row, std::size_t meetings) {
        set(row, "innovate_uk_joint_projects", static_cast<double>(meetings), 1.0,
            !context_.has_projects      ? kNoProjects
            : !context_.has_innovate_uk ? "no project in the sources is of Innovate UK"
                                        : "");
    }

  private:
    /// A value, unless there is a reason for none.
    void set(std::size_t row, std::string_view measure, double value, double coverage,
             std::string_view reason) {
        figures_.set(row, measure, reason.empty() ? value : std::nan(""), coverage, reason);
    }

    /// Why a sum of awards is not known; empty: it is.
    std::string_view missing(const Received& of, std::string_view adjective, std::string_view name,
                             bool is_there) {
        if (!context_.has_projects) {
            return kNoProjects;
        }
        if (!is_there) {
            return reason_ = fmt::format("no project in the sources is of {}", name);
        }
        return of.has_no_amounts()
                   ? reason_ = fmt::format("the sources give no amounts for the {} projects here",
                                           adjective)
                   : std::string_view();
    }

    void tell_deals(std::size_t row, const Sums& sums, std::string_view no_award) {
        const Received& deals = sums.deals;
        const std::string_view no_deal = !context_.has_deals ? kNoDeals
                                         : deals.has_no_amounts()
                                             ? "the deals known here have no amounts"
                                             : "";
        set(row, "private_investment_gbp", deals.sum.value(), deals.coverage(), no_deal);
        set(row, "deals", static_cast<double>(deals.count), 1.0,
            context_.has_deals ? "" : kNoDeals);
        const double public_gbp = sums.all.sum.value();
        set(row, "leverage", deals.sum.value() / public_gbp,
            std::min(sums.all.coverage(), deals.coverage()),
            !no_deal.empty()    ? no_deal
            : !no_award.empty() ? no_award
            : public_gbp == 0.0 ? "no public funding is known here"
                                : "");
    }

    const Context& context_;
    FigureTable& figures_;
    std::string reason_;
};

} // namespace

void tell_money(const Context& context, const ClusterTable& clusters, const EngagedFirms& engaged,
                const MoneyColumns& money, FigureTable& figures) {
    Teller teller(context, figures);
    std::vector<std::uint32_t> met;
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        teller.tell(row, sum_up(engaged.of(row), money));
        teller.tell_meetings(row, count_meetings(engaged.of(row), money, met));
    }
}

} // namespace icmap::describe
