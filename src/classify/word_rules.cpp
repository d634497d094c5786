#include "classify/word_rules.hpp"

#include <algorithm>

namespace icmap::classify {
namespace {

/// Calls `is_wanted` for each code of a list with one space between; true when one or, with `all`,
/// every one is wanted. No code at all is never wanted.
template <class Wanted>
bool codes_match(std::string_view codes, bool all, Wanted&& is_wanted) {
    bool any = false;
    while (!codes.empty()) {
        const std::size_t space = std::min(codes.find(' '), codes.size());
        const bool wanted = is_wanted(codes.substr(0, space));
        if (wanted != all) {
            return !all;
        }
        any = true;
        codes.remove_prefix(std::min(space + 1, codes.size()));
    }
    return all && any;
}

/// "sensor" for "sensors", "battery" for "batteries": the two say one thing.
std::string singular(std::string_view words) {
    if (words.ends_with("ies")) {
        return std::string(words.substr(0, words.size() - 3)) + 'y';
    }
    return std::string(words.substr(0, words.size() - (words.ends_with('s') ? 1 : 0)));
}

bool begins_with_one_of(std::string_view code, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [code](const std::string& prefix) { return code.starts_with(prefix); });
}

} // namespace

WordRules::WordRules(const Definitions& definitions) : definitions_(definitions) {
    for (std::uint32_t s = 0; s < definitions.sectors.size(); ++s) {
        const SectorDefinition& sector = definitions.sectors[s];
        if (sector.words.empty()) {
            continue;
        }
        add(sector.not_words, {s, 0, Role::excludes});
        for (std::uint32_t r = 0; r < sector.words.size(); ++r) {
            add(sector.words[r].any, {s, r, Role::any});
            add(sector.words[r].context, {s, r, Role::context});
        }
    }
}

void WordRules::add(const std::vector<std::string>& phrases, Use use) {
    for (const std::string& phrase : phrases) {
        const std::uint32_t term = matcher_.add(phrase);
        if (term >= uses_.size()) {
            uses_.resize(term + 1);
        }
        uses_[term].push_back(use);
    }
}

void WordRules::judge(std::string_view text, Field field, std::string_view sic_codes,
                      Scratch& scratch, std::vector<Verdict>& verdicts) const {
    const std::span<const TermHit> hits = matcher_.find(text, scratch.matcher);
    if (hits.empty()) {
        return;
    }
    scratch.found.clear();
    for (std::uint32_t h = 0; h < hits.size(); ++h) {
        for (const Use& use : uses_[hits[h].term]) {
            scratch.found.push_back({use, h});
        }
    }
    std::sort(scratch.found.begin(), scratch.found.end(), [](const Found& a, const Found& b) {
        return std::tie(a.use.sector, a.use.role, a.use.rule, a.hit) <
               std::tie(b.use.sector, b.use.role, b.use.rule, b.hit);
    });
    const std::span<const Found> all(scratch.found);
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        while (end < all.size() && all[end].use.sector == all[begin].use.sector) {
            ++end;
        }
        judge_sector(all.subspan(begin, end - begin), hits, field, sic_codes, scratch, verdicts);
        begin = end;
    }
}

void WordRules::judge_sector(std::span<const Found> found, std::span<const TermHit> hits,
                             Field field, std::string_view sic_codes, Scratch& scratch,
                             std::vector<Verdict>& verdicts) const {
    const SectorDefinition& sector = definitions_.sectors[found.front().use.sector];
    const WordSettings& settings = definitions_.settings[sector.settings];
    const auto at = static_cast<std::size_t>(field);
    if (found.front().use.role == Role::excludes) {
        return;
    }
    if (field == Field::name && codes_match(sic_codes, true, [&](std::string_view code) {
            return begins_with_one_of(code, settings.name_not_sic);
        })) {
        return;
    }
    const auto has_context = [&](std::uint32_t rule) {
        return std::any_of(found.begin(), found.end(), [rule](const Found& f) {
            return f.use.role == Role::context && f.use.rule == rule;
        });
    };
    scratch.strengths.assign(hits.size(), 0.0);
    for (const Found& f : found) {
        const WordRule& rule = sector.words[f.use.rule];
        if (f.use.role != Role::any || !rule.fields[at]) {
            continue;
        }
        const bool is_gated = !rule.context.empty() || !rule.sic.empty();
        if (is_gated && !has_context(f.use.rule) &&
            !codes_match(sic_codes, false, [&rule](std::string_view code) {
                return begins_with_one_of(code, rule.sic);
            })) {
            continue;
        }
        scratch.strengths[f.hit] = std::max(scratch.strengths[f.hit], rule.strength);
    }
    Verdict verdict;
    verdict.sector = found.front().use.sector;
    std::vector<std::string> told;
    for (std::size_t h = 0; h < hits.size(); ++h) {
        if (scratch.strengths[h] <= 0.0) {
            continue;
        }
        std::string word = singular(hits[h].words);
        if (std::find(told.begin(), told.end(), word) != told.end()) {
            continue;
        }
        verdict.score += scratch.strengths[h] * settings.weights[at];
        told.push_back(std::move(word));
        if (told.size() <= 3) {
            verdict.words += verdict.words.empty() ? "" : ", ";
            verdict.words += hits[h].words;
        }
    }
    if (verdict.score > 0.0) {
        verdicts.push_back(std::move(verdict));
    }
}

} // namespace icmap::classify
