#pragma once

#include "cluster/dbscan.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace icmap::fuzz {

/// Takes values off the front of the input; zeros when it is used up.
class Reader {
  public:
    Reader(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

    template <class T>
    T take() {
        T value{};
        const std::size_t size = left_ < sizeof(T) ? left_ : sizeof(T);
        if (size > 0) {
            std::memcpy(&value, data_, size);
        }
        data_ += size;
        left_ -= size;
        return value;
    }
    [[nodiscard]] std::size_t left() const { return left_; }

  private:
    const std::uint8_t* data_;
    std::size_t left_;
};

/// Any bytes as points: any numbers, or a lattice of a quarter of the radius, where distances tie.
struct World {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::uint32_t> weight; ///< empty: 1 each

    World(Reader& reader, std::uint8_t kind, double eps_m, std::size_t most) {
        while (reader.left() > 0 && x.size() < most) {
            if (kind % 2 == 0) {
                x.push_back(reader.take<double>());
                y.push_back(reader.take<double>());
            } else {
                x.push_back(eps_m * reader.take<std::uint8_t>() / 4);
                y.push_back(eps_m * reader.take<std::uint8_t>() / 4);
            }
            if (kind % 4 < 2) {
                weight.push_back(reader.take<std::uint8_t>());
            }
        }
    }
    [[nodiscard]] cluster::Points points() const { return {x, y, weight}; }
};

inline void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

} // namespace icmap::fuzz
