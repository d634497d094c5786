#include "locate/locate.hpp"

#include "base/short_text_map.hpp"
#include "base/words.hpp"
#include "locate/area.hpp"
#include "locate/area_names.hpp"
#include "locate/filings.hpp"
#include "locate/gazetteer.hpp"
#include "locate/position.hpp"
#include "locate/site_positions.hpp"
#include "names/organisation_name.hpp"
#include "names/sql_functions.hpp"
#include "store/session_functions.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace icmap::locate {
namespace {

Result<void> set_options(store::Connection& connection, const LocateOptions& options) {
    ICMAP_TRY(connection.set_variable("mass_registration_firms",
                                      std::int64_t{options.mass_registration_firms}));
    ICMAP_TRY(connection.set_variable("formation_agent_firms",
                                      std::int64_t{options.formation_agent_firms}));
    ICMAP_TRY(connection.set_variable("formation_agent_young_share",
                                      options.formation_agent_young_share));
    ICMAP_TRY(connection.set_variable("mass_registration_jobs_per_firm",
                                      options.mass_registration_jobs_per_firm));
    ICMAP_TRY(connection.set_variable("mass_registration_job_cap",
                                      std::int64_t{options.mass_registration_job_cap}));
    return connection.set_variable("mass_registration_in_density",
                                   options.mass_registration_in_density);
}

/// Runs steps in order and counts them on the progress.
class Steps {
  public:
    Steps(store::Connection& connection, Progress& progress, std::uint64_t total)
        : connection_(&connection), progress_(&progress), total_(total) {}
    Result<void> run(std::string_view step) {
        ICMAP_TRY(store::run_step(*connection_, fmt::format("locate/{}.sql", step)));
        done();
        return {};
    }
    void done() { progress_->step(++done_, total_); }

  private:
    store::Connection* connection_;
    Progress* progress_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
};

Result<std::vector<NamedCount>> counts(store::Connection& connection, std::string_view query) {
    std::vector<NamedCount> all;
    ICMAP_TRY(connection.read(query, [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            all.push_back({std::string(chunk.text(0, i)),
                           static_cast<std::uint64_t>(chunk.column<std::int64_t>(1)[i])});
        }
    }));
    return all;
}

Result<void> count_into(store::Connection& connection, const char* query, std::uint64_t& count) {
    ICMAP_ASSIGN(const std::int64_t number, connection.integer(query));
    count = static_cast<std::uint64_t>(number);
    return {};
}

Result<void> count_tables(store::Connection& connection, LocateReport& report) {
    const std::initializer_list<std::pair<const char*, std::uint64_t*>> queries{
        {"select count(*) from firm", &report.firms},
        {"select count(*) from firm where is_active", &report.active_firms},
        {"select count(*) from institution_firm", &report.firms_as_institutions},
        {"select count(*) from site", &report.sites},
        {"select (select count(*) from further_site) - (select count(*) from new_site)",
         &report.sites_merged},
        {"select count(*) from site where in_density", &report.sites_in_density},
        {"select count(*) from postcode", &report.postcodes},
        {"select count(*) from mass_registration_address", &report.mass_registration_addresses},
        {"select count(*) from site where is_mass_registration",
         &report.sites_at_mass_registration},
        {"select count(*) from place", &report.places},
        {"select (select count(*) from staging.place_record) - (select count(*) from place_claim)",
         &report.places_merged},
        {"select count(*) from asset", &report.assets},
        {"select count(*) from asset where precision = 'none'", &report.assets_without_position},
        {"select count(*) from account", &report.accounts},
    };
    for (const auto& [query, count] : queries) {
        ICMAP_TRY(count_into(connection, query, *count));
    }
    ICMAP_ASSIGN(report.sites_by_precision,
                 counts(connection, "select p, count(s.precision) from (values ('coordinate'), "
                                    "('unit'), ('sector'), ('district'), ('none')) t(p) "
                                    "left join site s on s.precision = p group by p "
                                    "order by list_position(['coordinate', 'unit', 'sector', "
                                    "'district', 'none'], p)"));
    ICMAP_ASSIGN(
        report.areas_by_level,
        counts(connection, "select level, count(*) from area group by level order by level"));
    return {};
}

std::string summary_of(const LocateReport& report) {
    std::uint64_t located = 0;
    for (const NamedCount& precision : report.sites_by_precision) {
        located += precision.name == "none" ? 0 : precision.count;
    }
    return fmt::format(
        "{} ({} active), {} of {} located, {} in density, {} with {}, {} ({} from the register), "
        "{}",
        counted(report.firms, "firm"), grouped(report.active_firms), grouped(located),
        counted(report.sites, "site"), grouped(report.sites_in_density),
        counted(report.mass_registration_addresses, "mass-registration address",
                "mass-registration addresses"),
        counted(report.sites_at_mass_registration, "site"), counted(report.assets, "institution"),
        grouped(report.firms_as_institutions), counted(report.warnings, "warning"));
}

/// The temporary tables of this verb are not needed by any other.
Result<void> drop_temporary(store::Connection& connection) {
    return connection.run(
        "drop table repeated_postcode; drop table sector_centre; drop table district_centre; "
        "drop table organisation_name; drop table institution; drop table institution_firm; "
        "drop view site_claim; drop table register_row; drop table further_site; "
        "drop table new_site; drop table site_unknown; drop table area_claim; "
        "drop table known_area_name; "
        "drop table place_claim; drop table place_plane; drop macro metres_between;");
}

/// Makes institution_of_name(name) known to SQL: the row of institution_claim that an organisation
/// of that name is, null for all others.
Result<void> register_institutions(store::Connection& connection,
                                   store::SessionFunctions& functions) {
    auto claims = std::make_shared<std::unordered_map<std::string, std::int32_t>>();
    ICMAP_TRY(connection.read(
        "select key from institution_claim order by rowid", [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                claims->emplace(chunk.text(0, i), static_cast<std::int32_t>(claims->size()));
            }
        }));
    auto words = std::make_shared<std::unordered_set<std::string_view>>(); // parts of the claims
    for (const auto& [key, claim] : *claims) {
        for (std::size_t begin = 0; begin < key.size();) {
            const std::size_t end = std::min(key.find(' ', begin), key.size());
            words->insert(std::string_view(key).substr(begin, end - begin));
            begin = end + 1;
        }
    }
    const names::NameRules& rules = names::NameRules::standard();
    return functions.of_text("institution_of_name",
                             [claims, words, &rules](std::string_view name, std::int32_t& claim) {
                                 thread_local std::string key;
                                 const std::string_view first = rules.kept_first_word(name, key);
                                 if (!first.empty() && !words->contains(first)) {
                                     return false;
                                 }
                                 key.clear();
                                 rules.institution_key(name, key);
                                 const auto found = claims->find(key);
                                 claim = found == claims->end() ? 0 : found->second;
                                 return found != claims->end();
                             });
}

/// Makes firm_of(company_number) known to SQL: the firm's number, null where it is not on the
/// register; and source_of_firm(firm_id), the source that speaks for it, and
/// is_active_firm(firm_id), 1 or 0.
Result<void> register_firms(store::Connection& connection, store::SessionFunctions& functions) {
    ICMAP_ASSIGN(const std::int64_t firms, connection.integer("select count(*) from register_row"));
    auto numbers = std::make_shared<ShortTextMap>(static_cast<std::size_t>(firms));
    std::vector<std::int32_t> sources;
    std::vector<std::int32_t> is_active;
    // In the order of the table, which is that of the numbers.
    ICMAP_TRY(connection.read("select company_number, source_id::integer, is_active::integer from "
                              "register_row",
                              [&](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      numbers->prefetch(chunk.text(0, i));
                                  }
                                  const auto source = chunk.column<std::int32_t>(1);
                                  const auto active = chunk.column<std::int32_t>(2);
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      numbers->add(chunk.text(0, i),
                                                   static_cast<std::uint32_t>(sources.size()));
                                      sources.push_back(source[i]);
                                      is_active.push_back(active[i]);
                                  }
                              }));
    ICMAP_TRY(functions.of_row("source_of_firm", std::move(sources)));
    ICMAP_TRY(functions.of_row("is_active_firm", std::move(is_active)));
    return functions.of_text(
        "firm_of",
        [numbers](std::string_view number, std::int32_t& firm) {
            const auto found = numbers->find(number);
            firm = static_cast<std::int32_t>(found.value_or(0));
            return found.has_value();
        },
        [numbers](std::string_view number) { numbers->prefetch(number); });
}

/// What is written aside reads what locate holds: nothing of that may go before it is written.
struct WaitForWriting {
    store::WritingAside* aside;
    ~WaitForWriting() {
        if (aside != nullptr) {
            std::ignore = aside->finish();
        }
    }
};

/// Makes mass_registration_of(postcode) known to SQL: null for all other postcodes.
Result<void> register_mass_registration(store::Connection& connection,
                                        store::SessionFunctions& functions) {
    auto addresses = std::make_shared<ShortTextMap>();
    ICMAP_TRY(connection.read("select postcode from mass_registration_address order by postcode",
                              [&](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      addresses->add(chunk.text(0, i), 0);
                                  }
                              }));
    return functions.of_text("mass_registration_of",
                             [addresses](std::string_view postcode, std::int32_t& number) {
                                 number = 0;
                                 return addresses->find(postcode).has_value();
                             });
}

} // namespace

Result<LocateReport> locate(store::Connection& connection, const LocateOptions& options,
                            const geo::Projection& projection, Progress& progress) {
    constexpr std::uint64_t kSteps = 14;
    Steps steps(connection, progress, kSteps);
    store::SessionFunctions functions(connection);
    LocateReport report;
    ICMAP_TRY(names::register_functions(connection));
    ICMAP_TRY(set_options(connection, options));
    ICMAP_ASSIGN(const std::int64_t warnings_before,
                 connection.integer("select count(*) from reject"));
    ICMAP_TRY(steps.run("postcodes"));
    ICMAP_TRY(steps.run("institution_names"));
    ICMAP_TRY(register_institutions(connection, functions));
    ICMAP_TRY(steps.run("institutions"));
    ICMAP_TRY(steps.run("register"));
    ICMAP_TRY(register_firms(connection, functions));
    ICMAP_ASSIGN(const Accounts accounts, find_accounts(connection, functions));
    // The largest tables are packed while others are made: each alone leaves processors idle.
    const auto write = [&accounts,
                        known = functions.sharing()](store::Connection& to) -> Result<void> {
        ICMAP_TRY(to.run(known));
        ICMAP_TRY(store::run_step(to, "locate/firms.sql"));
        return write_accounts(to, accounts);
    };
    const WaitForWriting on_every_way_out{options.aside};
    if (options.aside != nullptr) {
        options.aside->begin(write);
    } else {
        ICMAP_TRY(write(connection));
    }
    ICMAP_TRY(steps.run("sites"));
    ICMAP_TRY(write_known_area_names(connection));
    ICMAP_TRY(steps.run("areas"));
    ICMAP_ASSIGN(const Gazetteer gazetteer, Gazetteer::read(connection));
    ICMAP_ASSIGN(const SitePositions found,
                 find_positions(connection, gazetteer, projection, functions));
    ICMAP_TRY(register_positions(found, functions));
    ICMAP_TRY(steps.run("mass_registration"));
    ICMAP_TRY(register_mass_registration(connection, functions));
    ICMAP_TRY(steps.run("site_table"));
    ICMAP_ASSIGN(const AreasFound areas,
                 write_areas(connection, projection, found.plane, options.area_tolerance));
    ICMAP_TRY(steps.run("area_names"));
    report.positions_off_coast = areas.off_coast;
    ICMAP_TRY(write_site_areas(connection, areas, found.sites.position));
    ICMAP_TRY(write_land(connection));
    ICMAP_TRY(steps.run("places"));
    ICMAP_ASSIGN(const auto places,
                 project_positions(connection, projection,
                                   "select place_id, lon_deg, lat_deg from place_claim "
                                   "order by place_id",
                                   "place_plane"));
    ICMAP_TRY(steps.run("place_table"));
    ICMAP_TRY(steps.run("copies"));
    ICMAP_TRY(steps.run("warnings"));
    if (options.aside != nullptr) {
        ICMAP_TRY(options.aside->finish());
    }
    steps.done();
    ICMAP_TRY(count_tables(connection, report));
    ICMAP_ASSIGN(const std::int64_t warnings_after,
                 connection.integer("select count(*) from reject"));
    report.warnings = static_cast<std::uint64_t>(warnings_after - warnings_before);
    ICMAP_TRY(drop_temporary(connection));
    report.summary = summary_of(report);
    return report;
}

} // namespace icmap::locate
