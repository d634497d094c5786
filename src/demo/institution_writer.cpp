#include "demo/institution_writer.hpp"

#include "demo/authorities.hpp"
#include "demo/national_grid.hpp"
#include "demo/output_file.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <span>

namespace icmap::demo {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

std::string toml_list(std::span<const std::string> words) {
    std::string out = "[";
    for (const std::string& word : words) {
        out += out.size() > 1 ? ", " : "";
        out += '"' + lower(word) + '"';
    }
    return out + "]";
}

std::string_view type_of(const PlantedSector& sector) {
    if (sector.kind == "SIC") {
        return "sic";
    }
    if (sector.kind == "Industrial_Strategy") {
        return "industrial_strategy";
    }
    return sector.kind == "Frontier" || sector.kind == "Dsit_Emerging" ? "frontier" : "technology";
}

} // namespace

Result<void> write_institutions(const std::filesystem::path& directory, const Plan& plan) {
    std::string text = "name,kind,postcode,latitude,longitude\n";
    for (std::size_t i = 0; i < plan.institutions.size(); ++i) {
        const Institution& one = plan.institutions[i];
        Row row(text);
        row.field(one.name).field(one.kind).field(one.postcode);
        if (i % 10 == 9) { // every tenth is to be found by its postcode
            row.empty(2);
        } else {
            const LonLat position = from_national_grid(one.position);
            row.fixed(position.lat, 6).fixed(position.lon, 6);
        }
        row.end();
    }
    return write_file(directory / "institutions/universities.csv", text);
}

Result<void> write_support(const std::filesystem::path& directory) {
    std::string text = "name,provider,description,url,sectors,area_codes\n";
    for (const auto& row : parse_csv(authored_text("support.csv"))) {
        Row out(text);
        for (const std::string& field : row) {
            out.field(field);
        }
        out.end();
    }
    const auto add = [&](const WiderArea& area, std::string_view what, std::string_view about) {
        Row(text)
            .field(fmt::format("{} {}", area.name, what))
            .field(fmt::format("{} (example)", area.name))
            .field(about)
            .field(fmt::format("https://example.org/support/{}", lower(area.code)))
            .field("")
            .field(area.code)
            .end();
    };
    for (const WiderArea& region : area_map().regions) {
        add(region, "Growth Hub", "Advice for firms that want to start, grow or export.");
    }
    for (const WiderArea& combined : area_map().combined) {
        add(combined, "Innovation Fund",
            "Grants for joint projects of local firms and universities.");
    }
    return write_file(directory / "support/support.csv", text);
}

Result<void> write_planted_sectors(const std::filesystem::path& directory) {
    std::string text = "# The sectors in which `icmap demo` plants clusters, as a taxonomy of this "
                       "project's own.\n\n[taxonomy]\ntitle = \"Planted sectors (example data)\"\n"
                       "type = \"user\"\nsource = \"icmap demo\"\n";
    for (const PlantedSector& sector : tables().sectors) {
        text += fmt::format("\n[[sector]]\nslug = \"planted-{}\"\nname = \"Planted: {}\"\n",
                            sector.slug, lower(sector.slug));
        text += fmt::format("definition = \"Stands for {} ({}) in the example.\"\n", sector.name,
                            type_of(sector));
        if (!sector.by_words) {
            std::vector<std::string> codes;
            for (const std::size_t sic : sector.sic) {
                codes.push_back(tables().sic[sic].code);
            }
            text += fmt::format("sic = {}\n", toml_list(codes));
            continue;
        }
        text += fmt::format("[[sector.words]]\nany = {}\nfields = [\"name\"]\n",
                            toml_list(sector.name_words));
        text +=
            fmt::format("[[sector.words]]\nany = {}\n"
                        "fields = [\"project_title\", \"project_abstract\", \"patent_title\"]\n",
                        toml_list(sector.project_phrases));
    }
    return write_file(directory / "sectors/planted.toml", text);
}

} // namespace icmap::demo
