#include "base/deadline.hpp"

namespace icmap {

Result<void> Deadline::check() const {
    if (!has_passed()) {
        return {};
    }
    Error error;
    error.kind = ErrorKind::stopped;
    error.what = "It took longer than it was allowed to";
    error.remedy = "Ask for less at once";
    return tl::unexpected(std::move(error));
}

} // namespace icmap
