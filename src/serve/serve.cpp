#include "serve/serve.hpp"

#include "serve/http_server.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace icmap::serve {

Result<void> serve(const std::filesystem::path& atlas, const ServeOptions& options,
                   Progress& progress) {
    StageTimer timer(progress, "open");
    ICMAP_ASSIGN(auto application, Application::open(atlas, options, progress));
    ICMAP_ASSIGN(auto server, HttpServer::listen(*application, options));
    timer.finish(0, application->title());
    const bool is_all = options.host == "0.0.0.0" || options.host == "::";
    fmt::print("Serving {} at http://{}:{} (Ctrl+C stops)\n", atlas.filename().string(),
               is_all ? "127.0.0.1" : options.host, server.port());
    fmt::print("For programs: /ogc (OGC API), /api/openapi.yaml (all of it described)\n");
    std::fflush(stdout);
    server.run(true);
    fmt::print("Stopped\n");
    return {};
}

} // namespace icmap::serve
