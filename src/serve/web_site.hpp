#pragma once

#include "serve/catalogue.hpp"
#include "serve/problem.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace icmap::serve {

/// The files of the built page, read into memory once: what is not among them cannot be reached.
/// Every page is index.html with a title, a description and a list for readers without JavaScript
/// that fit its address; without index.html a plain page of our own.
class WebSite {
  public:
    /// \param folder empty: no files
    /// \errors input: the folder is not there or cannot be read
    [[nodiscard]] static Result<WebSite> read(const std::filesystem::path& folder);

    /// A file, a page, or a problem.
    /// \param path decoded, starts with a slash
    [[nodiscard]] Answer answer(std::string_view path, const Catalogue& catalogue,
                                const std::string& base_url) const;

    [[nodiscard]] std::size_t size() const { return files_.size(); }

  private:
    [[nodiscard]] Response page(std::string_view path, const Catalogue& catalogue,
                                const std::string& base_url) const;
    std::unordered_map<std::string, std::string> files_; ///< by path, with its slash
    std::string shell_;                                  ///< index.html
};

} // namespace icmap::serve
