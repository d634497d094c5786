// serve_atlas FILE [PORT [WEB [BASE_MAP]]]: serves an atlas without the rest of icmap, for tests
// and measurements.
#include "serve/serve.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: serve_atlas FILE [PORT [WEB [BASE_MAP]]]\n", stderr);
        return 2;
    }
    icmap::serve::ServeOptions options;
    options.port = static_cast<std::uint16_t>(argc > 2 ? std::atoi(argv[2]) : 0);
    if (argc > 3) {
        options.web = argv[3];
    }
    if (argc > 4) {
        options.base_map = argv[4];
    }
    const auto progress = icmap::make_progress(icmap::ProgressStyle::plain);
    const auto done = icmap::serve::serve(argv[1], options, *progress);
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return icmap::exit_code(done.error().kind);
    }
    return 0;
}
