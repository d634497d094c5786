#include "names/sql_functions.hpp"

#include "names/legal_form.hpp"
#include "store/functions.hpp"

namespace icmap::names {

Result<void> register_functions(store::Connection& connection) {
    const NameRules& rules = NameRules::standard();
    ICMAP_TRY(store::register_text_function(connection, "organisation_key",
                                            [&rules](std::string_view name, std::string& out) {
                                                rules.key(name, out);
                                                return !out.empty();
                                            }));
    ICMAP_TRY(store::register_text_function(connection, "institution_key",
                                            [&rules](std::string_view name, std::string& out) {
                                                rules.institution_key(name, out);
                                                return !out.empty();
                                            }));
    ICMAP_TRY(store::register_text_function(connection, "legal_form",
                                            [](std::string_view name, std::string& out) {
                                                const LegalForm form = legal_form_of(name);
                                                out = to_text(form);
                                                return form != LegalForm::unknown;
                                            }));
    return store::register_text_function(connection, "institution_kind",
                                         [&rules](std::string_view name, std::string& out) {
                                             out = rules.institution_kind(name);
                                             return !out.empty();
                                         });
}

} // namespace icmap::names
