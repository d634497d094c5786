#include "names/organisation_name.hpp"

#include "names/fold.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace icmap::names {
namespace {

std::string folded(std::string_view text) {
    std::string out;
    fold(text, out);
    return out;
}

TEST(Fold, TurnsAnySpellingIntoUpperCaseWords) {
    const std::array<std::pair<const char*, const char*>, 18> examples{{
        {"St Mary's Hospital", "ST MARYS HOSPITAL"},
        {"St. Mary\u2019s Hospital", "ST MARYS HOSPITAL"},
        {"Marks & Spencer", "MARKS AND SPENCER"},
        {"MARKS&SPENCER", "MARKS AND SPENCER"},
        {"I.T.M. Power", "ITM POWER"},
        {"I. T. M. Power", "ITM POWER"},
        {"H.I.WELDRICK", "HI WELDRICK"},
        {"P L C", "PLC"},
        {"J.C.B. (Sales)", "JCB SALES"},
        {"Caf\u00e9 Zo\u00eb", "CAFE ZOE"},
        {"Gr\u0175p Llandrillo", "GRWP LLANDRILLO"},
        {"Stra\u00dfe \u00c6r\u00f8", "STRASSE AERO"},
        {"3.5 Rolls\u2013Royce/2", "3 5 ROLLS ROYCE 2"},
        {"  ,;  ", ""},
        {"", ""},
        {"\xff\xfe"
         "A\xc3",
         "A"},
        {"\u00abQuoted\u00bb", "QUOTED"},
        {"No.1 Shop", "NO 1 SHOP"},
    }};
    for (const auto& [text, expected] : examples) {
        EXPECT_EQ(folded(text), expected) << text;
    }
}

TEST(Fold, TakesBytesThatAreNoUtf8ForSpaces) {
    for (const char* none : {"\xff\x97\xbe\x97", "\xf8\x88\x80\x80\x80", "\xf4\x90\x80\x80",
                             "\xed\xa0\x80", "\xe0\x82\xa9", "\xf0\x82\x82\xa9", "\xc0\xa9"}) {
        EXPECT_EQ(folded(std::string("AB") + none + "CD"), "AB CD");
    }
    EXPECT_EQ(folded("\U0010FFFD\u4E2D"), "\U0010FFFD\u4E2D");
}

TEST(Fold, KeepsLettersOfOtherScripts) {
    EXPECT_EQ(folded("\u0418\u041d\u041d \u2013 Ltd"), "\u0418\u041d\u041d LTD");
}

TEST(Fold, AppendsToWhatIsThere) {
    std::string out = "A ";
    fold("b c", out);
    EXPECT_EQ(out, "A BC");
}

TEST(NameKey, IsOneForAllSpellingsOfAName) {
    const NameRules& rules = NameRules::standard();
    const std::array<std::pair<const char*, const char*>, 34> examples{{
        {"Beta Technology Ltd", "BETA TECHNOLOGY"},
        {"BETA TECHNOLOGY LIMITED", "BETA TECHNOLOGY"},
        {"Beta Technologies Ltd.", "BETA TECHNOLOGY"},
        {"The Floow Limited", "FLOOW"},
        {"Floow Limited (The)", "FLOOW"},
        {"Rolls-Royce Plc", "ROLLS ROYCE"},
        {"ROLLS ROYCE P.L.C.", "ROLLS ROYCE"},
        {"Rolls-Royce Public Limited Company", "ROLLS ROYCE"},
        {"Itm Power (Trading) Limited", "ITM POWER TRADING"},
        {"I.T.M. POWER (TRADING) LTD", "ITM POWER TRADING"},
        {"C.T.M. Equipment Limited", "CTM EQUIPMENT"},
        {"Newburgh Engineering Co Limited", "NEWBURGH ENGINEERING COMPANY"},
        {"NEWBURGH ENGINEERING COMPANY,LIMITED(THE)", "NEWBURGH ENGINEERING COMPANY"},
        {"Marks & Spencer PLC", "MARKS AND SPENCER"},
        {"Marks and Spencer p.l.c.", "MARKS AND SPENCER"},
        {"Smith LLP", "SMITH"},
        {"Smith Limited Liability Partnership", "SMITH"},
        {"Makers Partnership", "MAKERS PARTNERSHIP"},
        {"Acme CIC", "ACME"},
        {"Acme Community Interest Company", "ACME"},
        {"Acme C.I.C.", "ACME"},
        {"Acme Ltd (UK)", "ACME UK"},
        {"Acme (U.K.) Ltd", "ACME UK"},
        {"Acme United Kingdom Limited", "ACME UK"},
        {"Jones Ltd T/A The Corner Shop", "JONES"},
        {"Jones Ltd (t/a The Corner Shop)", "JONES"},
        {"Jones Limited trading as The Corner Shop", "JONES"},
        {"T/A Jones", "TA JONES"},
        {"- T/A Jones", "TA JONES"},
        {"Beauty Spa Limited", "BEAUTY SPA"},
        {"Beauty Inc Limited", "BEAUTY INC"},
        {"Limited Edition Prints Ltd", "LIMITED EDITION PRINTS"},
        {"The Limited", "LIMITED"},
        {"The", "THE"},
    }};
    for (const auto& [name, expected] : examples) {
        EXPECT_EQ(rules.key(name), expected) << name;
    }
}

TEST(NameKey, KeepsDifferentFirmsApart) {
    const NameRules& rules = NameRules::standard();
    EXPECT_NE(rules.key("Rolls-Royce Holdings plc"), rules.key("Rolls-Royce plc"));
    EXPECT_NE(rules.key("Smith & Sons Ltd"), rules.key("Smith Ltd"));
    EXPECT_NE(rules.key("A & B Plumbing Ltd"), rules.key("AB Plumbing Ltd"));
}

TEST(NameKey, IsItsOwnKey) {
    const NameRules& rules = NameRules::standard();
    for (const char* name : {"Beta Technologies Ltd", "The Floow Limited", "Acme Co. (U.K.) Ltd",
                             "University of Sheffield (The)"}) {
        EXPECT_EQ(rules.key(rules.key(name)), rules.key(name)) << name;
    }
}

TEST(InstitutionKey, IsOneForAllSpellingsOfAUniversity) {
    const NameRules& rules = NameRules::standard();
    const std::string sheffield = rules.institution_key("The University of Sheffield");
    for (const char* name :
         {"THE UNIVERSITY OF SHEFFIELD", "University of Sheffield (The)", "UNIV SHEFFIELD",
          "Sheffield University", "Univ. of Sheffield", "Uni of Sheffield",
          "The University Court of the University of Sheffield"}) {
        EXPECT_EQ(rules.institution_key(name), sheffield) << name;
    }
    EXPECT_NE(rules.institution_key("Sheffield Hallam University"), sheffield);
    EXPECT_NE(rules.institution_key("University of Sheffield (AMRC)"), sheffield);
    const std::array<std::pair<const char*, const char*>, 12> same{{
        {"The Chancellor Masters and Scholars of the University of Cambridge",
         "University of Cambridge"},
        {"The Chancellor, Masters And Scholars Of The University Of Oxford", "Oxford University"},
        {"Imperial College London", "Imperial College of Science Technology and Medicine"},
        {"University of Newcastle Upon Tyne", "Newcastle University"},
        {"University of Durham", "Durham University"},
        {"The Queen's University of Belfast", "Queen's University Belfast"},
        {"The University Court of the University of St Andrews", "University of St. Andrews"},
        {"Bournemouth University Higher Education Corporation", "Bournemouth University"},
        {"The Nottingham Trent University", "Nottingham Trent University"},
        {"STFC - LABORATORIES", "THE SCIENCE AND TECHNOLOGY FACILITIES COUNCIL"},
        {"TWI  LIMITED", "Twi Ltd"},
        {"Cell Therapy Catapult Limited", "CELL AND GENE THERAPY CATAPULT"},
    }};
    for (const auto& [a, b] : same) {
        EXPECT_EQ(rules.institution_key(a), rules.institution_key(b));
    }
}

TEST(InstitutionKind, KnowsInstitutionsThatAreOnNoList) {
    const NameRules& rules = NameRules::standard();
    const std::array<std::pair<const char*, const char*>, 16> examples{{
        {"University of Sheffield", "university"},
        {"Sheffield Hallam University", "university"},
        {"The Chancellor Masters and Scholars of the University of Cambridge", "university"},
        {"University College London", "university"},
        {"King's College London", "university"},
        {"Sheffield Teaching Hospitals NHS Foundation Trust", "hospital"},
        {"Oxford University Hospitals NHS Trust", "hospital"},
        {"Medical Research Council", "research_organisation"},
        {"Digital Catapult", "research_organisation"},
        {"Sheffield Hallam University Enterprises Ltd", ""},
        {"The University of Sheffield Students' Union", ""},
        {"Association of University Engineers", ""},
        {"Find a University Ltd", ""},
        {"University Hospitality Seminars Ltd", ""},
        {"Beta Technology Ltd", ""},
        {"", ""},
    }};
    for (const auto& [name, expected] : examples) {
        EXPECT_EQ(rules.institution_kind(name), expected) << name;
    }
}

TEST(NameRules, KnowACompanyByItsLegalForm) {
    const NameRules& rules = NameRules::standard();
    EXPECT_TRUE(rules.has_legal_form("Beta Technology Ltd"));
    EXPECT_TRUE(rules.has_legal_form("Beta Technology Public Limited Company"));
    EXPECT_FALSE(rules.has_legal_form("Beta Technology"));
    EXPECT_FALSE(rules.has_legal_form("Limited Edition Prints"));
}

TEST(NameRules, KnowWeakWords) {
    EXPECT_TRUE(NameRules::standard().is_weak("HOLDINGS"));
    EXPECT_FALSE(NameRules::standard().is_weak("FORGEMASTERS"));
    EXPECT_TRUE(NameRules::standard().is_group_word("HOLDINGS"));
    EXPECT_FALSE(NameRules::standard().is_group_word("UK"));
}

TEST(NameRules, NameTheFileAndLineThatCannotBeRead) {
    const auto broken = NameRules::parse("legal_forms_anywhere = [\n", "");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().file, "link/names.toml");
    EXPECT_GT(broken.error().line, 0U);
    const auto incomplete = NameRules::parse("legal_forms_anywhere = [1]", "");
    ASSERT_FALSE(incomplete);
    EXPECT_NE(incomplete.error().what.find("texts only"), std::string::npos);
}

TEST(KeptFirstWord, IsAWordOfTheInstitutionKeyOrNothing) {
    const NameRules& rules = NameRules::standard();
    const std::array<std::pair<const char*, const char*>, 12> examples{{
        {"Sheffield Forgemasters Ltd", "SHEFFIELD"},
        {"Sheffield, University of", "SHEFFIELD"},
        {"The University of Sheffield", ""}, // an article
        {"Forgemasters T/A University", "FORGEMASTERS"},
        {"Forgemasters trading as Ltd", "FORGEMASTERS"},
        {"Univ. Sheffield", ""}, // put in full
        {"LTD", ""},             // a form, kept here
        {"", ""},
        {"- T/A Forge", "TA"},
        {"Imperial College London", ""},                                     // a word of an alias
        {"Chancellor Masters and Scholars of the University of Oxford", ""}, // a formula
        {"Zo\u00eb Limited", "ZOE"},
    }};
    std::string folded;
    for (const auto& [name, expected] : examples) {
        const std::string_view first = rules.kept_first_word(name, folded);
        EXPECT_EQ(first, expected) << name;
        if (!first.empty()) {
            const std::string key = ' ' + rules.institution_key(name) + ' ';
            EXPECT_NE(key.find(' ' + std::string(first) + ' '), std::string::npos) << name;
        }
    }
}

TEST(KeptFirstWord, SaysNothingOfNamesThatHaveTheKeyOfAnother) {
    // Names and what may stand before, between and after their words, in all orders of three.
    const NameRules& rules = NameRules::standard();
    const std::array<const char*, 16> words{
        "UNIVERSITY", "OF",  "THE", "IMPERIAL", "COLLEGE",    "UCL",   "LONDON", "NHS",
        "TRUST",      "LTD", "UK",  "ROYAL",    "CHANCELLOR", "ZEBRA", "AND",    "UNIV"};
    std::string folded;
    for (const char* a : words) {
        for (const char* b : words) {
            for (const char* c : words) {
                const std::string name = std::string(a) + ' ' + b + ' ' + c;
                const std::string first(rules.kept_first_word(name, folded));
                const std::string key = ' ' + rules.institution_key(name) + ' ';
                EXPECT_TRUE(first.empty() || key.find(' ' + first + ' ') != std::string::npos)
                    << name << ": " << key;
            }
        }
    }
}

} // namespace
} // namespace icmap::names
