// What stands on the disk after an export, and after one that failed.
#include "publish/table.hpp"
#include "publish/test_world.hpp"
#include "worlds/small_disk.hpp"

#include <array>
#include <sys/inotify.h>
#include <vector>

namespace icmap::publish {
namespace {

class WrittenFile : public ExportWorld {};

TEST_F(WrittenFile, StopsOnceItsTimeIsUpAndLeavesNothing) {
    for (const auto format : {ExportFormat::csv, ExportFormat::gpkg, ExportFormat::xlsx}) {
        const auto report = export_layer(
            *connection_, {.format = format, .deadline = Deadline(std::chrono::milliseconds(0))},
            folder_ / "late.file");
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().kind, ErrorKind::stopped);
        EXPECT_FALSE(fs::exists(folder_ / "late.file"));
    }
    for (const auto& entry : fs::directory_iterator(folder_)) {
        EXPECT_EQ(entry.path().filename().string().find(".icmap-export"), std::string::npos);
    }
}

TEST_F(WrittenFile, SaysInEveryFormatThatTheDiskIsFullAndLeavesNoHalfFile) {
    for (const auto format :
         {ExportFormat::csv, ExportFormat::geojson, ExportFormat::gpkg, ExportFormat::fgb,
          ExportFormat::parquet, ExportFormat::xlsx, ExportFormat::ods}) {
        for (const rlim_t bytes : {100U, 3000U}) {
            const auto report = [&] {
                const worlds::SmallDisk disk(bytes);
                return export_layer(*connection_, {.layer = ExportLayer::firms, .format = format},
                                    folder_ / "firms.file");
            }();
            EXPECT_FALSE(report) << static_cast<int>(format) << ' ' << bytes;
            EXPECT_FALSE(fs::exists(folder_ / "firms.file")) << static_cast<int>(format);
        }
        EXPECT_TRUE(export_layer(*connection_, {.layer = ExportLayer::firms, .format = format},
                                 folder_ / "firms.file"))
            << static_cast<int>(format);
        fs::remove(folder_ / "firms.file");
    }
}

TEST_F(WrittenFile, ReplacesAnOlderFileAndLeavesNothingElseBehind) {
    const fs::path file = folder_ / "clusters.gpkg";
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(export_layer(*connection_, {}, file));
    }
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        files += entry.path().filename().string().find("clusters") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(files, 1);
}

/// The names that appear in a folder while this lives, in their order.
class Watched {
  public:
    explicit Watched(const fs::path& folder) : descriptor_(::inotify_init1(IN_NONBLOCK)) {
        EXPECT_GE(::inotify_add_watch(descriptor_, folder.c_str(), IN_MOVED_TO), 0);
    }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched() { ::close(descriptor_); }
    std::vector<std::string> names() {
        alignas(inotify_event) std::array<char, 4096> bytes{};
        const auto size = ::read(descriptor_, bytes.data(), bytes.size());
        std::vector<std::string> names;
        for (std::ptrdiff_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(bytes.data() + at);
            names.emplace_back(event->name);
            at += static_cast<std::ptrdiff_t>(sizeof(inotify_event) + event->len);
        }
        return names;
    }

  private:
    int descriptor_;
};

TEST_F(WrittenFile, NeverStandsWithoutTheTextThatSaysWhoseDataItHolds) {
    for (const auto format : {ExportFormat::csv, ExportFormat::fgb}) {
        Watched watched(folder_);
        ASSERT_TRUE(export_layer(*connection_, {.format = format}, folder_ / "clusters.file"));
        EXPECT_EQ(watched.names(),
                  (std::vector<std::string>{"clusters.file.about.txt", "clusters.file"}))
            << "a kill between the two leaves no file alone";
    }
}

TEST_F(WrittenFile, IsNotPutInPlaceWhereItsTextCannotBe) {
    fs::create_directories(folder_ / "clusters.csv.about.txt" / "taken");
    const auto report =
        export_layer(*connection_, {.format = ExportFormat::csv}, folder_ / "clusters.csv");
    ASSERT_FALSE(report);
    EXPECT_FALSE(fs::exists(folder_ / "clusters.csv"));
}

TEST_F(WrittenFile, LeavesNoTextBehindWhereItCannotBePutInPlace) {
    fs::create_directories(folder_ / "clusters.csv" / "taken");
    EXPECT_FALSE(
        export_layer(*connection_, {.format = ExportFormat::csv}, folder_ / "clusters.csv"));
    EXPECT_FALSE(fs::exists(folder_ / "clusters.csv.about.txt"));
}

TEST_F(WrittenFile, AFolderThatIsNoneIsAnErrorThatNamesTheFile) {
    const auto report =
        export_layer(*connection_, {.format = ExportFormat::csv}, "/dev/null/clusters.csv");
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().file, "/dev/null/clusters.csv");
    EXPECT_EQ(report.error().kind, ErrorKind::input);
}

TEST_F(WrittenFile, StopsAtAGeometryThatCannotBeRead) {
    const Table table{"shapes", "select 1 as id, 'no geometry'::blob as geometry", true};
    for (const ExportFormat format : {ExportFormat::gpkg, ExportFormat::geojson}) {
        const auto rows = write_with_gdal(*connection_, table, {.format = format}, "",
                                          folder_ / "shapes.geojson");
        ASSERT_FALSE(rows);
        EXPECT_NE(rows.error().message().find("The geometry of row 1 of shapes cannot be read"),
                  std::string::npos)
            << rows.error().message();
    }
}

TEST_F(WrittenFile, RefusesMoreRowsThanASheetHolds) {
    const Table most{"rows", "select range as n from range(1048576)", false};
    for (const ExportFormat format : {ExportFormat::xlsx, ExportFormat::ods}) {
        const auto rows =
            write_with_gdal(*connection_, most, {.format = format}, "", folder_ / "rows.xlsx");
        ASSERT_FALSE(rows);
        EXPECT_NE(rows.error().message().find("1,048,576 rows and a header do not fit a sheet"),
                  std::string::npos)
            << rows.error().message();
        EXPECT_NE(rows.error().remedy.find("csv"), std::string::npos);
    }
}

} // namespace
} // namespace icmap::publish
