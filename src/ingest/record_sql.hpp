#pragma once

#include "ingest/columns.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace icmap::ingest {

/// Something that may be wrong with a row, as SQL over the view ingest_row.
struct Check {
    std::string field;
    std::string code;
    std::string severity;  ///< error | warning
    std::string condition; ///< true where it is wrong; null is false
    std::string value;     ///< SQL of the text to show
    std::string limit;     ///< fills {limit} of the message
    bool blanks = true;    ///< a warning blanks `field`
    bool was_found = true; ///< false: it is known that no row is wrong so
};

/// The SQL that turns the columns of a source into the records of one kind, in steps that each
/// look at one column at a time:
///   ingest_typed   one row per row read, in file order: every field typed, and beside those that
///                  can go wrong ("employees ?") the text that could not be typed
///   ingest_row     the same with its number r (0-based) and, where there are any, the columns
///                  that C++ adds (projected positions, geometry)
///   ingest_problem what is wrong with which row
class RecordSql {
  public:
    /// \param bounds lon_min, lat_min, lon_max, lat_max that positions must lie in
    RecordSql(const Target& target, const MatchedColumns& columns, std::string relation,
              std::array<double, 4> bounds);

    /// The query whose rows become ingest_typed.
    [[nodiscard]] std::string typed_query() const;
    /// Rows are numbered where they are read and sorted where they are written: for queries that
    /// DuckDB would not run in the order of the file. Slower.
    void sort_rows() { sorts_rows_ = true; }
    [[nodiscard]] std::string create_typed() const;
    [[nodiscard]] std::string create_row_view() const;

    /// Everything that is to be checked, but not keys.
    [[nodiscard]] std::vector<Check>& checks() { return checks_; }
    /// Inserts the rows where `check` holds into ingest_problem.
    [[nodiscard]] static std::string find_problems(const Check& check);
    /// The query that tells whether staging has records of the kind: 0 or 1.
    [[nodiscard]] std::string count_if_staged() const;
    /// The rows that have a key, with it, as (r, key); "" where the kind has none.
    [[nodiscard]] std::string keyed_rows(bool has_errors) const;
    /// Inserts into ingest_problem those of keyed rows whose key a row before has.
    [[nodiscard]] std::string find_repeated_keys(const std::string& keyed_rows) const;
    /// The same for keys that staging has already.
    [[nodiscard]] std::string find_known_keys(const std::string& keyed_rows) const;
    /// Adds to the checks: NUL bytes in texts, each taken out with a warning.
    void check_nul_bytes();

    using Shifts = std::span<const std::pair<std::int64_t, std::int64_t>>;
    /// Writes the rows without errors to a table like that of the kind.
    /// \param has_errors rows in ingest_problem with severity error exist
    /// \param shifts FileRead::shifts; many of them are looked up in ingest_shift
    [[nodiscard]] std::string insert_records(const std::string& table, std::uint16_t source_id,
                                             std::uint64_t first_record, bool has_errors,
                                             Shifts shifts) const;
    /// True if the rows of ingest_typed can be read as records where they are.
    [[nodiscard]] bool can_stay(Shifts shifts) const;
    /// The query that reads them so. \param table what has become of ingest_typed
    [[nodiscard]] std::string select_records(const std::string& table, std::uint16_t source_id,
                                             std::uint64_t first_record, Shifts shifts) const;

    [[nodiscard]] bool is_projected() const { return has_field("x_m"); }
    /// The two fields that a position is made of, easting before northing.
    [[nodiscard]] std::pair<const char*, const char*> position_fields() const {
        return is_projected() ? std::pair("x_m", "y_m") : std::pair("lon_deg", "lat_deg");
    }
    /// The geometry field, if the source gives one.
    [[nodiscard]] bool has_geometry() const { return has_field("geometry"); }

  private:
    struct Made {
        FieldRule rule;
        std::string expression; ///< over the inputs
    };
    [[nodiscard]] bool has_field(std::string_view name) const;
    [[nodiscard]] std::string final_expression(const FieldRule& rule) const;
    [[nodiscard]] std::string rows_of(std::string_view table) const;
    [[nodiscard]] std::string values(std::uint16_t source_id, std::uint64_t first_record,
                                     const std::string& shift) const;
    [[nodiscard]] std::string staged_key() const;
    [[nodiscard]] std::string key_expression() const;
    [[nodiscard]] std::string merge_key() const;
    void add_checks();
    void add_type_checks(const FieldRule& rule);
    void add_range_checks(const FieldRule& rule);
    void add_bounds_checks(const std::string& severity);
    void add_position_checks();

    Target target_;
    MatchedColumns columns_;
    std::string relation_;
    std::array<double, 4> bounds_;
    std::vector<Made> made_;
    std::vector<Check> checks_;
    bool strips_nul_ = false;
    bool sorts_rows_ = false;
};

} // namespace icmap::ingest
