#include "serve/application.hpp"

#include "serve/answer_cache.hpp"
#include "serve/atlas_view.hpp"
#include "serve/base_map.hpp"
#include "serve/finish.hpp"
#include "serve/metrics.hpp"
#include "serve/routes.hpp"
#include "serve/web_site.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <thread>

namespace icmap::serve {
namespace {
using Clock = std::chrono::steady_clock;

/// Columns of the metrics after the routes of the table.
constexpr std::size_t kWebRoute = 0, kServiceRoute = 1, kNoRoute = 2, kFurtherRoutes = 3;

std::vector<std::string> route_names() {
    std::vector<std::string> names;
    for (const Route& route : routes()) {
        names.emplace_back(route.name);
    }
    names.insert(names.end(), {"web", "service", "none"});
    return names;
}

std::size_t session_count(const ServeOptions& options) {
    return static_cast<std::size_t>(answering_threads(options.threads));
}

} // namespace

int answering_threads(int wanted) {
    return wanted > 0 ? wanted
                      : std::max(4, 2 * static_cast<int>(std::thread::hardware_concurrency()));
}

struct Application::State {
    ServeOptions options;
    std::unique_ptr<AtlasView> atlas;
    WebSite site;
    AnswerCache cache{0};
    Metrics metrics{route_names()};
    Clock::time_point start = Clock::now();
    Progress* progress = nullptr;

    explicit State(const ServeOptions& given) : options(given), cache(given.cache_bytes) {}

    [[nodiscard]] Answer route(const Request& request, const Target& target, std::size_t& used);
    [[nodiscard]] Answer service(const Target& target) const;
    [[nodiscard]] Answer run(const Route& route, const Request& request, const Target& target,
                             std::vector<std::string> captured) const;
    [[nodiscard]] KeptAnswer make(const Request& request, const Target& target, std::size_t& used,
                                  bool& may_keep);
    [[nodiscard]] Response answer(const Request& request, std::size_t& used);
    void log(const Request& request, const Response& response, double seconds) const;
};

namespace {

/// Paths that belong to the interfaces, where nothing is a web page.
bool is_interface(const Target& target) {
    const std::string_view first =
        target.segments.empty() ? "" : std::string_view(target.segments[0]);
    return first == "api" || first == "ogc" || first == "tiles" || first == "health" ||
           first == "metrics";
}

} // namespace

Answer Application::State::service(const Target& target) const {
    const std::chrono::duration<double> up = Clock::now() - start;
    if (target.segments[0] == "health") {
        return respond_json(
            fmt::format(R"({{"status":"ok","atlas":{},"is_current":{},"uptime_s":{:.1f}}})",
                        json_text(atlas->catalogue.name), atlas->is_current(), up.count()));
    }
    std::string text = metrics.text();
    text += fmt::format("# TYPE icmap_cache_bytes gauge\nicmap_cache_bytes {}\n"
                        "# TYPE icmap_cache_hits_total counter\nicmap_cache_hits_total {}\n"
                        "# TYPE icmap_cache_misses_total counter\nicmap_cache_misses_total {}\n"
                        "# TYPE icmap_uptime_seconds gauge\nicmap_uptime_seconds {:.1f}\n",
                        cache.bytes(), cache.hits(), cache.misses(), up.count());
    return respond("text/plain; version=0.0.4; charset=utf-8", std::move(text));
}

Answer Application::State::run(const Route& found, const Request& request, const Target& target,
                               std::vector<std::string> captured) const {
    Call call{*atlas,
              request,
              target,
              Parameters(target),
              std::move(captured),
              base_url(request, options.host, options.port)};
    return found.handler(call);
}

Answer Application::State::route(const Request& request, const Target& target, std::size_t& used) {
    const Method method = request.method == Method::head ? Method::get : request.method;
    const std::size_t first_further = routes().size();
    std::string allowed;
    for (std::size_t i = 0; i < routes().size(); ++i) {
        const Route& row = routes()[i];
        auto captured = match(row.pattern, target.segments);
        if (!captured) {
            continue;
        }
        if (row.method == method) {
            used = i;
            return run(row, request, target, std::move(*captured));
        }
        allowed = row.method == Method::post ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
    }
    const bool is_service = target.path == "/health" || target.path == "/metrics";
    if (allowed.empty() && method != Method::get && (is_service || !is_interface(target))) {
        allowed = "GET, HEAD, OPTIONS";
    }
    if (!allowed.empty()) {
        return tl::unexpected(Problem{405,
                                      "This address does not answer to that method",
                                      "method",
                                      {},
                                      "Use one of " + allowed,
                                      {},
                                      allowed});
    }
    if (is_service) {
        used = first_further + kServiceRoute;
        return service(target);
    }
    if (is_interface(target)) {
        return not_found("There is nothing at " + target.path,
                         "/api/openapi.yaml lists what there is");
    }
    used = first_further + kWebRoute;
    return site.answer(target.path, atlas->catalogue,
                       base_url(request, options.host, options.port));
}

KeptAnswer Application::State::make(const Request& request, const Target& target, std::size_t& used,
                                    bool& may_keep) {
    Answer made = tl::unexpected(Problem{500, "", {}, {}, ""});
    try {
        made = route(request, target, used);
    } catch (const std::exception& failure) {
        made = tl::unexpected(
            to_problem(Error{ErrorKind::internal, failure.what(), {}, 0, {}, {}, {}}));
    }
    const bool is_kept_route = used < routes().size() ? routes()[used].caching != Caching::none
                                                      : used == routes().size() + kWebRoute;
    if (!made && !made.error().cause.empty()) {
        progress->note(fmt::format("{}: {}", target.path, made.error().cause));
    }
    may_keep = made.has_value() && is_kept_route && made->status != 404 && !made->file;
    Response response = made ? std::move(*made) : respond(made.error(), target.path);
    return finish(std::move(response), target.segments.empty() ? "" : target.segments[0]);
}

Response Application::State::answer(const Request& request, std::size_t& used) {
    const auto target = parse_target(request.target);
    if (!target) {
        return deliver(finish(respond(target.error(), ""), ""), request);
    }
    if (request.method == Method::options) {
        return preflight(target->segments.empty() ? "" : target->segments[0]);
    }
    const bool is_read = request.method == Method::get || request.method == Method::head;
    const std::string key = request.target + ' ' + base_url(request, options.host, options.port);
    if (is_read) {
        if (const auto kept = cache.find(key)) {
            used = kept->route;
            return deliver(*kept, request);
        }
    }
    bool may_keep = false;
    KeptAnswer made = make(request, *target, used, may_keep);
    made.route = used;
    if (!may_keep || !is_read) {
        return deliver(made, request);
    }
    const auto kept = std::make_shared<const KeptAnswer>(std::move(made));
    cache.keep(key, kept);
    return deliver(*kept, request);
}

void Application::State::log(const Request& request, const Response& response,
                             double seconds) const {
    constexpr std::array<std::string_view, 5> kMethods{"GET", "HEAD", "POST", "OPTIONS", "OTHER"};
    std::string target = request.target.substr(0, 500);
    std::replace_if(
        target.begin(), target.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; },
        '?');
    tell_on_error(fmt::format("{:%Y-%m-%dT%H:%M:%SZ} {} {} {} {} {} {:.1f}ms\n",
                              fmt::gmtime(std::time(nullptr)),
                              request.from.empty() ? "-" : request.from,
                              kMethods[static_cast<std::size_t>(request.method)], target,
                              response.status, response.size(), seconds * 1000.0));
}

Application::Application(std::unique_ptr<State> state) : state_(std::move(state)) {}
Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::open(const std::filesystem::path& atlas,
                                                       const ServeOptions& options,
                                                       Progress& progress) {
    auto state = std::make_unique<State>(options);
    state->progress = &progress;
    ICMAP_ASSIGN(state->site, WebSite::read(options.web));
    ICMAP_ASSIGN(state->atlas, AtlasView::open(atlas,
                                               {session_count(options),
                                                std::chrono::seconds(options.query_seconds),
                                                options.database_bytes, options.program},
                                               progress));
    if (!options.base_map.empty()) {
        ICMAP_ASSIGN(state->atlas->base_map, open_base_map(options.base_map));
    }
    return std::unique_ptr<Application>(new Application(std::move(state)));
}

Response Application::handle(const Request& request) {
    const auto start = Clock::now();
    std::size_t used = routes().size() + kNoRoute;
    static_assert(kFurtherRoutes == kNoRoute + 1);
    Response response;
    try {
        response = state_->answer(request, used);
    } catch (const std::exception& failure) {
        // Only memory can run out here; the answer needs next to none.
        state_->progress->note(failure.what());
        response.status = 500;
    }
    const std::chrono::duration<double> seconds = Clock::now() - start;
    state_->metrics.count(used, response.status, seconds.count());
    if (state_->options.access_log) {
        state_->log(request, response, seconds.count());
    }
    return response;
}

void Application::wait() const {
    state_->atlas->wait();
}

std::string Application::title() const {
    const Catalogue& catalogue = state_->atlas->catalogue;
    return fmt::format("{}: {}{}", catalogue.name, in_words(catalogue.counts()),
                       catalogue.is_example ? " (example data)" : "");
}

} // namespace icmap::serve
