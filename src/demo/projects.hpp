#pragma once

#include "base/result.hpp"
#include "demo/demo.hpp"
#include "demo/plan.hpp"
#include "demo/registers.hpp"
#include "demo/sector_writer.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::demo {

/// A firm or an institution in a project.
struct Participant {
    bool is_institution = false;
    std::uint32_t index = 0; ///< into the active firms or Plan::institutions
};

/// A publicly funded project with its consortium, the lead first.
struct Project {
    std::uint32_t number = 0;
    int topic = -1; ///< index into tables().sectors, -1 for plain business
    std::string title;
    std::string summary;
    Day start = 0;
    Day end = 0;
    std::vector<Participant> participants;
};

/// Projects led by the firms that do research. Members of a collaborating cluster work with one
/// another, members of any other cluster and plain firms alone or with firms drawn from the whole
/// country, so that joint work stands out in the collaborating clusters only.
[[nodiscard]] std::vector<Project> make_projects(const Plan& plan,
                                                 const std::vector<ActiveFirm>& actives);

/// Title and summary of a project about a sector, or about plain business for -1.
void describe_project(Random& random, int topic, std::string& title, std::string& summary);

/// truth/links.csv in the making: which firm stands behind a name in a grant, patent or deal.
class Links {
  public:
    void add(std::string_view file, std::uint64_t row, std::string_view name,
             std::string_view company_number, std::string_view variation);
    [[nodiscard]] Result<void> write(const std::filesystem::path& directory) const;
    [[nodiscard]] std::uint64_t size() const { return size_; }

  private:
    std::string text_ = "file,row,record_name,company_number,variation\n";
    std::uint64_t size_ = 0;
};

/// A firm's name as someone wrote it on a form on a day.
struct RecordedName {
    std::string name;
    const char* variation = "as_registered"; ///< or retyped, misspelt, former_name
};
[[nodiscard]] RecordedName record_name(Random& random, const ActiveFirm& firm, Day when);

/// The company number as written on a form: as registered, without its leading zeros (a
/// spreadsheet ate them), or missing.
[[nodiscard]] std::string record_number(Random& random, const ActiveFirm& firm);

/// The postcode as written on a form: the registered one, that of another site nearby, without its
/// space, or missing.
[[nodiscard]] std::string record_postcode(Random& random, const ActiveFirm& firm,
                                          const std::vector<ActiveFirm>& actives);

/// What the writers of grants, patents and deals work on.
struct Research {
    const Plan* plan;
    const std::vector<ActiveFirm>* actives;
    std::vector<Project> projects;
    Links links;
    std::vector<DirtyRow> dirt;
};

// The writers; each adds to `research.links`, `research.dirt` and `summary`.
// \errors input: a file cannot be written
[[nodiscard]] Result<void> write_innovate_uk(const std::filesystem::path& directory,
                                             Research& research, DemoSummary& summary);
[[nodiscard]] Result<void> write_gateway(const std::filesystem::path& directory, Research& research,
                                         DemoSummary& summary);
[[nodiscard]] Result<void> write_cordis(const std::filesystem::path& directory, Research& research,
                                        DemoSummary& summary);
[[nodiscard]] Result<void> write_patents(const std::filesystem::path& directory, Research& research,
                                         DemoSummary& summary);
[[nodiscard]] Result<void> write_deals(const std::filesystem::path& directory, Research& research,
                                       DemoSummary& summary);

} // namespace icmap::demo
