#include "serve/datetime.hpp"
#include "serve/ogc.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace icmap::serve {
namespace {
using store::Chunk;

constexpr std::int64_t kMostItems = 10'000;

/// One feature as it comes from the database: its id and properties are JSON already.
struct Row {
    std::string id, properties;
    std::optional<LonLat> point;
};

struct Page {
    std::size_t matched = 0;
    std::vector<Row> rows;
};

/// Conditions and their parameters, numbered in order.
class Where {
  public:
    void add(std::string_view condition, std::string value) {
        text_ += text_.empty() ? " where " : " and ";
        values_.push_back(std::move(value));
        text_ += fmt::format(fmt::runtime(condition), values_.size());
    }
    /// Joins the other half of a bracket that the last condition opened.
    void and_last(std::string_view condition, std::string value) {
        values_.push_back(std::move(value));
        text_ += " and " + fmt::format(fmt::runtime(condition), values_.size());
    }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::vector<store::Value> values() const {
        return {values_.begin(), values_.end()};
    }

  private:
    std::string text_;
    std::vector<std::string> values_;
};

std::string_view sql_type(store::ColumnType type) {
    switch (type) {
    case store::ColumnType::boolean:
        return "boolean";
    case store::ColumnType::integer:
        return "bigint";
    case store::ColumnType::real:
        return "double";
    case store::ColumnType::date:
        return "date";
    default:
        return "varchar";
    }
}

/// Refuses what cannot be a value of the property, which is not the same as a value that none has.
Checked<void> check_value(const Queryable& property, const std::string& value) {
    const auto refuse = [&](std::string_view kind, std::string_view example) {
        return bad_request(fmt::format("{} must be {}", property.name, kind), property.name, value,
                           fmt::format("Send {}={}", property.name, example));
    };
    switch (property.type) {
    case store::ColumnType::boolean:
        return value == "true" || value == "false" ? Checked<void>()
                                                   : refuse("true or false", "true");
    case store::ColumnType::integer:
        return to_integer(value) ? Checked<void>() : refuse("a whole number", "100");
    case store::ColumnType::real:
        return to_number(value) ? Checked<void>() : refuse("a number", "0.5");
    case store::ColumnType::date:
        return is_date(value) ? Checked<void>() : refuse("a date", "2024-11-01");
    default:
        return {};
    }
}

Checked<void> add_property_filters(Call& call, std::span<const Queryable> properties,
                                   Where& where) {
    for (const Queryable& property : properties) {
        if (property.type == store::ColumnType::list) {
            continue;
        }
        if (const auto wanted = call.parameters.text(property.name)) {
            ICMAP_TRY(check_value(property, *wanted));
            // Braces are doubled: the condition is a format for the number of the parameter.
            where.add(fmt::format("{} = try_cast(${{}} as {})", store::identifier(property.name),
                                  sql_type(property.type)),
                      *wanted);
        }
    }
    return {};
}

Checked<void> add_time_filter(Call& call, const OgcCollection& collection, Where& where) {
    const auto given = call.parameters.text("datetime");
    if (!given) {
        return {};
    }
    ICMAP_ASSIGN(const DateSpan span, parse_datetime(*given));
    if (!answers_datetime(collection)) {
        return {};
    }
    if (!span.last.empty()) {
        where.add("(incorporated is null or incorporated <= cast(${} as date))", span.last);
    }
    if (!span.first.empty()) {
        where.add("(dissolved is null or dissolved >= cast(${} as date))", span.first);
    }
    return {};
}

/// Features without a place match every box. \source OGC 17-069r4, /req/core/fc-bbox-response
void add_point_filter(const Box& box, Where& where) {
    const auto number = [](double degrees) { return fmt::format("{}", degrees); };
    where.add("(lat is null or lat between cast(${} as double)", number(box.min_y));
    where.and_last("cast(${} as double))", number(box.max_y));
    if (box.min_x <= box.max_x) {
        where.add("(lon is null or lon between cast(${} as double)", number(box.min_x));
        where.and_last("cast(${} as double))", number(box.max_x));
    } else { // across the antimeridian: not in the gap between its sides
        where.add("(lon is null or not (lon > cast(${} as double)", number(box.max_x));
        where.and_last("lon < cast(${} as double)))", number(box.min_x));
    }
}

std::string select_rows(const OgcCollection& collection, std::span<const Queryable> properties) {
    std::string object;
    for (const Queryable& property : properties) {
        object += fmt::format("{}{}, {}", object.empty() ? "" : ", ",
                              store::sql_literal(property.name), store::identifier(property.name));
    }
    return fmt::format("select to_json(id)::varchar, json_object({})::varchar, {} from {}", object,
                       collection.is_points ? "lon, lat" : "id::varchar, null", collection.view);
}

Result<std::vector<Row>> read(store::Connection& session, const OgcCollection& collection,
                              std::string_view query, std::span<const store::Value> values) {
    std::vector<Row> rows;
    ICMAP_TRY(session.read(query, values, [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            Row row{std::string(chunk.text(0, i)), std::string(chunk.text(1, i)), {}};
            if (collection.is_points && !chunk.is_null(2, i) && !chunk.is_null(3, i)) {
                row.point = LonLat{chunk.column<double>(2)[i], chunk.column<double>(3)[i]};
            }
            rows.push_back(std::move(row));
        }
    }));
    return rows;
}

/// The outline of a feature by its id.
const geo::Geometry* outline_of(const AtlasView& atlas, const OgcCollection& collection,
                                const std::string& id) {
    const Catalogue& catalogue = atlas.catalogue;
    const auto number = static_cast<std::uint32_t>(to_integer(id).value_or(-1));
    if (collection.id == "clusters") {
        return &catalogue.clusters[catalogue.cluster_of_id.at(number)].outline;
    }
    if (collection.id == "areas") {
        return &catalogue.areas[catalogue.area_of_id.at(number)].outline;
    }
    const auto found = catalogue.published_outlines.find(number);
    return found == catalogue.published_outlines.end() ? nullptr : &found->second;
}

bool touches(const geo::Geometry* outline, const Box& box) {
    if (outline == nullptr || outline->is_empty()) {
        return true; // without a place: it matches every box
    }
    if (!intersects(box, outline->bounds())) {
        return false;
    }
    if (box.min_x <= box.max_x) {
        return outline->intersects(geo::Geometry::box(box));
    }
    // Across the antimeridian: the parts on either side of it.
    return outline->intersects(geo::Geometry::box({box.min_x, box.min_y, 180.0, box.max_y})) ||
           outline->intersects(geo::Geometry::box({-180.0, box.min_y, box.max_x, box.max_y}));
}

Checked<Page> read_points(store::Connection& session, const OgcCollection& collection,
                          std::span<const Queryable> properties, const Where& where,
                          std::int64_t limit, std::int64_t offset) {
    Page page;
    const auto values = where.values();
    ICMAP_SERVE_ASSIGN(page.rows, read(session, collection,
                                       fmt::format("{}{} order by {} limit {} offset {}",
                                                   select_rows(collection, properties),
                                                   where.text(), collection.order, limit, offset),
                                       values));
    ICMAP_SERVE_ASSIGN(
        const bool done,
        session
            .read(fmt::format("select count(*) from {}{}", collection.view, where.text()), values,
                  [&](const Chunk& chunk) {
                      page.matched = static_cast<std::size_t>(chunk.column<std::int64_t>(0)[0]);
                  })
            .map([] { return true; }));
    static_cast<void>(done);
    return page;
}

/// Outlines are few and their shapes in memory: the box is compared here, feature by feature.
Checked<Page> read_outlines(const Call& call, store::Connection& session,
                            const OgcCollection& collection, std::span<const Queryable> properties,
                            const Where& where, const std::optional<Box>& box, std::int64_t limit,
                            std::int64_t offset) {
    ICMAP_SERVE_ASSIGN(auto rows,
                       read(session, collection,
                            fmt::format("{}{} order by {}", select_rows(collection, properties),
                                        where.text(), collection.order),
                            where.values()));
    if (box) {
        std::erase_if(rows, [&](const Row& row) {
            return !touches(outline_of(call.atlas, collection, row.id), *box);
        });
    }
    Page page{rows.size(), {}};
    const auto begin = std::min(rows.size(), static_cast<std::size_t>(offset));
    const auto end = std::min(rows.size(), begin + static_cast<std::size_t>(limit));
    std::move(rows.begin() + static_cast<std::ptrdiff_t>(begin),
              rows.begin() + static_cast<std::ptrdiff_t>(end), std::back_inserter(page.rows));
    return page;
}

/// The figures of a cluster, as properties after its others.
std::string with_measures(const Catalogue& catalogue, const Row& row) {
    JsonWriter json;
    json.begin_object();
    const auto id = static_cast<std::uint32_t>(to_integer(row.id).value_or(-1));
    const std::size_t index = catalogue.cluster_of_id.at(id);
    for (const MeasureEntry& measure : catalogue.measures) {
        if (measure.valued > 0) {
            json.member(measure.key, measure.values[index]);
        }
    }
    json.end_object();
    if (json.text().size() <= 2) {
        return row.properties;
    }
    return row.properties.substr(0, row.properties.size() - 1) + ',' + json.text().substr(1);
}

void write_feature(JsonWriter& json, const Call& call, const OgcCollection& collection,
                   const Row& row, bool with_links) {
    json.begin_object();
    json.member("type", "Feature");
    json.member_raw("id", row.id);
    json.key("geometry");
    if (row.point) {
        json.begin_object();
        json.member("type", "Point");
        json.key("coordinates");
        write_place(json, *row.point);
        json.end_object();
    } else if (const geo::Geometry* outline =
                   collection.is_points ? nullptr : outline_of(call.atlas, collection, row.id);
               outline != nullptr && !outline->is_empty()) {
        json.raw(outline->geojson(6));
    } else {
        json.null();
    }
    json.member_raw("properties", collection.id == "clusters" ? with_measures(call.catalogue(), row)
                                                              : row.properties);
    if (with_links) {
        const std::string up = fmt::format("{}/ogc/collections/{}", call.base_url, collection.id);
        json.key("links");
        json.begin_array();
        write_link(json, call.base_url + call.target.path, "self", "application/geo+json",
                   "This feature");
        write_link(json, up, "collection", "application/json", collection.title);
        json.end_array();
    }
    json.end_object();
}

/// The address of this request with another offset.
std::string address_at(const Call& call, std::int64_t offset) {
    std::string address = call.base_url + call.target.path;
    char separator = '?';
    for (const auto& [name, value] : call.target.query) {
        if (name != "offset") {
            address += separator + percent_encode(name) + '=' + percent_encode(value);
            separator = '&';
        }
    }
    return offset == 0 ? address : fmt::format("{}{}offset={}", address, separator, offset);
}

void write_page_links(JsonWriter& json, const Call& call, const OgcCollection& collection,
                      const Page& page, std::int64_t limit, std::int64_t offset) {
    constexpr std::string_view kType = "application/geo+json";
    json.key("links");
    json.begin_array();
    write_link(json, address_at(call, offset), "self", kType, "This page");
    write_link(json, fmt::format("{}/ogc/collections/{}", call.base_url, collection.id),
               "collection", "application/json", collection.title);
    if (static_cast<std::size_t>(offset) + page.rows.size() < page.matched && !page.rows.empty()) {
        write_link(json, address_at(call, offset + limit), "next", kType, "The next page");
    }
    if (offset > 0) {
        write_link(json, address_at(call, std::max<std::int64_t>(0, offset - limit)), "prev", kType,
                   "The page before");
    }
    json.end_array();
}

constexpr std::array<std::string_view, 2> kFeatureEncodings{"json", "geojson"};

} // namespace

Answer get_ogc_items(Call& call) {
    ICMAP_ASSIGN(const OgcCollection* collection,
                 find_collection(call.catalogue(), call.captured[0]));
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto properties, properties_of(lease.connection(), *collection));
    Where where;
    // More than the most is no mistake. \source OGC 17-069r4, 7.15.2 and 7.15.8
    ICMAP_ASSIGN(auto limit, call.parameters.integer(
                                 "limit", 1, std::numeric_limits<std::int64_t>::max(), 100));
    limit = std::min<std::int64_t>(limit, kMostItems);
    ICMAP_ASSIGN(const auto offset, call.parameters.integer("offset", 0, 1'000'000'000, 0));
    ICMAP_ASSIGN(const auto box, call.parameters.bbox("bbox"));
    ICMAP_TRY(add_time_filter(call, *collection, where));
    ICMAP_TRY(add_property_filters(call, properties, where));
    ICMAP_TRY(finish_ogc(call, kFeatureEncodings));
    if (box && collection->is_points) {
        add_point_filter(*box, where);
    }
    ICMAP_ASSIGN(const Page page, collection->is_points
                                      ? read_points(lease.connection(), *collection, properties,
                                                    where, limit, offset)
                                      : read_outlines(call, lease.connection(), *collection,
                                                      properties, where, box, limit, offset));
    JsonWriter json;
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("numberMatched", page.matched);
    json.member("numberReturned", page.rows.size());
    json.member("timeStamp", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))));
    write_page_links(json, call, *collection, page, limit, offset);
    json.key("features");
    json.begin_array();
    for (const Row& row : page.rows) {
        write_feature(json, call, *collection, row, false);
    }
    json.end_array();
    json.end_object();
    return respond("application/geo+json", json.take());
}

Answer get_ogc_item(Call& call) {
    ICMAP_TRY(finish_ogc(call, kFeatureEncodings));
    ICMAP_ASSIGN(const OgcCollection* collection,
                 find_collection(call.catalogue(), call.captured[0]));
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto properties, properties_of(lease.connection(), *collection));
    const std::array<store::Value, 1> id{std::string_view(call.captured[1])};
    ICMAP_SERVE_ASSIGN(const auto rows,
                       read(lease.connection(), *collection,
                            select_rows(*collection, properties) + " where id::varchar = $1", id));
    if (rows.empty()) {
        return not_found(
            fmt::format("There is no feature {} in {}", call.captured[1], collection->id),
            fmt::format("/ogc/collections/{}/items lists them", collection->id));
    }
    JsonWriter json;
    write_feature(json, call, *collection, rows.front(), true);
    return respond("application/geo+json", json.take());
}

} // namespace icmap::serve
