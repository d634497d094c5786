// link_probe FIRMS MENTIONS: names of records against names of companies, made up with the truth
// known. One JSON line: seconds to bring all names into their keys and to link them, how right.
#include "base/parallel.hpp"
#include "link/evaluate.hpp"
#include "link/synthetic_register.hpp"
#include "link/word_weight.hpp"
#include "names/organisation_name.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The keys were made with the world: once more, on all threads, to see what they cost.
double seconds_for_keys(const std::vector<std::string>& names) {
    const auto start = std::chrono::steady_clock::now();
    const icmap::names::NameRules& rules = icmap::names::NameRules::standard();
    std::vector<std::uint32_t> lengths(names.size());
    icmap::parallel_ranges(names.size(), 4096, [&](std::size_t begin, std::size_t end) {
        std::string key;
        for (std::size_t i = begin; i < end; ++i) {
            key.clear();
            rules.key(names[i], key);
            lengths[i] = static_cast<std::uint32_t>(key.size());
        }
    });
    return seconds_since(start);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: link_probe FIRMS MENTIONS\n");
        return 2;
    }
    const auto firms = static_cast<std::uint32_t>(std::atoi(argv[1]));
    const auto mentions = static_cast<std::uint32_t>(std::atoi(argv[2]));
    const icmap::link::SyntheticWorld world = icmap::link::synthetic_world(firms, mentions, 1);
    const double keys = seconds_for_keys(world.firm_names) + seconds_for_keys(world.mention_names);
    const auto start = std::chrono::steady_clock::now();
    const icmap::link::Matches matches = icmap::link::match_names(world.registered, world.mentions,
                                                                  {}, icmap::link::standard_weight);
    const double match = seconds_since(start);
    const auto evaluation = icmap::link::evaluate(matches.links, world.truth);
    fmt::print("{{\"firms\":{},\"mentions\":{},\"keys_s\":{:.2f},\"match_s\":{:.2f},"
               "\"links\":{},\"precision\":{:.4f},\"recall\":{:.4f}}}\n",
               firms, mentions, keys, match, evaluation.links, evaluation.precision(),
               evaluation.recall());
    return 0;
}
