#include <algorithm>
#include <filesystem>

#include "sim/cli/facts.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/result_inputs.hpp"
#include "sim/cli/scenario_arguments.hpp"
#include "sim/record/output_file.hpp"
#include "sim/report/collection.hpp"
#include "sim/report/report.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

class Report final : public Verb {
public:
    std::string name() const override { return "report"; }
    std::string help() const override
    {
        return "Make one HTML page of results, of an ensemble or of an effect, to read and to mail";
    }

    void declare(Arguments& arguments) override
    {
        arguments.positionals(
            inputs_, "results",
            "Results (the first is what others are compared with), the folder of a batch or sweep, an ensemble, or "
            "what effect --out wrote");
        arguments.option(out_, "-o,--out", "FILE", "The page (default: beside the first result, with .html)");
        arguments.option(title_, "--title", "TEXT", "Title of the page (default: that of the first scenario)");
        arguments.option(by_, "--by", "KEY",
                         "How runs of an ensemble are grouped: scenario, an axis of the sweep, or none");
        arguments.option(facts_, "--facts", "FILE",
                         "Table of published facts (default: facts.csv of the nation's folder)");
        arguments.flag(force_, "--force", "Overwrite the page");
    }

    int run(const Session& session) override
    {
        if (const int wrong = check_usage(session); wrong != exit_ok) return wrong;
        const std::string page = out_.empty() ? default_page() : out_;
        if (const auto reason = why_not_writable(page, force_, false)) {
            session.complain(*reason, reason->ends_with(" exists")
                                          ? "add --force to overwrite it, or choose another file with --out"
                                          : "choose another file with --out");
            return exit_io;
        }
        const auto files = result_inputs(session, inputs_);
        if (!files) return exit_invalid;
        try {
            const report::Report made = is_effect(inputs_[0])
                                            ? report::report_of_effect(inputs_[0], options(session))
                                            : report::report_of_runs(*files, with_facts(session, *files));
            const std::string html = report::page_with(made);
            record::write_whole(page, html);
            return show(session, page, html.size(), made);
        } catch (const report::Mismatch& mismatch) {
            session.complain(mismatch.what());
            return exit_invalid;
        }
    }

private:
    int check_usage(const Session& session) const
    {
        if (inputs_.empty()) {
            session.complain("say what the report is of",
                             fmt::format("{} report RESULT.h5", session.application().name));
            return exit_usage;
        }
        for (std::size_t i = 0; i < inputs_.size(); ++i)
            if (std::find(inputs_.begin(), inputs_.begin() + static_cast<std::ptrdiff_t>(i), inputs_[i]) !=
                inputs_.begin() + static_cast<std::ptrdiff_t>(i)) {
                session.complain(fmt::format("{} is given twice", inputs_[i]));
                return exit_usage;
            }
        const auto effect = std::find_if(inputs_.begin(), inputs_.end(), is_effect);
        if (effect == inputs_.end() || inputs_.size() == 1) return exit_ok;
        session.complain(fmt::format("{} is an effect, and an effect has a page of its own", *effect),
                         "make two reports");
        return exit_usage;
    }

    [[nodiscard]] std::string default_page() const
    {
        const fs::path first(inputs_[0]);
        return fs::is_directory(first) ? (first / "report.html").string()
                                       : fs::path(first).replace_extension(".html").string();
    }

    static bool is_effect(const std::string& path) { return fs::path(path).extension() == ".json"; }

    [[nodiscard]] report::Options options(const Session& session) const
    {
        const Application& application = session.application();
        return {.program = fmt::format("{} {}", application.name, application.version),
                .command = session.command(),
                .title = title_,
                .by = by_,
                .description = application.report,
                .keys = scenario::describe(bind_keys(application).table)};
    }

    [[nodiscard]] report::Options with_facts(const Session& session, const std::vector<std::string>& files) const
    {
        const Application& application = session.application();
        report::Options all = options(session);
        all.facts = facts_for(files, facts_, application.name, application.shipped);
        return all;
    }

    static int show(const Session& session, const std::string& page, std::size_t bytes, const report::Report& made)
    {
        if (session.json())
            session.show({{"page", page},
                          {"bytes", static_cast<std::int64_t>(bytes)},
                          {"runs", static_cast<std::int64_t>(made.runs)},
                          {"groups", static_cast<std::int64_t>(made.groups)}});
        else
            session.print(fmt::format("The report of {} run{} is in {} ({}). Open it in a browser, or mail it.\n",
                                      made.runs, made.runs == 1 ? "" : "s", page,
                                      bytes_text(static_cast<double>(bytes))));
        return exit_ok;
    }

    std::vector<std::string> inputs_;
    std::string out_, title_, by_, facts_;
    bool force_ = false;
};

} // namespace

std::unique_ptr<Verb> report_verb() { return std::make_unique<Report>(); }

} // namespace sim::cli
