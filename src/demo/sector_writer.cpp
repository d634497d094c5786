#include "demo/sector_writer.hpp"

#include "demo/authorities.hpp"
#include "demo/land.hpp"
#include "demo/national_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace icmap::demo {

// ONS Postcode Directory, edition of November 2023.
const std::string_view kPostcodesHeader =
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,"
    "osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,"
    "npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,ru11ind,oac11,"
    "lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21\n";
const std::string_view kSitesHeader = "CompanyNumber,Kind,PostCode,Employees\n";
const std::string_view kMembersHeader = "company_number,planted_cluster\n";

namespace {

constexpr double kNoPosition = 0.004; // share of live postcodes the directory cannot place
constexpr double kNoPostcode = 0.012; // share of firms without one
constexpr double kForeign = 0.003;    // share of firms with an address abroad
constexpr double kTerminated = 0.006; // share of firms still at a terminated postcode

constexpr int kPlain = -1;          // a firm of no planted cluster
constexpr int kFormationAgent = -2; // the same, at a formation agent's address

struct Unit {
    std::string code;
    PlaneXY position;
};

class SectorMaker {
  public:
    SectorMaker(const Plan& plan, const FirmMaker& firms, std::uint32_t index)
        : plan_(plan), firms_(firms), here_(plan.sectors[index]),
          sector_(postcode_sectors()[index]), place_(settlements()[sector_.settlement]),
          random_(plan.options.seed, 4, index) {}

    SectorRows make();

  private:
    PlaneXY scatter(PlaneXY centre, double deviation_m);
    void add_unit(PlaneXY position, bool is_terminated);
    void append_directory_row(const Unit& unit, bool is_terminated, bool has_position);
    void append_position(PlaneXY position, bool has_position, const LocalAuthority& authority);
    void add_postcodes();
    void add_firms(std::uint32_t count, std::size_t first_unit, std::size_t units, int cluster);
    void add_firm(const Firm& firm, const Unit* unit);
    void add_sites(const Firm& firm);
    Address address(const Unit* unit);

    const Plan& plan_;
    const FirmMaker& firms_;
    const SectorPlan& here_;
    const PostcodeSector& sector_;
    const Settlement& place_;
    Random random_;
    std::vector<Unit> units_;
    std::size_t first_terminated_ = 0;
    std::uint64_t made_ = 0;
    SectorRows rows_;
};

PlaneXY SectorMaker::scatter(PlaneXY centre, double deviation_m) {
    for (int attempt = 0; attempt < 8; ++attempt) {
        const PlaneXY point{std::round(centre.x_m + deviation_m * random_.bell()),
                            std::round(centre.y_m + deviation_m * random_.bell())};
        if (uk_land().contains(point)) {
            return point;
        }
    }
    return uk_land().nearest(centre);
}

/// The row of a unit in the directory; areas the example does not model have ONS's "none" codes.
void SectorMaker::append_directory_row(const Unit& unit, bool is_terminated, bool has_position) {
    const std::string_view out_part = std::string_view(unit.code).substr(0, unit.code.size() - 4);
    const std::string_view in_part = std::string_view(unit.code).substr(unit.code.size() - 3);
    const LocalAuthority& authority = area_map().authorities[authority_at(unit.position)];
    std::string& out = rows_.postcodes;
    std::string padded(out_part);
    padded.resize(4, ' ');
    for (const std::string_view part :
         {std::string_view("\""), std::string_view(padded), in_part, std::string_view("\",\""),
          std::string_view(padded), std::string_view(" "), in_part, std::string_view("\",\""),
          std::string_view(unit.code), std::string_view("\",")}) {
        out += part;
    }
    append_number(out, 198001 + 100 * random_.below(40) + random_.below(12));
    out += ',';
    if (is_terminated) {
        append_number(out, 202001 + 100 * random_.below(4) + random_.below(12));
    }
    out += R"(,"E99999999","E99999999",")";
    out += authority.code;
    out += R"(","E99999999","E99999999",0,)";
    append_position(unit.position, has_position, authority);
}

/// The rest of the row, from the grid reference on.
void SectorMaker::append_position(PlaneXY position, bool has_position,
                                  const LocalAuthority& authority) {
    std::string& out = rows_.postcodes;
    const LonLat lon_lat = from_national_grid(position);
    if (has_position) {
        const PlaneXY grid =
            place_.nation == Nation::northern_ireland ? to_irish_grid(lon_lat) : position;
        append_fixed(out, grid.x_m, 0);
        out += ',';
        append_padded(out, static_cast<std::uint64_t>(std::lround(std::max(grid.y_m, 0.0))), 7);
        out += ",1,";
    } else {
        out += ",,9,";
    }
    out += R"("E99999999","E99999999",")";
    out += country_code(place_.nation);
    out += "\",\"";
    out += place_.nation == Nation::england ? std::string_view(authority.region_code) : "E99999999";
    out += R"(",0,"","","","","","E05999999","","","","","","","1","","","","","","","","","","",)";
    append_fixed(out, has_position ? lon_lat.lat : 99.999999, 6);
    out += ',';
    append_fixed(out, has_position ? lon_lat.lon : 0.0, 6);
    out += ",\"\",\"\",\"\",,\"\",\"\",\"\",\"\",\"\"\n";
}

void SectorMaker::add_unit(PlaneXY position, bool is_terminated) {
    Unit unit{postcode_unit(sector_, static_cast<std::uint32_t>(units_.size())), position};
    append_directory_row(unit, is_terminated, is_terminated || !random_.chance(kNoPosition));
    ++rows_.postcode_count;
    units_.push_back(std::move(unit));
}

void SectorMaker::add_postcodes() {
    for (const PlaneXY position : here_.institutions) {
        add_unit(position, false);
    }
    for (const PlantedGroup& group : here_.groups) {
        const PlantedCluster& cluster = plan_.clusters[group.cluster];
        for (std::uint32_t i = 0; i < group.postcodes; ++i) {
            add_unit(scatter(cluster.centre, cluster.deviation_m), false);
        }
    }
    const std::uint32_t plain = here_.background_postcodes + (here_.mass_firms > 0 ? 1 : 0);
    for (std::uint32_t i = 0; i < plain; ++i) {
        add_unit(scatter(sector_.centre, sector_.deviation_m), false);
    }
    first_terminated_ = units_.size();
    for (std::uint32_t i = 0; i < here_.terminated_postcodes; ++i) {
        add_unit(scatter(sector_.centre, sector_.deviation_m), true);
    }
}

Address SectorMaker::address(const Unit* unit) {
    constexpr std::array<std::string_view, 4> kNations{"ENGLAND", "SCOTLAND", "WALES",
                                                       "NORTHERN IRELAND"};
    const Tables& t = tables();
    Address out;
    if (random_.chance(0.25)) {
        out.line1 = random_.pick(t.list("building")) + " ";
    }
    append_number(out.line1, 1 + random_.below(180));
    out.line1 += ' ';
    out.line1 += random_.pick(t.list("street"));
    out.town = place_.upper_name;
    const std::uint32_t style = random_.below(100);
    out.country = style < 60   ? kNations[static_cast<std::size_t>(place_.nation)]
                  : style < 85 ? std::string_view("UNITED KINGDOM")
                               : std::string_view{};
    if (unit != nullptr) {
        out.postcode = unit->code;
    } else if (random_.chance(kForeign / (kForeign + kNoPostcode))) {
        struct Abroad {
            std::string_view town, country, postcode;
        };
        constexpr std::array<Abroad, 5> kAbroad{{{"BERLIN", "GERMANY", "10999"},
                                                 {"DUBLIN", "IRELAND", "D99 X999"},
                                                 {"NEW YORK", "UNITED STATES", "10999"},
                                                 {"DOUGLAS", "ISLE OF MAN", "IM99 9ZZ"},
                                                 {"SHANGHAI", "CHINA", "209999"}}};
        const Abroad& abroad = random_.pick(kAbroad);
        out.town = abroad.town;
        out.country = abroad.country;
        out.postcode = abroad.postcode;
    }
    return out;
}

/// Trading sites of larger firms, at live postcodes anywhere in the country.
void SectorMaker::add_sites(const Firm& firm) {
    const int count = random_.between(1, 1 + std::min(6, firm.employees / 25));
    for (int i = 0; i < count; ++i) {
        const auto there = random_.below(static_cast<std::uint32_t>(plan_.sectors.size()));
        const SectorPlan& other = plan_.sectors[there];
        std::uint32_t first = static_cast<std::uint32_t>(other.institutions.size());
        for (const PlantedGroup& group : other.groups) {
            first += group.postcodes;
        }
        const std::uint32_t ordinal = first + random_.below(other.background_postcodes);
        Row(rows_.sites)
            .field(firm.number)
            .field("trading")
            .field(postcode_unit(postcode_sectors()[there], ordinal))
            .number(std::max(1, firm.employees / (count + 1)))
            .end();
        ++rows_.site_count;
    }
}

void SectorMaker::add_firm(const Firm& firm, const Unit* unit) {
    append_company(rows_.companies, firm, address(unit), random_);
    ++rows_.company_count;
    if (firm.cluster >= 0) {
        Row(rows_.members)
            .field(firm.number)
            .number(plan_.clusters[static_cast<std::size_t>(firm.cluster)].id)
            .end();
        ++rows_.member_count;
    }
    if (firm.files_employees) {
        rows_.account_count += append_accounts(rows_.accounts, firm, random_);
    }
    if (firm.employees >= 25 && random_.chance(0.25)) {
        add_sites(firm);
    }
    if (firm.is_active_in_rd) {
        rows_.actives.push_back({firm.number, firm.name, firm.former_name, firm.renamed,
                                 firm.founded, unit == nullptr ? std::string() : unit->code,
                                 unit == nullptr ? sector_.centre : unit->position,
                                 sector_.settlement, firm.cluster, firm.topic, firm.employees});
    }
}

void SectorMaker::add_firms(std::uint32_t count, std::size_t first_unit, std::size_t units,
                            int cluster) {
    Firm firm;
    for (std::uint32_t i = 0; i < count; ++i) {
        firms_.make(here_.first_firm + made_, here_.first_in_register + made_, place_.nation,
                    place_.upper_name, std::max(cluster, kPlain), firm);
        ++made_;
        // Half of the firms sit anywhere, half crowd into few addresses (density 1/x^(4/5)).
        const double u = random_.unit();
        const double part = random_.chance(0.5) ? u : u * u * u * u * u;
        const Unit* unit =
            &units_[first_unit + static_cast<std::size_t>(part * static_cast<double>(units))];
        if (cluster == kPlain) {
            const double v = random_.unit();
            if (v < kNoPostcode + kForeign) {
                unit = nullptr;
            } else if (v < kNoPostcode + kForeign + kTerminated &&
                       first_terminated_ < units_.size()) {
                unit = &units_[first_terminated_ + random_.below(here_.terminated_postcodes)];
            }
        }
        add_firm(firm, unit);
    }
}

SectorRows SectorMaker::make() {
    units_.reserve(here_.background_postcodes * 2 + 16);
    rows_.companies.reserve(here_.firms() * std::size_t{720} + 64);
    rows_.postcodes.reserve(here_.background_postcodes * std::size_t{420} + 64);
    add_postcodes();
    std::size_t unit = here_.institutions.size();
    for (const PlantedGroup& group : here_.groups) {
        add_firms(group.firms, unit, group.postcodes, static_cast<int>(group.cluster));
        unit += group.postcodes;
    }
    // The mass-registration address is the last of the live units.
    if (here_.mass_firms > 0) {
        add_firms(here_.mass_firms, first_terminated_ - 1, 1, kFormationAgent);
    }
    add_firms(here_.background_firms, unit, here_.background_postcodes, kPlain);
    return std::move(rows_);
}

} // namespace

SectorRows make_sector_rows(const Plan& plan, const FirmMaker& firms, std::uint32_t sector) {
    return SectorMaker(plan, firms, sector).make();
}

} // namespace icmap::demo
