#include "base/together.hpp"

namespace icmap {

Error together(std::string what, const std::vector<Error>& errors) {
    if (errors.size() == 1) {
        return errors.front();
    }
    Error all;
    all.kind = errors.empty() ? ErrorKind::internal : errors.front().kind;
    all.what = std::move(what);
    for (const Error& error : errors) {
        all.what += "\n  " + error.message();
    }
    return all;
}

} // namespace icmap
