// Writes a made-up register and our labels of it as raw files, for programs to be held against:
//   cluster_points N duplicates|distinct EPS_M MIN_POINTS DIR
// x.f64, y.f64: coordinates; label.i32, core.u8: our DBSCAN.
#include "base/freed_memory.hpp"
#include "cluster/dbscan.hpp"
#include "towns.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

template <class T>
void write(const std::string& path, const std::vector<T>& values) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(values.data()), // NOLINT: raw bytes are the format
               static_cast<std::streamsize>(values.size() * sizeof(T)));
}

} // namespace

int main(int argc, char** argv) {
    const icmap::FreedMemoryGivenBack given_back; // as `icmap cluster` does
    if (argc != 6) {
        std::fputs("usage: cluster_points N duplicates|distinct EPS_M MIN_POINTS DIR\n", stderr);
        return 2;
    }
    const std::string directory = argv[5];
    const icmap::bench::Towns towns = icmap::bench::make_towns(
        {std::strtoull(argv[1], nullptr, 10), std::string(argv[2]) == "duplicates", 1});
    const auto labels =
        icmap::cluster::dbscan({towns.x_m, towns.y_m, {}},
                               {icmap::Metres{std::strtod(argv[3], nullptr)},
                                static_cast<std::uint32_t>(std::strtoul(argv[4], nullptr, 10))});
    if (!labels) {
        std::fprintf(stderr, "%s\n", labels.error().message().c_str());
        return 1;
    }
    write(directory + "/x.f64", towns.x_m);
    write(directory + "/y.f64", towns.y_m);
    write(directory + "/label.i32", labels->label);
    write(directory + "/core.u8", labels->is_core);
    return 0;
}
