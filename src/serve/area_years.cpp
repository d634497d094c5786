#include "serve/area_years.hpp"

#include "serve/json_writer.hpp"
#include "serve/queries.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <span>

namespace icmap::serve {
namespace {
using store::Chunk;

constexpr std::uint8_t kNever = 255;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// A project that a firm takes part in, or a deal of it.
struct Money {
    std::uint32_t firm = 0;
    std::uint32_t project = kNone; ///< kNone: a deal
    std::uint8_t year = 0;
    std::optional<double> gbp;
};

/// A site of a firm in an area.
struct Visit {
    std::uint32_t firm = 0, area = 0;
    bool is_office = false;
    bool operator<(const Visit& other) const {
        return firm != other.firm ? firm < other.firm : area < other.area;
    }
};

/// A project of a firm inside an area.
struct Begun {
    std::uint32_t area = 0;
    std::uint8_t year = 0;
    std::uint32_t project = 0;
    auto operator<=>(const Begun&) const = default;
};

template <class Number>
void write_known(JsonWriter& json, std::string_view key, bool is_known, Number number) {
    json.key(key);
    if (is_known) {
        json.value(number);
    } else {
        json.null();
    }
}

} // namespace

/// Reads the register by firm, then adds each firm to the areas it has a site in.
class AreaYearsReader {
  public:
    AreaYearsReader(store::Connection& session, const Catalogue& catalogue,
                    const std::atomic<bool>& is_closing)
        : session_(&session), catalogue_(&catalogue), is_closing_(&is_closing) {}

    Result<AreaYears> read() {
        ICMAP_TRY(read_years());
        if (years_.span_ > 0) {
            ICMAP_TRY(read_firms());
            ICMAP_TRY(read_sites());
            ICMAP_TRY(read_filings());
            ICMAP_TRY(read_money());
            ICMAP_TRY(add_sites());
            add_visits();
            finish();
        }
        return std::move(years_);
    }

  private:
    Result<void> read_years();
    Result<void> read_firms();
    Result<void> read_sites();
    Result<void> read_filings();
    Result<void> read_money();
    Result<void> add_sites();
    void add_visits();
    void add_firm(std::uint32_t area, std::uint32_t firm, bool has_office);
    void add_money(std::uint32_t area, const Money& money, double weight);
    void finish();
    AreaYears::Sums* sums_of(std::uint32_t area) { return &years_.sums_[area * years_.span_]; }

    store::Connection* session_;
    const Catalogue* catalogue_;
    const std::atomic<bool>* is_closing_;
    AreaYears years_;
    std::vector<std::uint8_t> begins_, ends_; ///< by firm: years counted from the first
    std::vector<std::uint32_t> firm_of_site_;
    std::vector<bool> is_office_;                ///< by site
    std::vector<std::uint16_t> sites_;           ///< of a firm
    std::vector<bool> is_single_;                ///< a firm of one site and without money
    std::vector<std::uint32_t> first_filing_;    ///< by firm, and one more
    std::vector<std::uint8_t> filing_year_;      ///< by firm, then year
    std::vector<std::int32_t> filing_employees_; ///< beside it
    std::vector<Money> money_;                   ///< by firm
    std::vector<Visit> visits_;                  ///< of firms that are not single
    std::vector<Begun> begun_;
};

Result<void> AreaYearsReader::read_years() {
    constexpr std::int32_t kMostYears = 250;
    std::set<std::int32_t> years;
    for (const YearEntry& entry : catalogue_->years) {
        years.insert(entry.year);
    }
    if (years.empty()) {
        return {};
    }
    if (*years.rbegin() - *years.begin() >= kMostYears) {
        return internal_error("the map has more years than can be summed");
    }
    years_.years_.assign(years.begin(), years.end());
    years_.first_year_ = *years.begin();
    years_.span_ = static_cast<std::size_t>(*years.rbegin() - *years.begin() + 1);
    std::uint32_t last_area = 0;
    for (const AreaEntry& area : catalogue_->areas) {
        last_area = std::max(last_area, area.id);
    }
    years_.sums_.resize((last_area + std::size_t{1}) * years_.span_);
    return session_->read(
        "select series, first_year::integer, last_year::integer, first_is_part, last_is_part from "
        "year_coverage",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::int32_t first = chunk.column<std::int32_t>(1)[i];
                const std::int32_t last = chunk.column<std::int32_t>(2)[i];
                const AreaYears::Held held{first, last, first + (chunk.column<bool>(3)[i] ? 1 : 0),
                                           last - (chunk.column<bool>(4)[i] ? 1 : 0)};
                const std::string_view series = chunk.text(0, i);
                (series == "employees"            ? years_.employees_
                 : series == "public_funding_gbp" ? years_.public_money_
                                                  : years_.private_money_) = held;
            }
        });
}

Result<void> AreaYearsReader::read_firms() {
    ICMAP_ASSIGN(const std::int64_t count,
                 session_->integer("select coalesce(max(firm_id) + 1, 0) from firm"));
    begins_.assign(static_cast<std::size_t>(count), kNever);
    ends_.assign(begins_.size(), kNever);
    return read_rows(*session_, "year_firms",
                     [&](const Chunk& chunk) {
                         const auto firm = chunk.column<std::uint32_t>(0);
                         const auto begins = chunk.column<std::uint8_t>(1);
                         const auto ends = chunk.column<std::uint8_t>(2);
                         for (std::size_t i = 0; i < chunk.size() && !*is_closing_; ++i) {
                             begins_[firm[i]] = begins[i];
                             ends_[firm[i]] = ends[i];
                         }
                     },
                     {std::int64_t{years_.first_year_}});
}

Result<void> AreaYearsReader::read_sites() {
    ICMAP_ASSIGN(const std::int64_t count,
                 session_->integer("select coalesce(max(site_id) + 1, 0) from site"));
    firm_of_site_.assign(static_cast<std::size_t>(count), kNone);
    is_office_.assign(firm_of_site_.size(), false);
    sites_.assign(begins_.size(), 0);
    ICMAP_TRY(session_->read(
        "select site_id, firm_id, kind = 'registered_office' from site", [&](const Chunk& chunk) {
            const auto site = chunk.column<std::uint32_t>(0);
            const auto firm = chunk.column<std::uint32_t>(1);
            const auto office = chunk.column<bool>(2);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                firm_of_site_[site[i]] = firm[i];
                is_office_[site[i]] = office[i];
                sites_[firm[i]] = static_cast<std::uint16_t>(
                    std::min<int>(sites_[firm[i]] + 1, std::numeric_limits<std::uint16_t>::max()));
            }
        }));
    is_single_.resize(sites_.size());
    for (std::size_t firm = 0; firm < sites_.size(); ++firm) {
        is_single_[firm] = sites_[firm] == 1;
    }
    return {};
}

Result<void> AreaYearsReader::read_filings() {
    first_filing_.assign(begins_.size() + 1, 0);
    std::uint32_t last = 0;
    bool is_in_order = true;
    ICMAP_TRY(read_rows(*session_, "year_filings",
                        [&](const Chunk& chunk) {
                            const auto firm = chunk.column<std::uint32_t>(0);
                            const auto year = chunk.column<std::uint8_t>(1);
                            const auto employees = chunk.column<std::int32_t>(2);
                            for (std::size_t i = 0; i < chunk.size() && !*is_closing_; ++i) {
                                is_in_order = is_in_order && firm[i] >= last;
                                last = firm[i];
                                // The latest of a year is the year's.
                                if (first_filing_[last + 1] > 0 && filing_year_.back() == year[i]) {
                                    filing_employees_.back() = employees[i];
                                    continue;
                                }
                                filing_year_.push_back(year[i]);
                                filing_employees_.push_back(employees[i]);
                                ++first_filing_[last + 1];
                            }
                        },
                        {std::int64_t{years_.first_year_}, std::int64_t{years_.years_.back()}}));
    for (std::size_t firm = 0; firm + 1 < first_filing_.size(); ++firm) {
        first_filing_[firm + 1] += first_filing_[firm];
    }
    if (!is_in_order) {
        return internal_error("the accounts are not in the order of their firms");
    }
    return {};
}

Result<void> AreaYearsReader::read_money() {
    return read_rows(*session_, "year_money",
                     [&](const Chunk& chunk) {
                         for (std::size_t i = 0; i < chunk.size(); ++i) {
                             Money money;
                             money.firm = chunk.column<std::uint32_t>(0)[i];
                             money.project =
                                 chunk.is_null(1, i) ? kNone : chunk.column<std::uint32_t>(1)[i];
                             money.year = chunk.column<std::uint8_t>(2)[i];
                             if (!chunk.is_null(3, i)) {
                                 money.gbp = chunk.column<double>(3)[i];
                             }
                             is_single_[money.firm] = false;
                             money_.push_back(money);
                         }
                     },
                     {std::int64_t{years_.first_year_}, std::int64_t{years_.years_.back()}});
}

Result<void> AreaYearsReader::add_sites() {
    return session_->read("select site_id, area_id from site_area", [&](const Chunk& chunk) {
        const auto site = chunk.column<std::uint32_t>(0);
        const auto area = chunk.column<std::uint32_t>(1);
        for (std::size_t i = 0; i < chunk.size() && !*is_closing_; ++i) {
            const std::uint32_t firm = firm_of_site_[site[i]];
            if (is_single_[firm]) {
                add_firm(area[i], firm, is_office_[site[i]]);
            } else {
                visits_.push_back({firm, area[i], is_office_[site[i]]});
            }
        }
    });
}

/// Firms with several sites, each once in an area, and what firms got, by the part of their sites
/// that is there.
void AreaYearsReader::add_visits() {
    std::stable_sort(visits_.begin(), visits_.end());
    auto money = money_.begin();
    for (std::size_t begin = 0; begin < visits_.size();) {
        const auto [firm, area, first_is_office] = visits_[begin];
        std::size_t end = begin;
        bool has_office = false;
        for (; end < visits_.size() && visits_[end].firm == firm && visits_[end].area == area;
             ++end) {
            has_office = has_office || visits_[end].is_office;
        }
        add_firm(area, firm, has_office);
        while (money != money_.end() && money->firm < firm) {
            ++money;
        }
        const double weight = static_cast<double>(end - begin) / sites_[firm];
        for (auto of_firm = money; of_firm != money_.end() && of_firm->firm == firm; ++of_firm) {
            add_money(area, *of_firm, weight);
        }
        begin = end;
    }
}

void AreaYearsReader::add_firm(std::uint32_t area, std::uint32_t firm, bool has_office) {
    AreaYears::Sums* sums = sums_of(area);
    // Steps for now: one more where a firm begins, one fewer where it ends.
    if (begins_[firm] < years_.span_) {
        ++sums[begins_[firm]].enterprises;
    }
    if (ends_[firm] < years_.span_) {
        --sums[ends_[firm]].enterprises;
    }
    for (std::uint32_t i = first_filing_[firm]; has_office && i < first_filing_[firm + 1]; ++i) {
        sums[filing_year_[i]].employees += filing_employees_[i];
        ++sums[filing_year_[i]].reporting;
    }
}

void AreaYearsReader::add_money(std::uint32_t area, const Money& money, double weight) {
    AreaYears::Sums& sums = sums_of(area)[money.year];
    if (money.project != kNone) {
        begun_.push_back({area, money.year, money.project});
    }
    (money.project != kNone ? sums.has_projects : sums.has_deals) = true;
    if (money.gbp) {
        (money.project != kNone ? sums.public_gbp : sums.private_gbp) += *money.gbp * weight;
        (money.project != kNone ? sums.is_public_known : sums.is_private_known) = true;
    }
}

void AreaYearsReader::finish() {
    std::sort(begun_.begin(), begun_.end());
    begun_.erase(std::unique(begun_.begin(), begun_.end()), begun_.end());
    for (const Begun& begun : begun_) {
        ++sums_of(begun.area)[begun.year].projects;
    }
    for (std::size_t i = 1; i < years_.sums_.size(); ++i) {
        if (i % years_.span_ != 0) {
            years_.sums_[i].enterprises += years_.sums_[i - 1].enterprises;
        }
    }
}

Result<AreaYears> AreaYears::read(store::Connection& session, const Catalogue& catalogue,
                                  const std::atomic<bool>& is_closing) {
    return AreaYearsReader(session, catalogue, is_closing).read();
}

std::string AreaYears::json(std::uint32_t area_id) const {
    JsonWriter json;
    json.begin_array();
    for (const std::int32_t year : years_) {
        const Sums& sums = sums_[area_id * span_ + static_cast<std::size_t>(year - first_year_)];
        const bool has_jobs = employees_.speaks_of(year) && sums.reporting > 0;
        const bool is_whole = public_money_.is_whole(year);
        json.begin_object();
        json.member("year", year);
        json.member("enterprises", sums.enterprises);
        write_known(json, "employees", has_jobs, sums.employees);
        write_known(json, "employees_enterprises", has_jobs, sums.reporting);
        // None known is nought only of a year that the sources hold whole.
        write_known(json, "public_funding_gbp",
                    sums.is_public_known || (is_whole && !sums.has_projects), sums.public_gbp);
        write_known(json, "private_investment_gbp",
                    sums.is_private_known || (private_money_.is_whole(year) && !sums.has_deals),
                    sums.private_gbp);
        write_known(json, "projects", sums.has_projects || is_whole, std::int64_t{sums.projects});
        json.end_object();
    }
    json.end_array();
    return json.take();
}

} // namespace icmap::serve
