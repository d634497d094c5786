#include "demo/tables.hpp"

#include "base/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

namespace icmap::demo {
namespace {

std::uint32_t whole(std::string_view text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void read_sic(Tables& out) {
    std::unordered_map<std::string, std::vector<std::string>> trades;
    for (const auto& row : parse_csv(authored_text("trades.csv"))) {
        trades[row[0]] = split(row[1], '|');
    }
    // Divisions whose firms take part in publicly funded R&D more often than others.
    constexpr std::array<std::string_view, 12> kTechnical{"20", "21", "26", "27", "28", "29",
                                                          "30", "62", "63", "71", "72", "32"};
    for (const auto& row : parse_csv(authored_text("sic.csv"))) {
        SicCode sic;
        sic.code = row[0];
        sic.text = row[2].empty() ? row[0] : fmt::format("{} - {}", row[0], row[2]);
        const std::string division = row[0].substr(0, 2);
        const auto found = trades.find(division);
        sic.trade_words = found == trades.end() ? trades.at("default") : found->second;
        sic.is_technical = std::ranges::find(kTechnical, division) != kTechnical.end();
        out.sic.push_back(std::move(sic));
        out.sic_weight.add(whole(row[1]));
    }
}

void read_sectors(Tables& out) {
    for (const auto& row : parse_csv(authored_text("sectors.csv"))) {
        PlantedSector sector;
        sector.slug = row[0];
        sector.name = row[1];
        sector.kind = row[2];
        sector.by_words = row[3] == "words";
        for (const std::string& part : split(row[4], '|')) {
            const std::string code = part.substr(0, 5);
            const auto found = std::ranges::find(out.sic, code, &SicCode::code);
            assert(found != out.sic.end());
            sector.sic.push_back(static_cast<std::size_t>(found - out.sic.begin()));
            sector.sic_weight.add(whole(std::string_view(part).substr(6)));
        }
        sector.name_words = split(row[5], '|');
        sector.project_phrases = split(row[6], '|');
        sector.towns = split(row[7], '|');
        sector.weight = whole(row[8]);
        sector.collaborating = whole(row[9]) / 100.0;
        sector.ipc = row[10];
        out.sector_weight.add(sector.weight);
        out.sectors.push_back(std::move(sector));
    }
}

Tables read_tables() {
    Tables out;
    read_sic(out);
    read_sectors(out);
    for (const auto& row : parse_csv(authored_text("words.csv"))) {
        out.words[row[0]] = split(row[1], '|');
    }
    for (const auto& row : parse_csv(authored_text("incorporation_years.csv"))) {
        out.years.push_back({static_cast<int>(whole(row[0])), static_cast<int>(whole(row[1]))});
        out.year_weight.add(whole(row[2]));
    }
    return out;
}

} // namespace

std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool in_quotes = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_quotes && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            row.back() += c;
            ++i;
        } else if (c == '"') {
            in_quotes = !in_quotes;
        } else if (c == ',' && !in_quotes) {
            row.emplace_back();
        } else if (c == '\n' && !in_quotes) {
            rows.push_back(std::move(row));
            row.assign(1, {});
        } else if (c != '\r' || in_quotes) {
            row.back() += c;
        }
    }
    if (!rows.empty()) {
        rows.erase(rows.begin());
    }
    return rows;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    }
    return parts;
}

std::size_t WeightedIndex::pick(Random& random) const {
    const std::uint32_t at = random.below(total());
    return static_cast<std::size_t>(std::ranges::upper_bound(cumulative_, at) -
                                    cumulative_.begin());
}

std::string_view authored_text(std::string_view name) {
    const auto text = base::find_text(reference::texts(), fmt::format("demo/{}", name));
    assert(text.has_value());
    return text.value_or(std::string_view{});
}

const Tables& tables() {
    static const Tables kTables = read_tables();
    return kTables;
}

} // namespace icmap::demo
