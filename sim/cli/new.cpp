#include <filesystem>
#include <fstream>

#include "sim/base/io_error.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/scenario/reference.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

class New final : public Verb {
public:
    std::string name() const override { return "new"; }
    std::string help() const override { return "Write a scenario to start from, with every key and what it means"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(file_, "file", "File to write, such as my.toml; - for standard output");
        arguments.option(base_, "--extends", "SCENARIO", "Scenario to change; none for none");
        arguments.flag(force_, "--force", "Overwrite an existing file");
    }

    int run(const Session& session) override
    {
        const Application& application = session.application();
        const Prepared keys = bind_keys(application);
        const std::string base = base_.empty() ? application.starter_base : base_ == "none" ? "" : base_;
        const std::string stem = file_ == "-" ? "my-scenario" : fs::path(file_).stem().string();
        const std::string text = scenario::starter(keys.table, stem, base);
        if (file_ == "-") return session.print(text), exit_ok;
        if (const auto reason = why_not_writable(file_, force_, false)) {
            session.complain(*reason, reason->ends_with(" exists") ? "add --force to overwrite it" : "");
            return exit_io;
        }
        std::ofstream file(file_, std::ios::binary);
        file << text;
        if (!file.flush()) throw IoError(fmt::format("{} cannot be written", file_));
        if (session.json())
            session.show({{"file", file_}});
        else
            session.print(fmt::format("{} is written. Next: {} check {}\n", file_, application.name, file_));
        return exit_ok;
    }

private:
    std::string file_;
    std::string base_;
    bool force_ = false;
};

} // namespace

std::unique_ptr<Verb> new_verb() { return std::make_unique<New>(); }

} // namespace sim::cli
