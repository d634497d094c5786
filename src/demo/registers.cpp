#include "demo/registers.hpp"

#include "base/parallel.hpp"
#include "demo/dirt.hpp"
#include "demo/output_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace icmap::demo {
namespace {

struct Files {
    OutputFile companies, postcodes, accounts, sites, members;
};

Result<Files> open_files(const std::filesystem::path& directory) {
    const auto open = [&](const char* name, std::string_view header) -> Result<OutputFile> {
        ICMAP_ASSIGN(OutputFile file, OutputFile::create(directory / name));
        ICMAP_TRY(file.write(header, 1));
        return file;
    };
    ICMAP_ASSIGN(OutputFile companies, open(kCompaniesFile, kCompaniesHeader));
    ICMAP_ASSIGN(OutputFile postcodes, open(kPostcodesFile, kPostcodesHeader));
    ICMAP_ASSIGN(OutputFile accounts, open(kAccountsFile, kAccountsHeader));
    ICMAP_ASSIGN(OutputFile sites, open("sites/sites.csv", kSitesHeader));
    ICMAP_ASSIGN(OutputFile members, open("truth/members.csv", kMembersHeader));
    return Files{std::move(companies), std::move(postcodes), std::move(accounts), std::move(sites),
                 std::move(members)};
}

Result<void> write_batch(Files& files, std::vector<SectorRows>& batch, DemoSummary& summary,
                         std::vector<ActiveFirm>& actives) {
    for (SectorRows& rows : batch) {
        ICMAP_TRY(files.companies.write(rows.companies, rows.company_count));
        ICMAP_TRY(files.postcodes.write(rows.postcodes, rows.postcode_count));
        ICMAP_TRY(files.accounts.write(rows.accounts, rows.account_count));
        ICMAP_TRY(files.sites.write(rows.sites, rows.site_count));
        ICMAP_TRY(files.members.write(rows.members, rows.member_count));
        summary.firms += rows.company_count;
        summary.postcodes += rows.postcode_count;
        summary.accounts += rows.account_count;
        summary.planted_members += rows.member_count;
        std::ranges::move(rows.actives, std::back_inserter(actives));
    }
    return {};
}

Result<void> close_files(Files& files, DemoSummary& summary) {
    for (OutputFile* file :
         {&files.companies, &files.postcodes, &files.accounts, &files.sites, &files.members}) {
        ICMAP_TRY(file->close());
        summary.bytes += file->bytes();
    }
    return {};
}

} // namespace

Result<std::vector<ActiveFirm>> write_registers(const std::filesystem::path& directory,
                                                const Plan& plan, Progress& progress,
                                                DemoSummary& summary, std::vector<DirtyRow>& dirt) {
    StageTimer timer(progress, "registers");
    ICMAP_ASSIGN(Files files, open_files(directory));
    const FirmMaker firms(plan);
    std::vector<ActiveFirm> actives;
    const std::size_t count = plan.sectors.size();
    DirtyRows dirty(plan, dirt);
    for (std::size_t begin = 0; begin < count; begin += kSectorsAtOnce) {
        std::vector<SectorRows> batch(std::min(kSectorsAtOnce, count - begin));
        parallel_for_each(batch.size(), 1, [&](std::size_t i) {
            batch[i] = make_sector_rows(plan, firms, static_cast<std::uint32_t>(begin + i));
        });
        ICMAP_TRY(write_batch(files, batch, summary, actives));
        // The dirt lies between the batches, spread over the file.
        ICMAP_TRY(dirty.add_companies(files.companies, begin, count));
        ICMAP_TRY(dirty.add_postcodes(files.postcodes, begin, count));
        ICMAP_TRY(dirty.add_accounts(files.accounts, begin, count));
        progress.step(summary.firms, plan.options.firms);
    }
    ICMAP_TRY(close_files(files, summary));
    timer.finish(summary.firms,
                 fmt::format("{} firms at {} postcodes, {} accounts", grouped(summary.firms),
                             grouped(summary.postcodes), grouped(summary.accounts)));
    return actives;
}

} // namespace icmap::demo
