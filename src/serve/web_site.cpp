#include "serve/web_site.hpp"

#include "base/progress.hpp"
#include "serve/share_card.hpp"
#include "serve/summary.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <numeric>
#include <sstream>
#include <vector>

namespace icmap::serve {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t kLargestFile = 64U << 20U;
constexpr std::size_t kListedClusters = 100;

/// What index.html is where none was built.
constexpr std::string_view kPlainShell =
    "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, "
    "initial-scale=1\">\n<title></title>\n</head>\n"
    "<body>\n</body>\n</html>\n";

/// Readers without JavaScript have the list instead.
// Without scripts the frame stays empty: the plain page takes its place.
constexpr std::string_view kHideStart =
    "<style>#start, #app { display: none } main { max-width: 44em; margin: 0 auto; padding: 24px "
    "}\n"
    "main p { margin: 8px 0 16px } main li { padding: 4px 0 }</style>\n";

struct MediaType {
    std::string_view extension, type;
};
constexpr std::array kMediaTypes{
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".mjs", "text/javascript; charset=utf-8"},
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".png", "image/png"},
    MediaType{".jpg", "image/jpeg"},
    MediaType{".webp", "image/webp"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".woff2", "font/woff2"},
    MediaType{".woff", "font/woff"},
    MediaType{".txt", "text/plain; charset=utf-8"},
    MediaType{".xml", "application/xml"},
    MediaType{".wasm", "application/wasm"},
    MediaType{".pbf", "application/x-protobuf"},
};

/// First segments of the addresses that the page itself answers.
constexpr std::array<std::string_view, 11> kPages{"",        "clusters", "compare", "methods",
                                                  "data",    "about",    "areas",   "firms",
                                                  "sectors", "table",    "near"};

std::string media_type(std::string_view path) {
    for (const MediaType& known : kMediaTypes) {
        if (path.ends_with(known.extension)) {
            return std::string(known.type);
        }
    }
    return "application/octet-stream";
}

std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

/// Replaces what stands from `begin` to the end of `end`; false where they are not there.
bool replace_between(std::string& text, std::string_view begin, std::string_view end,
                     std::string_view with) {
    const std::size_t from = text.find(begin);
    const std::size_t to = from == std::string::npos ? from : text.find(end, from);
    if (to == std::string::npos) {
        return false;
    }
    text.replace(from, to + end.size() - from, with);
    return true;
}

void insert_before(std::string& text, std::string_view mark, const std::string& what) {
    if (const std::size_t at = text.find(mark); at != std::string::npos) {
        text.insert(at, what);
    }
}

struct PageFacts {
    std::string title, description, plain; ///< plain: HTML for readers without JavaScript
    std::string card = "/api/card.png";    ///< the picture that the page is shared with
    int status = 200;
};

std::string list_item(const Catalogue& catalogue, std::size_t i) {
    const ClusterEntry& cluster = catalogue.clusters[i];
    return fmt::format("<li><a href=\"/clusters/{}\">{}, {}</a>: {} enterprises</li>\n",
                       escape(cluster.slug), escape(cluster.name),
                       escape(catalogue.sectors[cluster.sector].name),
                       grouped(cluster.enterprise_count));
}

PageFacts overview(const Catalogue& catalogue, bool lists_all) {
    PageFacts facts;
    facts.title = catalogue.name + ": innovation clusters map";
    facts.description = fmt::format(
        "{} on a map of innovation: what is strong where, how sure that is, and why each firm is "
        "on it.{}",
        in_words(catalogue.counts()), catalogue.is_example ? " Example data." : "");
    std::vector<std::size_t> order(catalogue.clusters.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return catalogue.clusters[a].enterprise_count > catalogue.clusters[b].enterprise_count;
    });
    const std::size_t shown = lists_all ? order.size() : std::min(order.size(), kListedClusters);
    facts.plain = fmt::format("<h1>{}</h1>\n<p>{}</p>\n<ul>\n", escape(catalogue.name),
                              escape(facts.description));
    for (std::size_t i = 0; i < shown; ++i) {
        facts.plain += list_item(catalogue, order[i]);
    }
    facts.plain += "</ul>\n";
    if (shown < order.size()) {
        facts.plain += "<p><a href=\"/clusters\">All clusters</a></p>\n";
    }
    return facts;
}

PageFacts cluster_page(const Catalogue& catalogue, std::size_t i) {
    const ClusterEntry& cluster = catalogue.clusters[i];
    const SectorEntry& sector = catalogue.sectors[cluster.sector];
    PageFacts facts;
    facts.title = fmt::format("{}, {}: innovation cluster", cluster.name, sector.name);
    facts.card = fmt::format("/api/clusters/{}/card.png", cluster.slug);
    facts.description = summary_of(catalogue, i) + (catalogue.is_example ? " Example data." : "");
    facts.plain = fmt::format(
        "<h1>{}, {}</h1>\n<p>{}</p>\n<p><a href=\"/api/clusters/{}\">All its figures as "
        "JSON</a> · <a href=\"/clusters\">All clusters</a></p>\n",
        escape(cluster.name), escape(sector.name), escape(facts.description), escape(cluster.slug));
    return facts;
}

PageFacts facts_of(std::string_view path, const Catalogue& catalogue) {
    constexpr std::string_view kClusters = "/clusters/";
    if (path.starts_with(kClusters)) {
        if (const auto cluster = catalogue.find_cluster(path.substr(kClusters.size()))) {
            return cluster_page(catalogue, *cluster);
        }
    }
    PageFacts facts = overview(catalogue, path == "/clusters");
    const std::string_view first = path.substr(1, path.find('/', 1) - 1);
    const bool is_known = std::find(kPages.begin(), kPages.end(), first) != kPages.end();
    facts.status = is_known && !path.starts_with(kClusters) ? 200 : 404;
    return facts;
}

Result<std::string> read_file(const fs::path& path) {
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (failure || !file || size > kLargestFile) {
        Error error;
        error.what = "A file of the web page cannot be read, or is larger than 64 MiB";
        error.file = path.string();
        error.remedy = "Build the page again, or serve without --web";
        return tl::unexpected(std::move(error));
    }
    return text.str();
}

std::string sitemap(const Catalogue& catalogue, const std::string& base_url) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    xml += fmt::format("<url><loc>{}/</loc></url>\n", escape(base_url));
    for (const ClusterEntry& cluster : catalogue.clusters) {
        xml += fmt::format("<url><loc>{}/clusters/{}</loc></url>\n", escape(base_url),
                           escape(cluster.slug));
    }
    return xml + "</urlset>\n";
}

} // namespace

Result<WebSite> WebSite::read(const fs::path& folder) {
    WebSite site;
    site.shell_ = kPlainShell;
    if (folder.empty()) {
        return site;
    }
    std::error_code failure;
    for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (!entry->is_regular_file() || entry->is_symlink()) {
            continue;
        }
        ICMAP_ASSIGN(auto text, read_file(entry->path()));
        site.files_.emplace('/' + entry->path().lexically_relative(folder).generic_string(),
                            std::move(text));
    }
    if (failure) {
        Error error;
        error.what = "The folder of the web page cannot be read: " + failure.message();
        error.file = folder.string();
        error.remedy = "Build the page (npm run build in web/), or serve without it";
        return tl::unexpected(std::move(error));
    }
    if (const auto index = site.files_.find("/index.html"); index != site.files_.end()) {
        site.shell_ = index->second;
        site.files_.erase(index);
    }
    return site;
}

Response WebSite::page(std::string_view path, const Catalogue& catalogue,
                       const std::string& base_url) const {
    const PageFacts facts = facts_of(path == "/index.html" ? "/" : path, catalogue);
    const std::string title = escape(facts.title);
    const std::string description = escape(facts.description);
    std::string html = shell_;
    replace_between(html, "<meta name=\"description\"", ">", "");
    if (!replace_between(html, "<title>", "</title>", "<title>" + title + "</title>")) {
        insert_before(html, "</head>", "<title>" + title + "</title>\n");
    }
    const std::string address = escape(base_url + std::string(path));
    insert_before(html, "</head>",
                  fmt::format("<meta name=\"description\" content=\"{1}\">\n"
                              "<link rel=\"canonical\" href=\"{2}\">\n"
                              "<meta property=\"og:type\" content=\"website\">\n"
                              "<meta property=\"og:site_name\" content=\"{3}\">\n"
                              "<meta property=\"og:title\" content=\"{0}\">\n"
                              "<meta property=\"og:description\" content=\"{1}\">\n"
                              "<meta property=\"og:url\" content=\"{2}\">\n"
                              "<meta property=\"og:image\" content=\"{4}\">\n"
                              "<meta property=\"og:image:width\" content=\"{5}\">\n"
                              "<meta property=\"og:image:height\" content=\"{6}\">\n"
                              "<meta property=\"og:image:alt\" content=\"{0}, on a map\">\n"
                              "<meta name=\"twitter:card\" content=\"summary_large_image\">\n",
                              title, description, address, escape(catalogue.name),
                              escape(base_url + facts.card), kCardWidth_px, kCardHeight_px));
    // To be read while the page's code is on its way.
    const std::size_t start = html.find("<p></p>");
    const bool has_start = start != std::string::npos;
    if (has_start) {
        html.insert(start + std::string_view("<p>").size(), description);
    }
    const bool is_plain = shell_ == kPlainShell;
    insert_before(html, "</body>",
                  is_plain ? "<main>\n" + facts.plain + "</main>\n"
                           : fmt::format("<noscript>\n{}<main>\n{}</main>\n</noscript>\n",
                                         has_start ? kHideStart : "", facts.plain));
    return respond("text/html; charset=utf-8", std::move(html), facts.status);
}

Answer WebSite::answer(std::string_view path, const Catalogue& catalogue,
                       const std::string& base_url) const {
    if (const auto file = files_.find(std::string(path)); file != files_.end()) {
        Response response = respond(media_type(path), file->second);
        if (path.starts_with("/assets/")) {
            // The build puts a hash of the content into the names below assets/.
            response.headers.push_back({"Cache-Control", "public, max-age=31536000, immutable"});
        }
        return response;
    }
    if (path == "/robots.txt") {
        return respond("text/plain; charset=utf-8",
                       fmt::format("User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n", base_url));
    }
    if (path == "/sitemap.xml") {
        return respond("application/xml", sitemap(catalogue, base_url));
    }
    const std::string_view last = path.substr(path.rfind('/') + 1);
    if (last.find('.') != std::string_view::npos && path != "/index.html") {
        return not_found(fmt::format("There is no file {}", path), "Start at /");
    }
    return page(path, catalogue, base_url);
}

} // namespace icmap::serve
