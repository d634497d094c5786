#include "publish/figure_columns.hpp"
#include "publish/table.hpp"
#include "serve/answers.hpp"
#include "serve/cluster_filter.hpp"
#include "serve/download.hpp"
#include "serve/drawn_place.hpp"

#include <fmt/format.h>
#include <optional>

namespace icmap::serve {
namespace {

/// The rows of the site table inside the area or drawn place that the call names.
Checked<RowRanges> asked_rows(Call& call) {
    const auto code = call.parameters.text("area");
    std::optional<Turn> turn;
    if (draws_place(call) && !turn.emplace(drawing_turns(), kMostDrawnAtOnce).is_taken()) {
        return too_many_drawn();
    }
    ICMAP_ASSIGN(auto drawn, read_drawn_place(call));
    if (code.has_value() == drawn.has_value()) {
        return bad_request("Exactly one of area, circle and polygon is needed", "area",
                           code.value_or(""), "Send area=CODE, circle=… or polygon=…");
    }
    if (drawn) {
        return std::move(drawn->rows);
    }
    const auto area = call.catalogue().find_area(*code);
    if (!area) {
        return bad_request("There is no such area", "area", *code, "/api/areas lists the codes");
    }
    return rows_of_area(call.atlas, *area);
}

/// A measure, or what the table of clusters holds of itself: enterprise_count, area_km2 …
const MeasureEntry* find_figure(const Catalogue& catalogue, const std::string& key) {
    const MeasureEntry* measure = catalogue.find_measure(key);
    return measure == nullptr && FigureOf::find(catalogue, key) ? catalogue.find_term(key)
                                                                : measure;
}

/// The rows of sql/serve/figure.sql, each after what the figure is and before whose data it is.
Result<std::string> figure_csv(store::Connection& session, const MeasureEntry& measure,
                               const std::string& key, std::uint32_t cluster) {
    std::vector<std::string> line{"measure", "label",     "unit",     "kind",          "cluster",
                                  "name",    "year",      "value",    "low",           "high",
                                  "rank",    "ranked_of", "coverage", "missing_reason"};
    ICMAP_ASSIGN(const auto provenance, publish::provenance(session));
    const store::CsvEnding ending = provenance.ending();
    line.insert(line.end(), ending.names.begin(), ending.names.end());
    std::string csv;
    store::append_csv_line(csv, line);
    ICMAP_TRY(session.run(fmt::format(
        "create or replace temp macro figure_digits(figure) as {}",
        publish::rounded_figure("figure", key, measure.unit, static_cast<int>(measure.decimals)))));
    ICMAP_TRY(read_rows(session, "figure",
                        [&](const store::Chunk& chunk) {
                            for (std::size_t i = 0; i < chunk.size(); ++i) {
                                line = {key, measure.label, measure.unit};
                                for (std::size_t k = 0; k < chunk.column_count(); ++k) {
                                    line.emplace_back(chunk.text(k, i));
                                }
                                line.insert(line.end(), ending.values.begin(), ending.values.end());
                                store::append_csv_line(csv, line);
                            }
                        },
                        {static_cast<std::int64_t>(cluster), std::string_view(key)}));
    return csv;
}

} // namespace

Answer export_firms(Call& call) {
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_ASSIGN(const auto format, download_format(call.captured[0]));
    ICMAP_ASSIGN(const auto sectors, read_sectors(call));
    ICMAP_ASSIGN(const auto rows, asked_rows(call));
    ICMAP_TRY(call.parameters.finish());
    publish::ExportRequest request;
    request.layer = publish::ExportLayer::firms;
    request.format = format;
    request.site_ids = call.atlas.sites.sites_of(
        rows, [&sectors](std::size_t sector) { return sectors.has(sector); },
        !sectors.wanted.empty());
    if (request.site_ids->size() > kMostDownloadRows) {
        return bad_request(fmt::format("There are {} sites inside, more than the {} of a download",
                                       grouped(request.site_ids->size()),
                                       grouped(kMostDownloadRows)),
                           "area", {},
                           "Choose a smaller place or a sector, or use icmap export, which has no "
                           "limit");
    }
    return download(call, std::move(request), "firms");
}

Answer export_figure(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const Catalogue& catalogue = call.catalogue();
    const auto cluster = catalogue.find_cluster(call.captured[0]);
    if (!cluster) {
        return not_found("There is no cluster " + call.captured[0], "/api/clusters lists them");
    }
    const std::string& key = call.captured[1];
    const MeasureEntry* measure = find_figure(catalogue, key);
    if (measure == nullptr) {
        return not_found("There is no measure " + key, "/api/measures lists them");
    }
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(std::string csv, figure_csv(lease.connection(), *measure, key,
                                                   catalogue.clusters[*cluster].id));
    Response response = respond("text/csv; charset=utf-8", std::move(csv));
    add_file_headers(response, catalogue,
                     fmt::format("{}-{}.csv", catalogue.clusters[*cluster].slug, key));
    return response;
}

Answer export_about(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(std::string text, publish::about_text(lease.connection()));
    return respond("text/plain; charset=utf-8", std::move(text));
}

} // namespace icmap::serve
