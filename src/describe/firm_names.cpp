#include "describe/firm_names.hpp"

#include "store/stream.hpp"

namespace icmap::describe {

Result<FirmNames> read_firm_names(store::Connection& connection,
                                  std::span<const std::uint8_t> is_wanted) {
    FirmNames all;
    all.number.assign(is_wanted.size(), FirmNames::kNone);
    ICMAP_TRY(
        store::stream(connection, "select firm_id, name from firm", [&](const store::Chunk& chunk) {
            const auto firm = chunk.column<std::uint32_t>(0);
            for (std::size_t i = 0; i < firm.size(); ++i) {
                if (firm[i] < is_wanted.size() && is_wanted[firm[i]] != 0) {
                    all.number[firm[i]] = static_cast<std::uint32_t>(all.names.size());
                    all.names.emplace_back(chunk.text(1, i));
                }
            }
        }));
    return all;
}

} // namespace icmap::describe
