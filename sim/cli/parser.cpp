#include "sim/cli/parser.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace sim::cli {
namespace {

CLI::Validator number_from(std::int64_t low, std::int64_t high)
{
    const auto check = [low, high](const std::string& text) {
        std::int64_t value = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, failed] = std::from_chars(text.data(), end, value);
        const bool is_number = failed == std::errc() && stop == end && low <= value && value <= high;
        return is_number ? std::string() : fmt::format("'{}' is no whole number from {} to {}", text, low, high);
    };
    return {check, ""};
}

class CliArguments final : public Arguments {
public:
    explicit CliArguments(CLI::App& app) : app_(app) {}

    void positional(std::string& where, const std::string& name, const std::string& help, bool is_required) override
    {
        app_.add_option(name, where, help)->required(is_required)->type_name("");
    }
    void positionals(std::vector<std::string>& where, const std::string& name, const std::string& help) override
    {
        app_.add_option(name, where, help)->type_name("");
    }
    void option(std::string& where, const std::string& flag, const std::string& value, const std::string& help) override
    {
        app_.add_option(flag, where, help)->type_name(value);
    }
    void option(int& where, const std::string& flag, int low, int high, const std::string& help) override
    {
        app_.add_option(flag, where, help)->check(number_from(low, high))->type_name("N");
    }
    void whole_number(std::string& where, const std::string& flag, std::int64_t low, std::int64_t high,
                      const std::string& help) override
    {
        app_.add_option(flag, where, help)->check(number_from(low, high))->type_name("N");
    }
    void choice(std::string& where, const std::string& flag, const std::vector<std::string>& allowed,
                const std::string& help) override
    {
        app_.add_option(flag, where, help)
            ->transform(CLI::IsMember(allowed))
            ->type_name("WHICH")
            ->capture_default_str();
    }
    void repeated(std::vector<std::string>& where, const std::string& flag, const std::string& value,
                  const std::string& help) override
    {
        app_.add_option(flag, where, help)
            ->type_name(value)
            ->allow_extra_args(false); // else it would eat the scenario behind it
    }
    void flag(bool& where, const std::string& flag, const std::string& help) override
    {
        app_.add_flag(flag, where, help);
    }

private:
    CLI::App& app_;
};

class Parser {
public:
    Parser(const Application& application, const std::vector<std::unique_ptr<Verb>>& verbs)
        : application_(application), verbs_(verbs), app_(application.summary, application.name)
    {
        app_.set_version_flag("--version", fmt::format("{} {} (model {})", application.name, application.version,
                                                       application.model_version));
        app_.require_subcommand(0, 1);
        app_.set_help_flag("-h,--help", "Show this help");
        app_.footer(fmt::format(
            "`{} VERB --help` shows the options of a verb.\n"
            "Exit codes: 0 ok, 1 failed while running, 2 usage, 3 scenario invalid, too large or with another past,\n"
            "4 results differ, 5 a file cannot be read or written (also a damaged or foreign checkpoint),\n"
            "75 interrupted with a checkpoint, or another process has the run; 130/143 interrupted without.",
            application.name));
        for (const auto& verb : verbs_) declare(*verb);
    }

    Parsed operator()(int argc, char** argv)
    {
        if (argc < 2) {
            fmt::print(stderr, "{}", app_.help());
            parsed_.exit_code = exit_usage;
            return parsed_;
        }
        if (is_unknown_verb(argv[1])) return parsed_;
        try {
            app_.parse(argc, argv);
            find_verb();
        } catch (const CLI::Success& shown) { // --help, --version
            parsed_.exit_code = app_.exit(shown) == 0 ? exit_ok : exit_usage;
        } catch (const CLI::ParseError& error) {
            complain(error);
        }
        return parsed_;
    }

private:
    void declare(Verb& verb)
    {
        CLI::App* sub = app_.add_subcommand(verb.name(), verb.help());
        sub->set_help_flag("-h,--help", "Show this help");
        CliArguments arguments(*sub);
        verb.declare(arguments);
        arguments.flag(parsed_.common.json, "--json", "One JSON object on standard output");
        arguments.flag(parsed_.common.quiet, "-q,--quiet", "No progress and remarks on standard error");
        arguments.flag(parsed_.common.verbose, "-v,--verbose", "More remarks on standard error");
        arguments.choice(parsed_.common.colour, "--color", {"auto", "always", "never"},
                         "Colours in messages (also off with NO_COLOR)");
    }

    bool is_unknown_verb(std::string_view word)
    {
        std::vector<std::string> names;
        for (const auto& verb : verbs_) names.push_back(verb->name());
        if (word.starts_with('-') || std::count(names.begin(), names.end(), word) > 0) return false;
        refuse(fmt::format("'{}' is no verb", word), suggestion(word, names, "Verbs"), application_.name);
        return true;
    }

    void find_verb()
    {
        const std::vector<CLI::App*> given = app_.get_subcommands();
        for (const auto& verb : verbs_)
            if (!given.empty() && given.front()->get_name() == verb->name()) parsed_.verb = verb.get();
        if (parsed_.verb == nullptr) refuse("a verb is missing", "", application_.name);
    }

    void complain(const CLI::ParseError& error)
    {
        const std::vector<CLI::App*> given = app_.get_subcommands();
        const CLI::App* sub = given.empty() ? &app_ : given.front();
        const std::string command = given.empty() ? application_.name : application_.name + " " + sub->get_name();
        for (const std::string& word : app_.remaining(true)) {
            if (word == "--") continue;
            const bool is_option = word.starts_with('-');
            const std::string name = word.substr(0, word.find('='));
            if (is_option)
                return refuse(fmt::format("'{}' is no option of {}", name, command),
                              suggestion(name, options(*sub), "Options"), command);
            return refuse(fmt::format("'{}' is one argument too many", word), "", command);
        }
        refuse(error.what(), "", command);
    }

    static std::vector<std::string> options(const CLI::App& sub)
    {
        std::vector<std::string> names;
        for (const CLI::Option* option : sub.get_options())
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        return names;
    }

    void refuse(const std::string& message, const std::string& help, const std::string& command)
    {
        fmt::print(stderr, "{}: error: {}\n", application_.name, message);
        if (!help.empty()) fmt::print(stderr, "  help: {}\n", help);
        fmt::print(stderr, "Try `{} --help`.\n", command);
        parsed_.exit_code = exit_usage;
    }

    const Application& application_;
    const std::vector<std::unique_ptr<Verb>>& verbs_;
    CLI::App app_;
    Parsed parsed_;
};

} // namespace

Parsed parse(int argc, char** argv, const Application& application, const std::vector<std::unique_ptr<Verb>>& verbs)
{
    return Parser(application, verbs)(argc, argv);
}

} // namespace sim::cli
