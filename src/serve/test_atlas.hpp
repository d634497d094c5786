#pragma once

// For tests of this folder only.

#include "serve/application.hpp"
#include "worlds/tiny_atlas.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <unistd.h>

namespace icmap::serve {

/// The body of an answer, from memory or from a file.
inline std::string content(const Response& response) {
    if (!response.file) {
        return std::string(response.text());
    }
    std::string text(response.file->size, '\0');
    text.resize(response.file->file->read(response.file->offset, text));
    return text;
}

/// The tiny atlas, open for the whole run of the test program.
class TestAtlas {
  public:
    /// \param name of the file, one per variant
    explicit TestAtlas(const std::string& name, const char* statements = "",
                       ServeOptions options = {})
        : folder_(std::filesystem::temp_directory_path() /
                  ("icmap_serve_" + name + '_' + std::to_string(::getpid()))),
          progress_(make_progress(ProgressStyle::quiet)) {
        std::filesystem::create_directories(folder_);
        const auto made = worlds::make_tiny_atlas(path(), statements);
        EXPECT_TRUE(made) << made.error().message();
        if (options.query_seconds == ServeOptions().query_seconds) {
            options.query_seconds = 120; // a busy machine is not what these tests are about
        }
        auto opened = Application::open(path(), options, *progress_);
        EXPECT_TRUE(opened) << opened.error().message();
        application_ = std::move(opened.value());
        application_->wait();
    }
    TestAtlas(const TestAtlas&) = delete;
    TestAtlas& operator=(const TestAtlas&) = delete;
    ~TestAtlas() {
        application_.reset();
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "tiny.atlas"; }
    [[nodiscard]] Application& application() { return *application_; }

    Response ask(const Request& request) { return application_->handle(request); }
    Response get(std::string target, std::vector<Header> headers = {}) {
        headers.push_back({"host", "map.example:8080"});
        return ask({Method::get, std::move(target), std::move(headers), {}, {}});
    }
    Response post(std::string target, std::string body) {
        return ask(
            {Method::post, std::move(target), {{"host", "map.example"}}, std::move(body), {}});
    }
    /// The JSON of an answer; the test fails where it has another status.
    nlohmann::json json(const std::string& target, int status = 200) {
        return parsed(get(target), target, status);
    }
    nlohmann::json post_json(const std::string& target, const std::string& body, int status = 200) {
        return parsed(post(target, body), target, status);
    }

  private:
    static nlohmann::json parsed(const Response& response, const std::string& target, int status) {
        const std::string text = content(response);
        EXPECT_EQ(response.status, status) << target << '\n' << text;
        auto json = nlohmann::json::parse(text, nullptr, false);
        EXPECT_FALSE(json.is_discarded()) << target << '\n' << text;
        return json;
    }
    std::filesystem::path folder_;
    std::unique_ptr<Progress> progress_;
    std::unique_ptr<Application> application_;
};

/// The one that most tests share.
inline TestAtlas& tiny() {
    static TestAtlas atlas("shared");
    return atlas;
}

} // namespace icmap::serve
