#include "names/legal_form.hpp"

#include <gtest/gtest.h>

namespace icmap::names {
namespace {

TEST(LegalForm, IsToldByTheEndOfTheName) {
    EXPECT_EQ(legal_form_of("BETA TECHNOLOGY LIMITED"), LegalForm::limited);
    EXPECT_EQ(legal_form_of("Beta Technology Ltd. "), LegalForm::limited);
    EXPECT_EQ(legal_form_of("Beta Public Limited Company"), LegalForm::public_limited);
    EXPECT_EQ(legal_form_of("Beta P.L.C."), LegalForm::public_limited);
    EXPECT_EQ(legal_form_of("Beta LLP"), LegalForm::limited_liability_partnership);
    EXPECT_EQ(legal_form_of("Beta Limited Liability Partnership"),
              LegalForm::limited_liability_partnership);
    EXPECT_EQ(legal_form_of("Beta Works C.I.C."), LegalForm::community_interest);
    EXPECT_EQ(legal_form_of("Beta (GmbH)"), LegalForm::foreign);
}

TEST(LegalForm, IsUnknownWhereTheNameDoesNotEndInOne) {
    for (const char* name : {"", "...", "Beta Technology", "LIMITED", "Scalp", "Unlimited",
                             "Limited Edition Prints", "Beta Ltd é"}) {
        EXPECT_EQ(legal_form_of(name), LegalForm::unknown) << name;
    }
}

TEST(LegalForm, IsReadBackFromItsText) {
    for (int i = 0; i <= static_cast<int>(LegalForm::foreign); ++i) {
        const auto form = static_cast<LegalForm>(i);
        EXPECT_EQ(parse_legal_form(to_text(form)), form);
        EXPECT_LE(to_text(form).size(), 12U);
    }
}

} // namespace
} // namespace icmap::names
