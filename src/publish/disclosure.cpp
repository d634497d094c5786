#include "publish/disclosure.hpp"

#include "base/embedded.hpp"
#include "store/bulk_append.hpp"

#include <fmt/format.h>

namespace icmap::publish {

Result<bool> apply_disclosure(store::Connection& atlas) {
    ICMAP_ASSIGN(const std::int64_t is_official,
                 atlas.integer("select count(*) from run where value = 'official' and "
                               "parameter in ('disclosure', 'project.disclosure')"));
    ICMAP_ASSIGN(const std::string name, atlas.text("select current_database()"));
    const std::string_view path = is_official != 0 ? "publish/official.sql" : "publish/open.sql";
    const auto text = base::find_text(sql::texts(), path);
    if (!text) {
        return internal_error(fmt::format("there is no query {}", path));
    }
    ICMAP_TRY(atlas.run(fmt::format(fmt::runtime(*text), fmt::arg("atlas", store::identifier(name)),
                                    fmt::arg("fewest", kFewestEnterprises),
                                    fmt::arg("dominance", kDominantShare),
                                    fmt::arg("prior", kPriorShare))));
    return is_official != 0;
}

} // namespace icmap::publish
