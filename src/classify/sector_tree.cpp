#include "base/nearest.hpp"
#include "classify/taxonomy.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_map>

namespace icmap::classify {
namespace {

std::unordered_map<std::string_view, std::size_t> index_by_slug(const Definitions& definitions) {
    std::unordered_map<std::string_view, std::size_t> index;
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        index.emplace(definitions.sectors[i].slug, i);
    }
    return index;
}

} // namespace

std::optional<std::uint16_t> parent_of(const Definitions& definitions, std::size_t sector) {
    const std::string& slug = definitions.sectors[sector].parent;
    for (std::size_t i = 0; !slug.empty() && i < definitions.sectors.size(); ++i) {
        if (definitions.sectors[i].slug == slug) {
            return static_cast<std::uint16_t>(i);
        }
    }
    return std::nullopt;
}

Result<void> resolve_parents(Definitions& definitions) {
    const auto index = index_by_slug(definitions);
    for (SectorDefinition& sector : definitions.sectors) {
        const auto fail = [&sector](std::string what, std::string remedy) {
            return tl::unexpected(Error{ErrorKind::input, std::move(what), sector.file, sector.line,
                                        "sector.parent", sector.parent, std::move(remedy)});
        };
        std::string top = sector.name;
        std::string top_type = sector.type;
        std::string_view next = sector.parent;
        for (std::size_t steps = 0; !next.empty(); ++steps) {
            const auto found = index.find(next);
            if (found == index.end()) {
                return fail("The parent is not a sector",
                            "Name the slug of a sector of this taxonomy or of one before it");
            }
            if (steps > definitions.sectors.size()) {
                return fail("The sector is its own parent, by way of others",
                            "Break the circle of parents");
            }
            const SectorDefinition& parent = definitions.sectors[found->second];
            top = parent.name;
            top_type = parent.type;
            next = parent.parent;
        }
        if (sector.industrial_strategy_parent.empty() && top_type == "industrial_strategy") {
            sector.industrial_strategy_parent = top;
        }
    }
    return {};
}

namespace {

Error no_such_sector(const std::string& slug, const Definitions& definitions) {
    std::vector<std::string> known;
    for (const SectorDefinition& sector : definitions.sectors) {
        known.push_back(sector.slug);
    }
    const auto nearest = nearest_word(slug, known);
    return {ErrorKind::input,
            "There is no such sector",
            "",
            0,
            "sectors.only",
            slug,
            fmt::format("{}Use one of: {}",
                        nearest ? fmt::format("Did you mean \"{}\"? ", *nearest) : std::string(),
                        fmt::join(known, ", "))};
}

} // namespace

Result<void> keep_only(const std::vector<std::string>& slugs, Definitions& definitions) {
    if (slugs.empty()) {
        return {};
    }
    const auto index = index_by_slug(definitions);
    for (const std::string& slug : slugs) {
        if (!index.contains(slug)) {
            return tl::unexpected(no_such_sector(slug, definitions));
        }
    }
    std::vector<SectorDefinition> sectors;
    for (const SectorDefinition& sector : definitions.sectors) {
        // The sector or one above it is named; parents are known to form no circle.
        const SectorDefinition* at = &sector;
        while (std::find(slugs.begin(), slugs.end(), at->slug) == slugs.end() &&
               !at->parent.empty()) {
            at = &definitions.sectors[index.at(at->parent)];
        }
        if (std::find(slugs.begin(), slugs.end(), at->slug) != slugs.end()) {
            sectors.push_back(sector);
        }
    }
    for (SectorDefinition& sector : sectors) {
        const bool has_parent =
            std::any_of(sectors.begin(), sectors.end(), [&sector](const SectorDefinition& other) {
                return other.slug == sector.parent;
            });
        if (!has_parent) {
            sector.parent.clear();
        }
    }
    definitions.sectors = std::move(sectors);
    return {};
}

} // namespace icmap::classify
