#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace icmap::names {

/// The rules as they lie in memory (names/name_state.hpp).
struct RuleTable;

/// The one normaliser of organisations' names: what links names uses it for both sides.
///
/// Several threads may use one at once. Same name, same key, on every machine.
class NameRules {
  public:
    /// The rules baked into the program (reference/link/names.toml, institutions.toml).
    [[nodiscard]] static const NameRules& standard();

    /// \errors input: no TOML, or not of the shape of those files, with file and line
    [[nodiscard]] static Result<NameRules> parse(std::string_view names_toml,
                                                 std::string_view institutions_toml);

    NameRules(NameRules&&) noexcept;
    NameRules& operator=(NameRules&&) noexcept;
    ~NameRules();

    /// The key of a name, appended to `out`: folded (see `fold`), shortened words in full, without
    /// legal form, articles at either end, and what follows "trading as". Never empty unless the
    /// name has no letter or digit. \complexity linear; about a million names a second and thread
    void key(std::string_view name, std::string& out) const;
    [[nodiscard]] std::string key(std::string_view name) const;

    /// The key under which all spellings of one institution meet: the key without stop words and
    /// the formulas of charters, words in alphabetical order where UNIVERSITY is one of them,
    /// aliases resolved.
    void institution_key(std::string_view name, std::string& out) const;
    [[nodiscard]] std::string institution_key(std::string_view name) const;

    /// The first word of a name, folded, where it is sure to be a word of the name's institution
    /// key; empty where a rule may drop it or put another in its place. To look few keys up by many
    /// names: a name whose word no key holds has none of them, and needs no key.
    /// \param folded room for the folded name, which the answer is a part of
    [[nodiscard]] std::string_view kept_first_word(std::string_view name,
                                                   std::string& folded) const;

    /// The kind of institution a name says by itself (university, research_organisation,
    /// hospital); empty where it does not, or where it names the legal form of a company.
    [[nodiscard]] std::string_view institution_kind(std::string_view name) const;

    /// True if the name says what kind of company it is (Ltd, LLP, plc, …).
    [[nodiscard]] bool has_legal_form(std::string_view name) const;

    /// True for words of a key that hardly tell one organisation from another (GROUP, UK, AND).
    [[nodiscard]] bool is_weak(std::string_view word) const;
    /// True for those of them that name another company of the same group (HOLDINGS).
    [[nodiscard]] bool is_group_word(std::string_view word) const;

  private:
    explicit NameRules(std::unique_ptr<const RuleTable> state);
    std::unique_ptr<const RuleTable> state_;
};

} // namespace icmap::names
