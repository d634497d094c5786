#include "demo/names.hpp"

#include <array>
#include <cctype>

namespace icmap::demo {
namespace {

const std::string& word(Random& random, const char* list) {
    return random.pick(tables().list(list));
}

char initial(Random& random) {
    return static_cast<char>('A' + random.below(26));
}

/// What stands before the trade: a person, initials, a place, an image, an invented word.
std::string lead(Random& random, std::string_view town) {
    const std::uint32_t style = random.below(100);
    if (style < 14) {
        return word(random, "surname");
    }
    if (style < 26) {
        return word(random, "given") + " " + word(random, "surname");
    }
    if (style < 40) {
        std::string initials(1, initial(random));
        initials += initial(random);
        if (random.chance(0.5)) {
            initials += initial(random);
        }
        return initials;
    }
    if (style < 48) {
        return std::string(1, initial(random)) + " " + word(random, "surname");
    }
    if (style < 60) {
        return word(random, "adjective") + " " + word(random, "noun");
    }
    if (style < 67) {
        return word(random, "adjective");
    }
    if (style < 73) {
        return std::string(town);
    }
    if (style < 79) {
        return word(random, "surname") + " & " + word(random, "surname");
    }
    return invented_word(random);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// One slip: a letter doubled, dropped, or changed with its neighbour.
void misspell(Random& random, std::string& text) {
    if (text.size() < 6) {
        return;
    }
    const std::size_t at = 1 + random.below(static_cast<std::uint32_t>(text.size()) - 3);
    switch (random.below(3)) {
    case 0:
        text.insert(at, 1, text[at]);
        break;
    case 1:
        text.erase(at, 1);
        break;
    default:
        std::swap(text[at], text[at + 1]);
    }
}

} // namespace

std::string invented_word(Random& random) {
    std::string out = word(random, "start");
    if (random.chance(0.6)) {
        out += word(random, "middle");
    }
    return out + word(random, "end");
}

std::string ordinary_name(Random& random, const SicCode& sic, std::string_view town) {
    std::string name = random.chance(0.02) ? "THE " : "";
    name += lead(random, town);
    const std::uint32_t style = random.below(100);
    if (style < 55) {
        name += ' ';
        name += random.pick(sic.trade_words);
    } else if (style < 80) {
        name += ' ';
        name += word(random, "generic");
    } else if (style < 90) {
        name += ' ';
        name += random.pick(sic.trade_words);
        name += ' ';
        name += word(random, "generic");
    }
    if (random.chance(0.03)) {
        name += " (UK)";
    } else if (name.size() < 16 && random.chance(0.5)) {
        // A short name is usually taken already; registrants then add where they are.
        name += " (";
        name += town;
        name += ')';
    }
    return name;
}

std::string planted_name(Random& random, const PlantedSector& sector, bool shows_sector) {
    const std::uint32_t style = random.below(10);
    std::string name = style < 6   ? invented_word(random)
                       : style < 8 ? word(random, "surname")
                                   : word(random, "adjective") + " " + word(random, "noun");
    if (shows_sector) {
        name += ' ';
        name += random.pick(sector.name_words);
    }
    if (!shows_sector || random.chance(0.5)) {
        name += ' ';
        name += word(random, "research");
    }
    return name;
}

std::string title_case(std::string_view text) {
    std::string out(text);
    bool starts_word = true;
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        c = static_cast<char>(starts_word ? std::toupper(byte) : std::tolower(byte));
        starts_word = std::isalnum(byte) == 0 && c != '\'';
    }
    return out;
}

std::string as_typed(Random& random, std::string_view registered, bool& is_misspelt) {
    std::string name(registered);
    if (random.chance(0.75)) {
        name = title_case(name);
        replace_all(name, "Llp", "LLP");
        replace_all(name, "Plc", "PLC");
    }
    const std::uint32_t form = random.below(100);
    const bool is_title = name != registered;
    if (form < 30) {
        replace_all(name, is_title ? " Limited" : " LIMITED", is_title ? " Ltd" : " LTD");
    } else if (form < 40) {
        replace_all(name, is_title ? " Limited" : " LIMITED", "");
        replace_all(name, is_title ? " Ltd" : " LTD", "");
    } else if (form < 48) {
        replace_all(name, is_title ? " Ltd" : " LTD", is_title ? " Limited" : " LIMITED");
    }
    if (random.chance(0.3)) {
        replace_all(name, " & ", is_title ? " and " : " AND ");
    }
    if (random.chance(0.2)) {
        replace_all(name, is_title ? " (Uk)" : " (UK)", is_title ? " UK" : " UK");
    }
    is_misspelt = random.chance(0.035);
    if (is_misspelt) {
        misspell(random, name);
    }
    return name;
}

} // namespace icmap::demo
