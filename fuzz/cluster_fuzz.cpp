// Any bytes are a world: the fast ways to cluster it must agree with the slow one.
#include "cluster/brute_force.hpp"
#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/predicates.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

using namespace icmap;

/// Takes values off the front of the input; zeros when it is used up.
class Reader {
  public:
    Reader(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

    template <class T>
    T take() {
        T value{};
        const std::size_t size = left_ < sizeof(T) ? left_ : sizeof(T);
        std::memcpy(&value, data_, size);
        data_ += size;
        left_ -= size;
        return value;
    }
    [[nodiscard]] std::size_t left() const { return left_; }

  private:
    const std::uint8_t* data_;
    std::size_t left_;
};

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    const cluster::DbscanOptions options{Metres{reader.take<double>()},
                                         reader.take<std::uint8_t>()};
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::uint32_t> weight;
    while (reader.left() > 0 && x.size() < 200) {
        if (kind % 2 == 0) { // any numbers
            x.push_back(reader.take<double>());
            y.push_back(reader.take<double>());
        } else { // a lattice, where distances tie
            x.push_back(options.eps.value * reader.take<std::uint8_t>() / 4);
            y.push_back(options.eps.value * reader.take<std::uint8_t>() / 4);
        }
        if (kind % 4 < 2) {
            weight.push_back(reader.take<std::uint8_t>());
        }
    }
    const cluster::Points points{x, y, weight};
    const Result<cluster::Labels> labels = cluster::dbscan(points, options);
    if (!labels) {
        require(labels.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    const cluster::Labels slow = cluster::dbscan_brute_force(points, options);
    require(labels->label == slow.label && labels->is_core == slow.is_core, "not as brute force");
    require(!cluster::what_is_wrong(points, options, *labels), "not a right answer");
    const auto hierarchy = cluster::Hierarchy::make(points, options.min_points);
    require(hierarchy.has_value(), "no hierarchy");
    const auto cut = hierarchy->labels_at(options.eps);
    require(cut && cut->label == slow.label && cut->is_core == slow.is_core, "a wrong cut");
    cluster::HdbscanOptions tree_options{3};
    tree_options.leaving =
        kind % 8 < 4 ? cluster::HdbscanLeaving::together : cluster::HdbscanLeaving::alone;
    const auto found = cluster::hdbscan(*hierarchy, tree_options);
    require(found && found->label.size() == x.size(), "no labels");
    for (std::size_t i = 0; i < x.size(); ++i) {
        require(found->strength[i] >= 0.0 && found->strength[i] <= 1.0, "strength out of range");
        require(found->outlier_score[i] >= 0.0 && found->outlier_score[i] <= 1.0,
                "outlier score out of range");
    }
    return 0;
}
