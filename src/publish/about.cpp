#include "publish/table.hpp"

#include <fmt/format.h>

namespace icmap::publish {

namespace {

/// What the run says of itself.
struct Run {
    std::string name, as_of, version;
    bool is_example = false;
};

Result<Run> read_run(store::Connection& atlas) {
    const auto parameter = [&atlas](std::string_view name) {
        return atlas.text("select max(value) from run where parameter = $1", {name});
    };
    Run run;
    ICMAP_ASSIGN(run.name, parameter("project_name"));
    ICMAP_ASSIGN(run.as_of, parameter("as_of"));
    ICMAP_ASSIGN(run.version, parameter("engine_version"));
    ICMAP_ASSIGN(const auto example, atlas.integer("select count(*) from run where parameter = "
                                                   "'is_example' and value = 'true'"));
    run.is_example = example > 0;
    return run;
}

} // namespace

Result<Provenance> provenance(store::Connection& atlas) {
    ICMAP_ASSIGN(const Run run, read_run(atlas));
    // The example's own name begins so too: once is enough.
    constexpr std::string_view kExample = "Example data: ";
    const std::string_view name = run.name;
    Provenance result;
    result.source = fmt::format(
        "{}{}, as of {}, icmap {}", run.is_example ? "Example data, made up: " : "",
        run.is_example && name.starts_with(kExample) ? name.substr(kExample.size()) : name,
        run.as_of, run.version);
    // A licence of several parts ("made up; outlines in the public domain") shares some with
    // others.
    ICMAP_ASSIGN(
        result.licence,
        atlas.text(
            "with part as (select source_id, unnest(string_split(coalesce(licence, 'licence "
            "not stated'), ';')) as licence, generate_subscripts(string_split("
            "coalesce(licence, 'licence not stated'), ';'), 1) as place from source), "
            "once as (select trim(licence) as licence, min((source_id, place)) as first_at "
            "from part group by all) "
            "select string_agg(licence, '; ' order by first_at) from once where licence <> ''"));
    return result;
}

Result<std::string> about_text(store::Connection& atlas) {
    ICMAP_ASSIGN(const Run run, read_run(atlas));
    std::string text = fmt::format("{} – innovation clusters, as of {}\n", run.name, run.as_of);
    if (run.is_example) {
        text += "Example data: every firm, grant, patent and deal in it is made up.\n";
    }
    text += fmt::format("Made with icmap {}. Positions are WGS 84 (EPSG:4326).\n", run.version);
    text += "Contains data from:\n";
    ICMAP_TRY(atlas.read("select coalesce(title, path), coalesce(licence, 'licence not stated'), "
                         "attribution, dated, url, case when records < rows_kept then "
                         "format('{:,} rows merged into {:,}', rows_kept, records) end "
                         "from source order by source_id",
                         [&text](const store::Chunk& chunk) {
                             for (std::size_t row = 0; row < chunk.size(); ++row) {
                                 text += fmt::format("- {} ({})", chunk.text(0, row),
                                                     chunk.text(1, row));
                                 for (const std::size_t column : {2U, 3U, 4U, 5U}) {
                                     if (!chunk.text(column, row).empty()) {
                                         text += fmt::format("; {}", chunk.text(column, row));
                                     }
                                 }
                                 text += '\n';
                             }
                         }));
    return text;
}

} // namespace icmap::publish
