#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "serve/message.hpp"
#include "serve/options.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace icmap::serve {

/// Answers requests; knows nothing of sockets. Any number of threads may ask at once.
class Application {
  public:
    /// Opens the atlas and reads what is kept in memory. What there is one of for each firm is read
    /// in the background (see `wait`). `progress` must outlive the application.
    /// \errors input: no such atlas, not an atlas, the folder of the page cannot be read
    [[nodiscard]] static Result<std::unique_ptr<Application>>
    open(const std::filesystem::path& atlas, const ServeOptions& options, Progress& progress);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// The answer to a request, errors included; never throws.
    [[nodiscard]] Response handle(const Request& request);

    /// Waits until all is read; for tests.
    void wait() const;

    /// One line that says what is served: "Tiny atlas: 6 clusters in 5 sectors (example data)".
    [[nodiscard]] std::string title() const;

  private:
    struct State;
    explicit Application(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace icmap::serve
