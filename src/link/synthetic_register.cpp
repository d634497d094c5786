#include "link/synthetic_register.hpp"

#include "names/organisation_name.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <random>
#include <string_view>

namespace icmap::link {
namespace {

constexpr std::array<std::string_view, 72> kTrades{
    "ENGINEERING",   "SOLUTIONS",       "SERVICES",    "CONSULTING",   "TECHNOLOGY",  "SYSTEMS",
    "PROPERTIES",    "CONSTRUCTION",    "BUILDING",    "MANAGEMENT",   "DESIGN",      "HOLDINGS",
    "TRANSPORT",     "LOGISTICS",       "ELECTRICAL",  "PLUMBING",     "HEATING",     "SOFTWARE",
    "DIGITAL",       "MEDIA",           "MARKETING",   "FOODS",        "CATERING",    "CARE",
    "HEALTHCARE",    "PHARMACEUTICALS", "BIOSCIENCES", "DIAGNOSTICS",  "ENERGY",      "RENEWABLES",
    "POWER",         "ENVIRONMENTAL",   "MATERIALS",   "STEEL",        "METALS",      "CASTINGS",
    "TOOLS",         "MACHINERY",       "AUTOMATION",  "ROBOTICS",     "ELECTRONICS", "INSTRUMENTS",
    "OPTICS",        "PHOTONICS",       "SENSORS",     "DATA",         "ANALYTICS",   "SECURITY",
    "FINANCIAL",     "INVESTMENTS",     "CAPITAL",     "TRADING",      "IMPORTS",     "SUPPLIES",
    "MANUFACTURING", "PRODUCTS",        "INDUSTRIES",  "PLASTICS",     "PACKAGING",   "PRINT",
    "TEXTILES",      "FURNITURE",       "JOINERY",     "ROOFING",      "CLEANING",    "RECRUITMENT",
    "TRAINING",      "EDUCATION",       "RESEARCH",    "LABORATORIES", "AEROSPACE",   "AUTOMOTIVE"};
constexpr std::array<std::string_view, 8> kExtras{
    "UK", "GROUP", "INTERNATIONAL", "EUROPE", "YORKSHIRE", "NORTHERN", "LONDON", "GLOBAL"};
constexpr std::array<std::string_view, 16> kSisters{
    "HOLDINGS",   "GROUP",    "TRADING",  "PROPERTIES", "INVESTMENTS",   "DEVELOPMENTS",
    "ESTATES",    "VENTURES", "LEASING",  "FINANCE",    "INTERNATIONAL", "SERVICES",
    "MANAGEMENT", "UK",       "NORTHERN", "EUROPE"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kShortened{
    {{"ENGINEERING", "ENG"},
     {"TECHNOLOGY", "TECH"},
     {"MANUFACTURING", "MFG"},
     {"SERVICES", "SVCS"},
     {"LABORATORIES", "LABS"},
     {"MANAGEMENT", "MGMT"},
     {"PHARMACEUTICALS", "PHARMA"},
     {"ELECTRICAL", "ELECT"}}};
constexpr std::array<std::string_view, 24> kOnsets{"B",  "BR", "C",  "CH", "D",  "DR", "F", "G",
                                                   "GL", "H",  "J",  "K",  "L",  "M",  "N", "P",
                                                   "R",  "S",  "ST", "T",  "TR", "V",  "W", "Z"};
constexpr std::array<std::string_view, 10> kVowels{"A",  "E",  "I",  "O", "U",
                                                   "EA", "OO", "AI", "Y", "OU"};
constexpr std::array<std::string_view, 14> kCodas{"",   "N",  "R", "L", "S",  "T",  "ND",
                                                  "RT", "CK", "X", "M", "LL", "TH", "RN"};

/// Draws from a generator without the distributions of std, which differ between libraries.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t n) { return engine_() % n; }
    double unit() { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53; }
    bool chance(double p) { return unit() < p; }
    /// Low numbers often, high ones seldom (Zipf's law, exponent 1).
    std::size_t zipf(std::size_t n) {
        const double x = std::exp(unit() * std::log(static_cast<double>(n) + 1.0));
        return std::min(n - 1, static_cast<std::size_t>(x) - 1);
    }
    template <class T, std::size_t N>
    const T& of(const std::array<T, N>& all) {
        return all.at(below(N));
    }

  private:
    std::mt19937_64 engine_;
};

std::string invented_word(std::uint64_t number) {
    Dice dice(number * 2654435761U + 12345);
    std::string word;
    const std::size_t syllables = 2 + dice.below(2);
    for (std::size_t i = 0; i < syllables; ++i) {
        word += dice.of(kOnsets);
        word += dice.of(kVowels);
        if (i + 1 == syllables || dice.chance(0.3)) {
            word += dice.of(kCodas);
        }
    }
    return word;
}

/// Words of firms' names as often as on a real register: of 75,740 real companies 37 % have a word
/// that no other has, 65 % one that at most five have, 94 % one that at most 50 have; here 38 %,
/// 65 % and 94 %.
std::string name_word(Dice& dice, std::uint32_t firms) {
    if (dice.chance(0.30)) {
        return invented_word(1'000'000'000 + dice.below(20 * std::size_t{firms}));
    }
    const double vocabulary = 0.4 * firms;
    return invented_word(static_cast<std::uint64_t>(vocabulary * std::pow(dice.unit(), 2.5)));
}

std::string invented_name(Dice& dice, std::uint32_t firms) {
    std::string name = name_word(dice, firms);
    if (dice.chance(0.25)) {
        name += (dice.chance(0.3) ? " & " : " ") + name_word(dice, firms);
    }
    if (dice.chance(0.88)) {
        name += ' ';
        name += kTrades.at(dice.zipf(kTrades.size()));
    }
    if (dice.chance(0.3)) {
        name += ' ';
        name += dice.of(kTrades);
    }
    if (dice.chance(0.1)) {
        name += fmt::format(" ({})", dice.of(kExtras));
    }
    return name;
}

std::string invented_postcode(Dice& dice) {
    const std::size_t area = dice.zipf(120);
    const char first = static_cast<char>('A' + area % 26);
    const char second = static_cast<char>('A' + area / 26);
    const auto letter = [&] { return static_cast<char>('A' + dice.below(6)); };
    return fmt::format("{}{}{} {}{}{}", first, second, 1 + dice.zipf(30), dice.below(9), letter(),
                       letter());
}

std::string misspelt(std::string name, Dice& dice) {
    // A letter of a long word: left out, doubled, replaced or swapped.
    for (int attempt = 0; attempt < 50; ++attempt) {
        const std::size_t at = 1 + dice.below(name.size() - 2);
        const auto is_inner = [&](std::size_t i) {
            return name[i - 1] >= 'A' && name[i] >= 'A' && name[i + 1] >= 'A';
        };
        const std::size_t begin = name.rfind(' ', at) + 1;
        const std::size_t end = std::min(name.find(' ', at), name.size());
        if (!is_inner(at) || end - begin < 5) {
            continue;
        }
        switch (dice.below(4)) {
        case 0:
            return name.erase(at, 1);
        case 1:
            return name.insert(at, 1, name[at]);
        case 2:
            name[at] = name[at] == 'E' ? 'A' : 'E';
            return name;
        default:
            if (name[at] != name[at - 1]) {
                std::swap(name[at], name[at - 1]);
                return name;
            }
        }
    }
    return name;
}

std::string shortened(std::string name, Dice& dice) {
    for (const auto& [full, brief] : kShortened) {
        const std::size_t at = name.find(full);
        if (at != std::string::npos) {
            return name.replace(at, full.size(), brief);
        }
    }
    const std::size_t last = name.rfind(' ');
    return last != std::string::npos && dice.chance(0.5) && name.size() - last > 7
               ? name.substr(0, last + 6)
               : name;
}

/// The name of another organisation made of the same words: a sister company, a branch.
std::string relative_of(const std::string& name, Dice& dice) {
    const std::size_t last = name.rfind(' ');
    if (last == std::string::npos || dice.chance(0.5)) {
        return fmt::format("{} {}", name, dice.of(kSisters));
    }
    return dice.chance(0.5) ? fmt::format("{} {}", name.substr(0, last), dice.of(kTrades))
                            : name.substr(0, last);
}

struct Written {
    std::string name;
    const char* kind;
    bool drops_form = false; ///< no legal form is written behind it
};

Written written(const std::string& name, const std::string& former, Dice& dice) {
    const double what = dice.unit();
    if (what < 0.50) {
        return {name, "as registered"};
    }
    if (what < 0.68) {
        return {misspelt(name, dice), "misspelt"};
    }
    if (what < 0.76) {
        return {shortened(name, dice), "shortened"};
    }
    if (what < 0.83) {
        // Who calls a company a group does not mean its registered name.
        const std::string_view extra = dice.of(kExtras);
        return {fmt::format("{} {}", name, extra), "word added",
                extra == "GROUP" || extra == "INTERNATIONAL"};
    }
    if (what < 0.89) {
        return {former.empty() ? name : former, "former name"};
    }
    if (what < 0.93) {
        const std::size_t last = name.rfind(' ');
        const bool has_three = name.find(' ') != last;
        return {has_three ? name.substr(0, last) : name, "last word dropped"};
    }
    if (what < 0.96) {
        const std::size_t first = name.find(' ');
        return {first == std::string::npos ? name : name.substr(0, first) + name.substr(first + 1),
                "words joined"};
    }
    return {name + " t/a " + invented_word(dice.below(100000)), "trading as"};
}

std::string moved(const std::string& postcode, Dice& dice) {
    const double how_far = dice.unit();
    const std::size_t space = postcode.find(' ');
    if (how_far < 0.62) {
        return postcode;
    }
    if (how_far < 0.72) {
        return fmt::format("{} {}ZZ", postcode.substr(0, space), 1 + dice.below(8));
    }
    if (how_far < 0.86) {
        return fmt::format("{}{} 1ZZ", postcode.substr(0, 2), 40 + dice.below(20));
    }
    return how_far < 0.94 ? invented_postcode(dice) : std::string();
}

/// Where a relative of an organisation at that postcode is.
std::string postcode_of_relative(const std::string& postcode, Dice& dice) {
    const double how_far = dice.unit();
    const std::size_t space = postcode.find(' ');
    if (how_far < 0.28) {
        return postcode;
    }
    if (how_far < 0.39) {
        return fmt::format("{} {}ZZ", postcode.substr(0, space), 1 + dice.below(8));
    }
    if (how_far < 0.51) {
        return fmt::format("{}{} 1ZZ", postcode.substr(0, 2), 40 + dice.below(20));
    }
    return how_far < 0.94 ? invented_postcode(dice) : std::string();
}

std::string_view form_of_firm(Dice& dice) {
    const double what = dice.unit();
    return what < 0.93 ? " LIMITED" : what < 0.96 ? " PLC" : " LLP";
}

/// A legal form as records write it: as it is, in another spelling, left out, seldom a wrong one.
std::string_view written_form(std::string_view form, Dice& dice) {
    const double what = dice.unit();
    if (what < 0.20) {
        return "";
    }
    if (what < 0.23) {
        return form == " LIMITED" ? " PLC" : " LIMITED";
    }
    return form == " LIMITED" && dice.chance(0.6) ? (dice.chance(0.5) ? " LTD" : " LTD.") : form;
}

void add_name(Register& registered, std::uint32_t entity, std::string_view name,
              std::string_view form, bool is_former) {
    registered.entity.push_back(entity);
    registered.names.add(names::NameRules::standard().key(name));
    registered.is_former.push_back(is_former ? 1 : 0);
    registered.form.push_back(names::legal_form_of(std::string(name) + std::string(form)));
}

void add_mention(SyntheticWorld& world, const Written& record, std::string_view form,
                 std::string_view postcode, std::uint32_t truth) {
    const std::string full = record.name + std::string(form);
    const names::NameRules& rules = names::NameRules::standard();
    world.mention_names.push_back(full);
    world.kinds.emplace_back(record.kind);
    world.truth.push_back(truth);
    world.mentions.keys.add(rules.key(full));
    world.mentions.has_form.push_back(rules.has_legal_form(full) ? 1 : 0);
    world.mentions.form.push_back(names::legal_form_of(full));
    world.mentions.postcode.push_back(world.registered.places.add(postcode));
    world.mentions.first_day.push_back(kNoDay);
    world.mentions.last_day.push_back(kNoDay);
}

/// What is known of each firm beside its name.
struct Firms {
    std::vector<std::string> former;
    std::vector<std::string> postcodes;
    std::vector<std::string_view> forms;
};

Firms add_firms(SyntheticWorld& world, std::uint32_t firms, Dice& dice) {
    Firms known;
    Register& registered = world.registered;
    registered.firms = firms;
    for (std::uint32_t i = 0; i < firms; ++i) {
        // One firm in a hundred has the name of another, in another place: X LIMITED and X LLP. Two
        // in a hundred are sisters of another.
        const double what = i > 0 ? dice.unit() : 1.0;
        std::string name = what < 0.01   ? world.firm_names[dice.below(i)]
                           : what < 0.03 ? relative_of(world.firm_names[dice.below(i)], dice)
                                         : invented_name(dice, firms);
        known.forms.push_back(what < 0.01 ? " LLP" : form_of_firm(dice));
        add_name(registered, i, name, known.forms.back(), false);
        known.former.emplace_back();
        if (dice.chance(0.1)) {
            known.former[i] = invented_name(dice, firms);
            add_name(registered, i, known.former[i], known.forms.back(), true);
        }
        world.firm_names.push_back(std::move(name));
        known.postcodes.push_back(invented_postcode(dice));
        const std::uint32_t place = registered.places.add(known.postcodes[i]);
        registered.first_place.push_back(registered.postcodes.size());
        registered.postcodes.push_back(place);
        registered.places.count(place);
        registered.born_day.push_back(kNoDay);
        registered.gone_day.push_back(kNoDay);
    }
    registered.first_place.push_back(registered.postcodes.size());
    return known;
}

/// A mention of an organisation that is not on the register: a tenth of them are relatives of one
/// that is, with a name made of its words or, one in twelve, its very name; then seldom with a
/// legal form, as the law allows each name once.
void add_stranger(SyntheticWorld& world, const Firms& known, Dice& dice) {
    const auto firms = static_cast<std::uint32_t>(known.forms.size());
    const std::string_view form = written_form(form_of_firm(dice), dice);
    if (!dice.chance(0.1)) {
        const std::string name = invented_name(dice, firms);
        add_mention(world, {name, "not on the register"}, form, invented_postcode(dice), kNoEntity);
        return;
    }
    const std::size_t of = dice.below(firms);
    const std::string& name = world.firm_names[of];
    const std::string postcode = postcode_of_relative(known.postcodes[of], dice);
    if (dice.chance(1.0 / 12.0)) {
        add_mention(world, {name, "namesake, not on it"}, dice.chance(0.7) ? "" : form, postcode,
                    kNoEntity);
    } else {
        add_mention(world, {relative_of(name, dice), "relative, not on it"}, form, postcode,
                    kNoEntity);
    }
}

} // namespace

SyntheticWorld synthetic_world(std::uint32_t firms, std::uint32_t mentions, std::uint64_t seed) {
    Dice dice(seed);
    SyntheticWorld world;
    const Firms known = add_firms(world, firms, dice);
    for (std::uint32_t i = 0; i < mentions; ++i) {
        if (dice.chance(0.15)) {
            add_stranger(world, known, dice);
        } else {
            const auto firm = static_cast<std::uint32_t>(dice.below(firms));
            const Written record = written(world.firm_names[firm], known.former[firm], dice);
            const std::string_view form = written_form(known.forms[firm], dice);
            add_mention(world, record, record.drops_form ? "" : form,
                        moved(known.postcodes[firm], dice), firm);
        }
    }
    return world;
}

} // namespace icmap::link
