// make_tiny_atlas FILE: the tiny atlas as a file, for tests in other languages.
#include "worlds/tiny_atlas.hpp"

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: make_tiny_atlas FILE\n", stderr);
        return 2;
    }
    const auto done = icmap::worlds::make_tiny_atlas(argv[1]);
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return icmap::exit_code(done.error().kind);
    }
    return 0;
}
