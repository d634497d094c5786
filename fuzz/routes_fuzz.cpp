// Any bytes are a request to the whole server over the tiny atlas: it is answered or refused, in a
// form that can be sent, and never with an error of ours.
#include "base/progress.hpp"
#include "serve/application.hpp"
#include "serve/routes.hpp"
#include "world_reader.hpp"
#include "worlds/tiny_atlas.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unistd.h>

using namespace icmap;
using fuzz::require;

namespace {

/// The tiny atlas, served for as long as the target runs.
class Served {
  public:
    Served()
        : path_(std::filesystem::temp_directory_path() /
                ("icmap_routes_fuzz_" + std::to_string(::getpid()) + ".atlas")),
          progress_(make_progress(ProgressStyle::quiet)) {
        require(worlds::make_tiny_atlas(path_).has_value(), "no tiny atlas");
        serve::ServeOptions options;
        options.query_seconds = 120; // a slow machine is no finding
        options.cache_bytes = std::size_t{4} << 20U;
        application_ = serve::Application::open(path_, options, *progress_).value();
        application_->wait();
        std::filesystem::remove(path_); // it stays open
    }

    serve::Response ask(const serve::Request& request) { return application_->handle(request); }

  private:
    std::filesystem::path path_;
    std::unique_ptr<Progress> progress_;
    std::unique_ptr<serve::Application> application_;
};

/// The next line of the input.
std::string_view next_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// The path of a route whose open places are filled with lines of the input.
std::string filled(std::string_view pattern, std::string_view& text) {
    std::string path;
    for (;;) {
        const std::size_t open = pattern.find("{}");
        path += pattern.substr(0, open);
        if (open == std::string_view::npos) {
            return path;
        }
        path += next_line(text);
        pattern.remove_prefix(open + 2);
    }
}

/// The first byte chooses a route, or none; then lines: the open places of its path, the query, two
/// headers; the rest is the body.
serve::Request request_of(std::uint8_t choice, std::string_view text) {
    const auto routes = serve::routes();
    serve::Request request;
    if (choice < routes.size()) {
        request.method = routes[choice].method;
        request.target = filled(routes[choice].pattern, text);
    } else {
        request.method = static_cast<serve::Method>(choice % 5);
        request.target = "/" + std::string(next_line(text));
    }
    if (const auto query = next_line(text); !query.empty()) {
        request.target += "?" + std::string(query);
    }
    request.headers.push_back({"host", "map.example"});
    for (const char* name : {"accept", "range", "if-none-match", "accept-encoding"}) {
        if (const auto value = next_line(text); !value.empty()) {
            request.headers.push_back({name, std::string(value)});
        }
    }
    request.body = text;
    return request;
}

bool can_be_sent(const serve::Header& header) {
    return std::none_of(header.value.begin(), header.value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Served served;
    if (size == 0) {
        return 0;
    }
    const serve::Request request =
        request_of(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
    const serve::Response response = served.ask(request);
    require(response.status >= 200 && response.status < 500, "an error of ours");
    require(std::all_of(response.headers.begin(), response.headers.end(), can_be_sent),
            "a header that cannot be sent");
    if (response.header("Content-Type").find("json") != std::string_view::npos &&
        response.header("Content-Encoding").empty() && !response.text().empty()) {
        require(nlohmann::json::accept(response.text()), "what is said to be JSON is none");
    }
    return 0;
}
