// make_tiny_atlas FILE [SQL]: the tiny atlas as a file, for tests in other languages and for
// measurements; the statements of the file SQL are run at its end.
#include "worlds/tiny_atlas.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        std::fputs("usage: make_tiny_atlas FILE [SQL]\n", stderr);
        return 2;
    }
    std::ostringstream statements;
    if (argc == 3) {
        statements << std::ifstream(argv[2]).rdbuf();
    }
    const auto done = icmap::worlds::make_tiny_atlas(argv[1], statements.str().c_str());
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return icmap::exit_code(done.error().kind);
    }
    return 0;
}
