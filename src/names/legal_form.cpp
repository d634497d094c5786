#include "names/legal_form.hpp"

#include <algorithm>
#include <array>

namespace icmap::names {
namespace {

struct Ending {
    std::string_view words;
    LegalForm form;
};

/// Longer ones before those that they end in.
constexpr std::array<Ending, 26> kEndings{
    {{"LIMITED LIABILITY PARTNERSHIP", LegalForm::limited_liability_partnership},
     {"LLP", LegalForm::limited_liability_partnership},
     {"LIMITED PARTNERSHIP", LegalForm::limited_partnership},
     {"LP", LegalForm::limited_partnership},
     {"PUBLIC LIMITED COMPANY", LegalForm::public_limited},
     {"PLC", LegalForm::public_limited},
     {"P.L.C", LegalForm::public_limited},
     {"COMMUNITY INTEREST COMPANY", LegalForm::community_interest},
     {"CIC", LegalForm::community_interest},
     {"C.I.C", LegalForm::community_interest},
     {"PRIVATE LIMITED COMPANY", LegalForm::limited},
     {"LIMITED", LegalForm::limited},
     {"LTD", LegalForm::limited},
     {"CYFYNGEDIG", LegalForm::limited},
     {"CYF", LegalForm::limited},
     {"GMBH", LegalForm::foreign},
     {"AG", LegalForm::foreign},
     {"BV", LegalForm::foreign},
     {"B.V", LegalForm::foreign},
     {"NV", LegalForm::foreign},
     {"INC", LegalForm::foreign},
     {"LLC", LegalForm::foreign},
     {"CORP", LegalForm::foreign},
     {"SARL", LegalForm::foreign},
     {"SRL", LegalForm::foreign},
     {"OY", LegalForm::foreign}}};

struct Named {
    LegalForm form;
    std::string_view text;
};
constexpr std::array<Named, 6> kNames{{{LegalForm::limited, "limited"},
                                       {LegalForm::public_limited, "public"},
                                       {LegalForm::limited_liability_partnership, "llp"},
                                       {LegalForm::limited_partnership, "lp"},
                                       {LegalForm::community_interest, "cic"},
                                       {LegalForm::foreign, "foreign"}}};

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_letter_or_digit(char c) {
    const char u = upper(c);
    return (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9');
}

bool ends_with_word(std::string_view name, std::string_view ending) {
    if (name.size() <= ending.size()) {
        return false;
    }
    const std::size_t begin = name.size() - ending.size();
    return !is_letter_or_digit(name[begin - 1]) &&
           std::equal(ending.begin(), ending.end(),
                      name.begin() + static_cast<std::ptrdiff_t>(begin),
                      [](char a, char b) { return a == upper(b); });
}

} // namespace

LegalForm legal_form_of(std::string_view name) {
    while (!name.empty() && static_cast<unsigned char>(name.back()) < 0x80 &&
           !is_letter_or_digit(name.back())) {
        name.remove_suffix(1);
    }
    for (const Ending& ending : kEndings) {
        if (ends_with_word(name, ending.words)) {
            return ending.form;
        }
    }
    return LegalForm::unknown;
}

std::string_view to_text(LegalForm form) {
    for (const Named& named : kNames) {
        if (named.form == form) {
            return named.text;
        }
    }
    return "unknown";
}

LegalForm parse_legal_form(std::string_view text) {
    for (const Named& named : kNames) {
        if (named.text == text) {
            return named.form;
        }
    }
    return LegalForm::unknown;
}

} // namespace icmap::names
