#include "serve/compress.hpp"
#include "serve/test_atlas.hpp"

#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace icmap::serve {
namespace {

TEST(Application, TagsAnswersAndKnowsThemAgain) {
    const Response first = tiny().get("/api/sectors");
    const std::string tag(first.header("ETag"));
    ASSERT_FALSE(tag.empty());
    for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const Response again = tiny().get("/api/sectors", {{"if-none-match", known}});
        EXPECT_EQ(again.status, 304) << known;
        EXPECT_TRUE(again.text().empty());
    }
    EXPECT_EQ(tiny().get("/api/sectors", {{"if-none-match", "\"other\""}}).status, 200);
}

TEST(Application, CompressesForThoseWhoTakeIt) {
    const Response plain = tiny().get("/api/clusters");
    const Response packed =
        tiny().get("/api/clusters", {{"accept-encoding", "br;q=1.0, gzip;q=0.8"}});
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.text().size(), plain.text().size());
    EXPECT_EQ(gunzip(packed.text()), plain.text());
    EXPECT_NE(packed.header("ETag"), plain.header("ETag")) << "one tag per representation";
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(
        tiny().get("/api/clusters", {{"accept-encoding", "gzip;q=0"}}).header("Content-Encoding"),
        "");
}

TEST(Application, TakesTheNamedCodingBeforeAnyOther) {
    const auto coding = [](const char* accepted) {
        return std::string(tiny()
                               .get("/api/clusters", {{"accept-encoding", accepted}})
                               .header("Content-Encoding"));
    };
    EXPECT_EQ(coding("*;q=0.5, gzip;q=0"), "");
    EXPECT_EQ(coding("*;q=0, gzip"), "gzip");
    EXPECT_EQ(coding("*"), "gzip");
}

TEST(Application, AnswersAPostWhateverItsSenderKnows) {
    const Request request{Method::post,
                          "/api/selection",
                          {{"if-none-match", "*"}},
                          R"({"circle": {"lon": -1.47, "lat": 53.38, "radius_m": 5000}})",
                          {}};
    EXPECT_EQ(tiny().ask(request).status, 200);
}

TEST(Application, GoesOnWhereItsLogCannotBeWritten) {
    ServeOptions options;
    options.access_log = true;
    TestAtlas logged("logged", "", options);
    const int kept = ::dup(STDERR_FILENO);
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    ::dup2(full, STDERR_FILENO);
    EXPECT_NO_THROW(EXPECT_EQ(logged.get("/health").status, 200));
    ::dup2(kept, STDERR_FILENO);
    ::close(full);
    ::close(kept);
}

TEST(Application, AnswersHeadLikeGetAndOptionsWithMethods) {
    const Response head = tiny().ask({Method::head, "/api/atlas", {}, {}, {}});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("ETag"), tiny().get("/api/atlas").header("ETag"));
    const Response options = tiny().ask({Method::options, "/ogc/collections", {}, {}, {}});
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(tiny().ask({Method::post, "/api/atlas", {}, {}, {}}).status, 405);
    EXPECT_EQ(tiny().ask({Method::get, "/api/selection", {}, {}, {}}).status, 405);
    EXPECT_EQ(tiny().ask({Method::other, "/", {}, {}, {}}).status, 405);
}

TEST(Application, SharesOpenDataAndProtectsThePage) {
    EXPECT_EQ(tiny().get("/ogc").header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(tiny().get("/api/atlas").header("Access-Control-Allow-Origin"), "");
    const Response page = tiny().get("/");
    EXPECT_NE(page.header("Content-Security-Policy").find("script-src 'self'"), std::string::npos);
    for (const char* path : {"/", "/api/atlas", "/nothing.js", "/tiles/clusters.json"}) {
        EXPECT_EQ(tiny().get(path).header("X-Content-Type-Options"), "nosniff") << path;
    }
}

TEST(Application, GivesProblemsNotTraces) {
    for (const char* path :
         {"/api/nothing", "/ogc/nothing", "/tiles/nothing.json", "/nothing.js", "/%zz", "/a%00b",
          "/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd",
          "/assets/..\\x", "/tiles/clusters/1/5/0.mvt", "/tiles/clusters/99/0/0.mvt",
          "/tiles/clusters/a/0/0.mvt", "/api/firms/%ED%A0%80", "/api/firms/%E0%80%AF",
          "/api/firms/%F4%90%80%80", "/api/firms/%F0%80%80%80"}) {
        const Response response = tiny().get(path);
        EXPECT_TRUE(response.status == 404 || response.status == 400)
            << path << ' ' << response.status;
        EXPECT_EQ(response.header("Content-Type"), "application/problem+json") << path;
    }
    EXPECT_EQ(tiny().get("/" + std::string(9000, 'a')).status, 414);
    EXPECT_EQ(tiny().get("").status, 400);
    for (const char* target :
         {"elsewhere/", "*", "ftp://elsewhere/", "http:///health", "http:/health",
          "http://elsewhere/../etc/passwd", "http://elsewhere//etc/passwd"}) {
        EXPECT_EQ(tiny().get(target).status, 400) << target;
    }
}

TEST(Application, TakesWholeAddressesAsTargets) {
    const std::string atlas = *tiny().get("/api/atlas").body;
    for (const char* target :
         {"http://localhost:8080/api/atlas", "HTTPS://localhost/api/atlas#top"}) {
        const Response response = tiny().get(target);
        EXPECT_EQ(response.status, 200) << target;
        EXPECT_EQ(*response.body, atlas) << target;
    }
    EXPECT_EQ(tiny().get("http://localhost?sector=all").status, tiny().get("/?sector=all").status);
    EXPECT_EQ(tiny().get("http://localhost").status, tiny().get("/").status);
}

TEST(Application, PutsTitleDescriptionAndLinksIntoEveryPage) {
    const std::filesystem::path web =
        std::filesystem::temp_directory_path() / ("icmap_web_" + std::to_string(::getpid()));
    std::filesystem::create_directories(web / "assets");
    std::ofstream(web / "index.html")
        << "<!doctype html><html><head><title>Old</title>"
           "<meta name=\"description\" content=\"old\"></head><body><p></p><div "
           "id=app></div></body></html>";
    std::ofstream(web / "assets" / "app-1a2b.js") << "console.log(1)";
    ServeOptions options;
    options.web = web;
    TestAtlas atlas("web", "update cluster set name = 'Tom & \"Jerry\" <b>' where cluster_id = 3",
                    options);
    const Response page = atlas.get("/clusters/advanced-manufacturing-doncaster");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(
        page.text().find("<title>Doncaster, Advanced manufacturing: innovation cluster</title>"),
        std::string::npos);
    EXPECT_NE(page.text().find("property=\"og:description\""), std::string::npos);
    EXPECT_NE(page.text().find("http://map.example:8080/clusters/advanced-manufacturing-doncaster"),
              std::string::npos);
    EXPECT_EQ(page.text().find("Old"), std::string::npos);
    EXPECT_NE(page.text().find("<div id=app>"), std::string::npos);
    EXPECT_EQ(page.text().find("<p></p>"), std::string::npos)
        << "there is a sentence to read before the page's code is there";
    const Response home = atlas.get("/");
    EXPECT_NE(home.text().find("<noscript>"), std::string::npos);
    EXPECT_NE(home.text().find("#start, #app { display: none }"), std::string::npos)
        << "without scripts the empty frame would push the plain page out of sight";
    EXPECT_NE(home.text().find("href=\"/clusters/quantum-sheffield\""), std::string::npos);
    EXPECT_EQ(home.text().find("<b>"), std::string::npos) << "names are escaped";
    EXPECT_EQ(atlas.get("/clusters/nowhere").status, 404);
    EXPECT_EQ(atlas.get("/compare?a=1").status, 200);
    const Response script = atlas.get("/assets/app-1a2b.js");
    EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_NE(script.header("Cache-Control").find("immutable"), std::string::npos);
    EXPECT_NE(script.header("Content-Security-Policy").find("connect-src 'self'"),
              std::string::npos)
        << "the map's worker asks for tiles under this policy";
    EXPECT_EQ(atlas.get("/assets").status, 404) << "no listing";
    EXPECT_NE(atlas.get("/robots.txt").text().find("Sitemap: http://map.example:8080/sitemap.xml"),
              std::string::npos);
    std::filesystem::remove_all(web);
}

TEST(Application, DoesNotTrustAStrangeHost) {
    const Response response =
        tiny().ask({Method::get, "/ogc", {{"host", "evil\"/><script>"}}, {}, {}});
    EXPECT_EQ(response.text().find("evil"), std::string::npos);
}

TEST(Application, CutsTilesOnceAndKeepsThem) {
    const auto tilejson = tiny().json("/tiles/clusters.json");
    EXPECT_EQ(tilejson["vector_layers"].size(), 2U);
    std::string address = tilejson["tiles"][0];
    address = address.substr(address.find("/tiles"));
    for (const auto& [key, value] :
         {std::pair("{z}", "8"), std::pair("{x}", "126"), std::pair("{y}", "82")}) {
        address.replace(address.find(key), 3, value);
    }
    const Response tile = tiny().get(address);
    EXPECT_EQ(tile.status, 200);
    EXPECT_NE(tile.header("Cache-Control").find("immutable"), std::string::npos);
    EXPECT_EQ(tiny().get(address).body, tile.body) << "the very same bytes from memory";
    EXPECT_EQ(tiny().get("/tiles/clusters/8/126/82.mvt").header("Cache-Control"), "no-cache");
    EXPECT_EQ(tiny().get("/tiles/clusters/8/0/0.mvt").status, 204);
    for (const char* layer :
         {"firms", "institutions", "areas", "places", "land", "published-clusters"}) {
        EXPECT_EQ(tiny().get(std::string("/tiles/") + layer + "/6/31/20.mvt").status, 200) << layer;
    }
}

TEST(Application, AddressesTilesAnewWhenASourceOrAFigureChanges) {
    const auto address_of = [](TestAtlas& atlas) {
        return atlas.json("/tiles/clusters.json")["tiles"][0].get<std::string>();
    };
    TestAtlas source("source", "update source set xxh3 = 'other' where source_id = 0");
    TestAtlas figure("figure", "update cluster_measure set value = value + 1 "
                               "where measure = 'location_quotient' and cluster_id = 0");
    TestAtlas same("same");
    EXPECT_EQ(address_of(same), address_of(tiny()));
    EXPECT_NE(address_of(source), address_of(tiny()));
    EXPECT_NE(address_of(figure), address_of(tiny()));
}

TEST(Application, SaysThatTheFirmsCannotBeReadAndServesTheRest) {
    TestAtlas atlas("unreadable",
                    "alter table firm rename to unread; create view firm as select * replace "
                    "(if(firm_id >= 0, error('damaged'), null)::date as dissolved) from unread");
    EXPECT_EQ(atlas.json("/tiles/firms.json", 503)["detail"],
              "The firms of this atlas could not be read");
    EXPECT_EQ(atlas.get("/tiles/clusters.json").status, 200);
}

TEST(Application, TellsHealthAndMetrics) {
    EXPECT_EQ(tiny().json("/health")["status"], "ok");
    static_cast<void>(tiny().get("/api/atlas"));
    const Response metrics = tiny().get("/metrics");
    EXPECT_NE(metrics.text().find("icmap_requests_total{route=\"atlas\",status=\"2xx\"}"),
              std::string::npos);
}

TEST(Application, AnswersManyAtOnceAsOneAfterTheOther) {
    const std::vector<std::string> paths{
        "/api/clusters",
        "/api/areas/E08000018",
        "/api/firms/ZZ000003",
        "/api/search?q=sheffield",
        "/ogc/collections/members/items?limit=5&cluster=quantum-sheffield",
        "/tiles/firms/9/253/165.mvt",
        "/api/near?lon=-1.4&lat=53.4"};
    std::vector<std::string> expected;
    for (const std::string& path : paths) {
        expected.emplace_back(tiny().get(path).text());
    }
    const auto without_time = [](std::string text) {
        const std::size_t at = text.find("\"timeStamp\"");
        return at == std::string::npos ? text : text.erase(at, 36);
    };
    std::mutex mutex;
    std::vector<std::string> wrong;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < 40; ++i) {
                const std::size_t k = i % paths.size();
                const std::string got = without_time(std::string(tiny().get(paths[k]).text()));
                if (got != without_time(expected[k])) {
                    const std::lock_guard lock(mutex);
                    wrong.push_back(paths[k] + ": " + got.substr(0, 300));
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(wrong.empty()) << wrong.size() << " wrong, the first " << wrong.front();
}

TEST(Application, NamesAnAtlasThatIsNotThere) {
    const auto progress = make_progress(ProgressStyle::quiet);
    const auto opened = Application::open("/nowhere/a.atlas", {}, *progress);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().file, "/nowhere/a.atlas");
}

} // namespace
} // namespace icmap::serve
