#include "link/weighed_links.hpp"

#include "names/organisation_name.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <string>

namespace icmap::link {
namespace {

/// The own name of each firm, then of each institution.
constexpr const char* kOwnNamesQuery = R"(
    select organisation_key(name), legal_form(name) from firm
    union all
    select organisation_key(name), legal_form(name) from (select name from asset order by asset_id))";

/// What firms were called before, each name once.
constexpr const char* kFormerNamesQuery = R"(
    with named as (
        select firm_id as entity, unnest(former_names) as name from firm where former_names is not null
    ),
    keyed as (
        select entity, organisation_key(name) as key, legal_form(name) as form from named
    )
    select distinct entity, key, form from keyed where key is not null
    order by entity, key, form)";

constexpr const char* kEntitiesQuery = R"(
    select incorporated, dissolved from firm)";

constexpr const char* kPlacesQuery = R"(
    select firm_id as entity, postcode, true as is_firm from site where postcode is not null
    union all
    select ((select count(*) from firm) + asset_id)::uinteger, postcode, false
    from asset where postcode is not null
    order by entity, postcode)";

constexpr const char* kMentionsQuery = R"(
    select mention_id, key, name, postcode, first_day, last_day
    from mention anti join mention_link using (mention_id)
    where key is not null
    order by mention_id)";

std::int32_t day_of(const store::Chunk& chunk, std::size_t column, std::size_t row) {
    return chunk.is_null(column, row) ? kNoDay : chunk.column<std::int32_t>(column)[row];
}

struct FormerNames {
    std::vector<std::uint32_t> entity;
    TextList keys;
    std::vector<names::LegalForm> forms;
};

Result<FormerNames> read_former_names(store::Connection& connection) {
    FormerNames former;
    ICMAP_TRY(connection.read(kFormerNamesQuery, [&](const store::Chunk& chunk) {
        const auto entity = chunk.column<std::uint32_t>(0);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            former.entity.push_back(entity[i]);
            former.keys.add(chunk.text(1, i));
            former.forms.push_back(names::parse_legal_form(chunk.text(2, i)));
        }
    }));
    return former;
}

/// Each entity's own name first.
Result<void> read_names(store::Connection& connection, Register& registered) {
    ICMAP_ASSIGN(const FormerNames former, read_former_names(connection));
    std::size_t next = 0;
    std::uint32_t entity = 0;
    const auto add = [&](std::string_view key, names::LegalForm form, bool is_former) {
        registered.entity.push_back(entity);
        registered.names.add(key);
        registered.is_former.push_back(is_former ? 1 : 0);
        registered.form.push_back(form);
    };
    return connection.read(kOwnNamesQuery, [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i, ++entity) {
            if (!chunk.is_null(0, i)) {
                add(chunk.text(0, i), names::parse_legal_form(chunk.text(1, i)), false);
            }
            for (; next < former.entity.size() && former.entity[next] == entity; ++next) {
                add(former.keys[next], former.forms[next], true);
            }
        }
    });
}

Result<void> read_places(store::Connection& connection, Register& registered) {
    const std::size_t entities = registered.born_day.size();
    registered.first_place.reserve(entities + 1);
    ICMAP_TRY(connection.read(kPlacesQuery, [&](const store::Chunk& chunk) {
        const auto entity = chunk.column<std::uint32_t>(0);
        const auto is_firm = chunk.column<bool>(2);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            registered.places.expect(chunk.text(1, i));
        }
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const std::uint32_t postcode = registered.places.add(chunk.text(1, i));
            if (postcode == kNoPlace) {
                continue;
            }
            if (is_firm[i]) {
                registered.places.count(postcode);
            }
            while (registered.first_place.size() <= entity[i]) {
                registered.first_place.push_back(registered.postcodes.size());
            }
            registered.postcodes.push_back(postcode);
        }
    }));
    registered.first_place.resize(entities + 1, registered.postcodes.size());
    return {};
}

struct ReadMentions {
    Mentions mentions;
    std::vector<std::uint32_t> ids; ///< mention_id
};

Result<ReadMentions> read_mentions(store::Connection& connection, PostcodePlaces& places) {
    const names::NameRules& rules = names::NameRules::standard();
    ReadMentions read;
    ICMAP_TRY(connection.read(kMentionsQuery, [&](const store::Chunk& chunk) {
        const auto id = chunk.column<std::uint32_t>(0);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            read.ids.push_back(id[i]);
            read.mentions.keys.add(chunk.text(1, i));
            read.mentions.has_form.push_back(rules.has_legal_form(chunk.text(2, i)) ? 1 : 0);
            read.mentions.form.push_back(names::legal_form_of(chunk.text(2, i)));
            read.mentions.postcode.push_back(places.add(chunk.text(3, i)));
            read.mentions.first_day.push_back(day_of(chunk, 4, i));
            read.mentions.last_day.push_back(day_of(chunk, 5, i));
        }
    }));
    return read;
}

Result<void> write_matches(store::Connection& connection, const Matches& matches,
                           const std::vector<std::uint32_t>& ids) {
    std::vector<std::uint32_t> mention;
    std::vector<std::uint32_t> entity;
    std::vector<std::string> method;
    std::vector<double> score;
    std::vector<std::uint8_t> is_link;
    const auto add = [&](std::size_t i, const Match& match, bool link) {
        mention.push_back(ids[i]);
        entity.push_back(match.entity);
        method.emplace_back(to_text(match.method));
        score.push_back(match.score);
        is_link.push_back(link ? 1 : 0);
    };
    for (std::size_t i = 0; i < matches.links.size(); ++i) {
        if (matches.links[i].method != MatchMethod::none) {
            add(i, matches.links[i], true);
        }
    }
    for (const Candidate& candidate : matches.candidates) {
        add(candidate.mention, candidate.match, false);
    }
    store::Column flags{std::span<const std::uint8_t>(is_link)};
    flags.is_boolean = true;
    const std::array<store::Column, 5> columns{
        store::Column{std::span<const std::uint32_t>(mention)},
        store::Column{std::span<const std::uint32_t>(entity)},
        store::Column{std::span<const std::string>(method)},
        store::Column{std::span<const double>(score)}, flags};
    return store::append_columns(connection, "main", "mention_match", columns);
}

} // namespace

Result<Register> read_register(store::Connection& connection) {
    Register registered;
    ICMAP_TRY(read_names(connection, registered));
    ICMAP_TRY(connection.read(kEntitiesQuery, [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            registered.born_day.push_back(day_of(chunk, 0, i));
            registered.gone_day.push_back(day_of(chunk, 1, i));
        }
    }));
    registered.firms = static_cast<std::uint32_t>(registered.born_day.size());
    ICMAP_ASSIGN(const std::int64_t institutions, connection.integer("select count(*) from asset"));
    const std::size_t entities = registered.firms + static_cast<std::size_t>(institutions);
    registered.born_day.resize(entities, kNoDay);
    registered.gone_day.resize(entities, kNoDay);
    ICMAP_TRY(read_places(connection, registered));
    return registered;
}

Result<void> weigh_links(store::Connection& connection, const MatchOptions& options,
                         const std::function<Result<Register>()>& read) {
    ICMAP_ASSIGN(const std::int64_t left,
                 connection.integer("select count(*) from mention anti join mention_link using "
                                    "(mention_id) where key is not null"));
    if (left == 0) {
        return {};
    }
    ICMAP_ASSIGN(Register registered, read());
    ICMAP_ASSIGN(const ReadMentions named, read_mentions(connection, registered.places));
    const Matches matches = match_names(registered, named.mentions, options, standard_weight);
    return write_matches(connection, matches, named.ids);
}

} // namespace icmap::link
