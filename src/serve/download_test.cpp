// What a download does when the world does not stand still: atlases rebuilt, disks full, clients
// gone.
#include "serve/download.hpp"

#include "serve/test_atlas.hpp"
#include "serve/turn.hpp"
#include "worlds/small_disk.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>

namespace icmap::serve {
namespace {
namespace fs = std::filesystem;

/// TMPDIR is another while this lives: a new empty folder, or what it is given.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const std::string& instead = {}) {
        tiny(); // its own files are made before
        const char* before = std::getenv("TMPDIR");
        before_ = before == nullptr ? std::nullopt : std::optional<std::string>(before);
        folder_ = instead;
        if (instead.empty()) {
            folder_ = (fs::temp_directory_path() / "icmap-test-XXXXXX").string();
            EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
            is_ours_ = true;
        }
        ::setenv("TMPDIR", folder_.c_str(), 1);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        before_ ? ::setenv("TMPDIR", before_->c_str(), 1) : ::unsetenv("TMPDIR");
        if (is_ours_) {
            fs::remove_all(folder_);
        }
    }
    [[nodiscard]] bool is_empty() const { return fs::is_empty(folder_); }

  private:
    std::optional<std::string> before_;
    std::string folder_;
    bool is_ours_ = false;
};

const std::array<const char*, 4> kFiles{"/api/export/clusters.csv", "/api/export/clusters.gpkg",
                                        "/api/export/firms.geojson?area=E08000018",
                                        "/api/export/members.xlsx?cluster=0"};

TEST(Download, LeavesNoFileBehind) {
    for (const char* target : kFiles) {
        const TemporaryFolder folder;
        const Response file = tiny().get(target);
        EXPECT_TRUE(folder.is_empty()) << target;
        EXPECT_GT(content(file).size(), 400U) << "it is read on after its name is gone";
    }
}

TEST(Download, LeavesNothingBehindWhereTheDiskIsFull) {
    for (const char* target : kFiles) {
        const TemporaryFolder folder;
        const auto answer = [&] {
            const worlds::SmallDisk disk(100);
            return tiny().get(target);
        }();
        EXPECT_EQ(answer.status, 503) << target << answer.text();
        EXPECT_NE(answer.text().find("could not write"), std::string_view::npos) << answer.text();
        EXPECT_EQ(answer.text().find("icmap-download"), std::string_view::npos)
            << "paths are for the log";
        EXPECT_TRUE(folder.is_empty()) << target;
    }
    EXPECT_EQ(tiny().get(kFiles[0]).status, 200) << "and goes on when there is room again";
}

TEST(Download, WritesNowhereElseWhereThereIsNoTemporaryFolder) {
    const auto before = std::distance(fs::directory_iterator("."), fs::directory_iterator());
    for (const char* nowhere : {"/nowhere/at/all", "/proc"}) {
        const TemporaryFolder folder(nowhere);
        const Response answer = tiny().get(kFiles[0]);
        EXPECT_EQ(answer.status, 503) << nowhere;
        EXPECT_EQ(answer.header("Retry-After"), "2");
    }
    EXPECT_EQ(std::distance(fs::directory_iterator("."), fs::directory_iterator()), before);
}

TEST(Download, TellsAThirdToComeBackAndIsFreeAgainAfterwards) {
    {
        const Turn first(download_turns(), kMostDownloadsAtOnce);
        EXPECT_EQ(tiny().get(kFiles[0]).status, 200) << "two at once";
        const Turn second(download_turns(), kMostDownloadsAtOnce);
        for (const char* target : kFiles) {
            const Response third = tiny().get(target);
            EXPECT_EQ(third.status, 503) << target;
            EXPECT_EQ(third.header("Retry-After"), "2") << target;
        }
    }
    EXPECT_EQ(tiny().get(kFiles[0]).status, 200);
    EXPECT_EQ(download_turns(), 0);
}

TEST(Download, KeepsNoMoreFilesThanItMayForThoseWhoTakeThemSlowly) {
    std::vector<Response> held;
    for (int i = 0; i < kMostDownloadsHeld; ++i) {
        held.push_back(tiny().get(kFiles[0]));
        ASSERT_EQ(held.back().status, 200) << i;
    }
    EXPECT_EQ(tiny().get(kFiles[0]).status, 503);
    EXPECT_FALSE(content(held[5]).empty());
    held.erase(held.begin()); // is sent
    EXPECT_EQ(tiny().get(kFiles[0]).status, 200);
    held.clear();
    EXPECT_EQ(downloads_held(), 0);
}

TEST(Download, IsOfTheAtlasThatIsServedAfterAnotherWasBuiltInItsPlace) {
    TestAtlas atlas("rebuilt");
    std::vector<std::string> before;
    for (const char* target : kFiles) {
        before.push_back(content(atlas.get(target)));
    }
    const std::string tag(atlas.get(kFiles[0]).header("ETag"));
    const fs::path other = atlas.path().string() + ".new";
    ASSERT_TRUE(worlds::make_tiny_atlas(
        other, "update cluster set name = 'Elsewhere', slug = 'elsewhere-' || cluster_id;"
               "update firm set name = 'Other';"
               "update cluster_measure set value = 7"));
    EXPECT_EQ(atlas.json("/health")["is_current"], true);
    fs::rename(other, atlas.path());
    EXPECT_EQ(atlas.json("/health")["is_current"], false) << "whoever runs it can be told";
    const std::string csv = content(atlas.get(kFiles[0]));
    EXPECT_EQ(csv, before[0]);
    EXPECT_EQ(csv.find("Elsewhere"), std::string::npos);
    EXPECT_EQ(content(atlas.get(kFiles[2])), before[2]);
    EXPECT_EQ(content(atlas.get(kFiles[1])).find("Elsewhere"), std::string::npos);
    EXPECT_EQ(atlas.get(kFiles[0]).header("ETag"), tag);
    // The new one is another when it is served.
    const auto progress = make_progress(ProgressStyle::quiet);
    const auto anew = Application::open(atlas.path(), {}, *progress).value();
    Request request;
    request.target = kFiles[0];
    const Response now = anew->handle(request);
    EXPECT_NE(content(now).find("Elsewhere"), std::string::npos);
    EXPECT_NE(now.header("ETag"), tag);
}

TEST(Download, IsRefusedOnceTheFileItselfWasWrittenOver) {
    TestAtlas atlas("overwritten");
    ASSERT_EQ(atlas.get(kFiles[0]).status, 200);
    const fs::path other = atlas.path().string() + ".new";
    ASSERT_TRUE(worlds::make_tiny_atlas(other, "update cluster set name = 'Elsewhere'"));
    { // as `cp` does it: into the file that is there
        std::ifstream from(other, std::ios::binary);
        std::fstream into(atlas.path(), std::ios::binary | std::ios::in | std::ios::out);
        into << from.rdbuf();
    }
    const Response refused = atlas.get(kFiles[0]);
    EXPECT_EQ(refused.status, 503) << content(refused).substr(0, 200);
    EXPECT_NE(refused.text().find("written over"), std::string_view::npos);
}

TEST(Download, IsNotWrittenForAClientThatHasItAlready) {
    for (const char* target : kFiles) {
        const std::string tag(tiny().get(target).header("ETag"));
        ASSERT_TRUE(tag.starts_with("W/\"")) << target;
        const Response again = tiny().get(target, {{"if-none-match", tag}});
        EXPECT_EQ(again.status, 304) << target;
        EXPECT_FALSE(again.file);
    }
    EXPECT_NE(tiny().get("/api/export/clusters.csv").header("ETag"),
              tiny().get("/api/export/clusters.csv?type=specialised").header("ETag"));
}

TEST(Download, IsWrittenAnewByANewerProgram) {
    TemporaryFolder folder;
    ServeOptions options;
    options.program = fs::temp_directory_path() / "program";
    std::ofstream(options.program) << "the older one";
    std::string tag;
    {
        TestAtlas older("program", "", options);
        tag = older.get(kFiles[0]).header("ETag");
        EXPECT_EQ(older.get(kFiles[0], {{"if-none-match", tag}}).status, 304);
    }
    std::ofstream(options.program) << "the newer one";
    TestAtlas newer("program", "", options);
    EXPECT_EQ(newer.get(kFiles[0], {{"if-none-match", tag}}).status, 200);
}

TEST(Download, OfMoreSitesThanItMayHoldIsRefusedWithTheWayOut) {
    TestAtlas atlas("large", "update cluster set site_count = 200001 where cluster_id = 0");
    const auto problem = atlas.json("/api/export/members.csv?cluster=0", 400);
    EXPECT_EQ(problem["parameter"], "cluster");
    EXPECT_NE(problem["remedy"].get<std::string>().find("icmap export"), std::string::npos);
    EXPECT_EQ(atlas.get("/api/export/members.csv?cluster=1").status, 200);
}

TEST(Download, SaysWhoseDataItIs) {
    for (const char* target : kFiles) {
        const Response response = tiny().get(target);
        EXPECT_NE(response.header("Content-Disposition").find("\"example-data-"),
                  std::string_view::npos);
        EXPECT_NE(response.header("Link").find("rel=\"license describedby\""),
                  std::string_view::npos);
    }
    const std::string about = content(tiny().get("/api/export/about.txt"));
    EXPECT_NE(about.find("Example data"), std::string::npos) << about;
    EXPECT_NE(about.find("OGL-UK-3.0"), std::string::npos) << about;
    for (const char* target :
         {"/api/export/clusters.csv", "/api/export/clusters/0/employment.csv",
          "/api/export/members.csv?cluster=0", "/api/export/firms.csv?area=E08000018"}) {
        const std::string csv = content(tiny().get(target));
        const std::string header = csv.substr(0, csv.find("\r\n"));
        EXPECT_TRUE(header.ends_with(",data_source,data_licence")) << header;
        for (std::size_t at = header.size() + 2; at < csv.size(); at = csv.find("\r\n", at) + 2) {
            const std::string row = csv.substr(at, csv.find("\r\n", at) - at);
            EXPECT_NE(row.find(",\"Example data, made up: "), std::string::npos) << row;
        }
    }
}

} // namespace
} // namespace icmap::serve
