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

struct Written {
    std::string name;
    const char* kind;
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
        return {fmt::format("{} {}", name, dice.of(kExtras)), "word added"};
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

constexpr std::array<std::string_view, 5> kForms{" LIMITED", " LTD", " LTD.", " PLC", ""};

void add_name(Register& registered, std::uint32_t entity, std::string_view name, bool is_former) {
    registered.entity.push_back(entity);
    registered.names.add(names::NameRules::standard().key(name));
    registered.is_former.push_back(is_former ? 1 : 0);
}

void add_mention(SyntheticWorld& world, const Written& record, std::string_view postcode,
                 std::uint32_t truth, Dice& dice) {
    const std::string full = record.name + std::string(dice.of(kForms));
    const names::NameRules& rules = names::NameRules::standard();
    world.mention_names.push_back(full);
    world.kinds.emplace_back(record.kind);
    world.truth.push_back(truth);
    world.mentions.keys.add(rules.key(full));
    world.mentions.has_form.push_back(rules.has_legal_form(full) ? 1 : 0);
    world.mentions.postcode.push_back(world.registered.places.add(postcode));
    world.mentions.first_day.push_back(kNoDay);
    world.mentions.last_day.push_back(kNoDay);
}

} // namespace

SyntheticWorld synthetic_world(std::uint32_t firms, std::uint32_t mentions, std::uint64_t seed) {
    Dice dice(seed);
    SyntheticWorld world;
    Register& registered = world.registered;
    std::vector<std::string> former(firms);
    std::vector<std::string> postcodes(firms);
    registered.firms = firms;
    for (std::uint32_t i = 0; i < firms; ++i) {
        // One firm in a hundred has the name of another, in another place: X LIMITED and X LLP.
        std::string name = i > 0 && dice.chance(0.01) ? world.firm_names[dice.below(i)]
                                                      : invented_name(dice, firms);
        add_name(registered, i, name, false);
        if (dice.chance(0.1)) {
            former[i] = invented_name(dice, firms);
            add_name(registered, i, former[i], true);
        }
        world.firm_names.push_back(std::move(name));
        postcodes[i] = invented_postcode(dice);
        const std::uint32_t place = registered.places.add(postcodes[i]);
        registered.first_place.push_back(registered.postcodes.size());
        registered.postcodes.push_back(place);
        registered.places.count(place);
        registered.born_day.push_back(kNoDay);
        registered.gone_day.push_back(kNoDay);
    }
    registered.first_place.push_back(registered.postcodes.size());
    for (std::uint32_t i = 0; i < mentions; ++i) {
        if (dice.chance(0.15)) {
            const std::string name = invented_name(dice, firms);
            add_mention(world, {name, "not on the register"}, invented_postcode(dice), kNoEntity,
                        dice);
        } else {
            const auto firm = static_cast<std::uint32_t>(dice.below(firms));
            add_mention(world, written(world.firm_names[firm], former[firm], dice),
                        moved(postcodes[firm], dice), firm, dice);
        }
    }
    return world;
}

} // namespace icmap::link
