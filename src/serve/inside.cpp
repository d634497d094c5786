#include "serve/inside.hpp"

#include <algorithm>
#include <functional>

namespace icmap::serve {
namespace {

/// Every number of `to` with the one of `what`.
template <class Operation>
void combine(Inside& to, const Inside& what, Operation operation) {
    const auto one = [&](auto member) { to.*member = operation(to.*member, what.*member); };
    const auto each = [&](auto member) {
        for (std::size_t i = 0; i < (what.*member).size(); ++i) {
            (to.*member)[i] = operation((to.*member)[i], (what.*member)[i]);
        }
    };
    one(&Inside::sites);
    one(&Inside::firms);
    one(&Inside::rdi_active_firms);
    one(&Inside::offices);
    one(&Inside::reporting);
    one(&Inside::employees);
    one(&Inside::density_sites);
    each(&Inside::sector_sites);
    each(&Inside::sector_firms);
    each(&Inside::cluster_sites);
}

} // namespace

Inside& Inside::operator+=(const Inside& other) {
    combine(*this, other, std::plus<>());
    largest_employees = std::max(largest_employees, other.largest_employees);
    return *this;
}

Inside& Inside::operator-=(const Inside& other) {
    combine(*this, other, std::minus<>());
    return *this;
}

} // namespace icmap::serve
