#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/cli/application.hpp"
#include "sim/cli/arguments.hpp"
#include "sim/cli/exit_codes.hpp"

namespace sim::cli {

/// Options that every verb understands.
struct Common {
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    std::string colour = "auto"; ///< auto, always or never
    std::string command{};       ///< the whole command line as a shell takes it, for reports
};

/// What a verb works with: the application, and the two streams. stdout is for results only, stderr for everything else.
class Session {
public:
    Session(const Application& application, const Common& common) : application_(application), common_(common) {}

    [[nodiscard]] const Application& application() const { return application_; }
    [[nodiscard]] bool json() const { return common_.json; }
    [[nodiscard]] bool is_verbose() const { return common_.verbose; }
    [[nodiscard]] const std::string& command() const { return common_.command; }

    void print(const std::string& text) const;  ///< to stdout
    void say(const std::string& line) const;    ///< to stderr, unless quiet
    void detail(const std::string& line) const; ///< to stderr, when verbose
    void complain(const std::string& line,
                  const std::string& help = "") const; ///< an error that has no place in a file
    void report(const Errors& errors) const;           ///< findings about the input

    /// A list of names and values: aligned lines, or one JSON object on one line.
    void show(const Summary& summary) const;

    [[nodiscard]] Progress::Style progress_style() const;

private:
    [[nodiscard]] bool is_coloured() const;

    const Application& application_;
    const Common& common_;
};

/// One word of the command line: its name, what it takes, what it does. A verb is one file and one line in verbs().
class Verb {
public:
    virtual ~Verb() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string help() const = 0;
    virtual void declare(Arguments& arguments) = 0;
    virtual int run(const Session& session) = 0; ///< returns an ExitCode
};

std::unique_ptr<Verb> run_verb();
std::unique_ptr<Verb> fork_verb();
std::unique_ptr<Verb> check_verb();
std::unique_ptr<Verb> explain_verb();
std::unique_ptr<Verb> list_verb();
std::unique_ptr<Verb> new_verb();
std::unique_ptr<Verb> compare_verb();
std::unique_ptr<Verb> diff_verb();
std::unique_ptr<Verb> verify_verb();
std::unique_ptr<Verb> effect_verb();
std::unique_ptr<Verb> report_verb();
std::unique_ptr<Verb> validate_verb();
std::unique_ptr<Verb> bench_verb();
std::unique_ptr<Verb> batch_verb();
std::unique_ptr<Verb> sweep_verb();
std::unique_ptr<Verb> status_verb();
std::unique_ptr<Verb> gather_verb();

std::vector<std::unique_ptr<Verb>> verbs();

/// What `bench` can run, for `list`.
std::vector<Entry> benchmark_entries(const Session& session);

/// "12 kB", "3.4 GB".
std::string bytes_text(double bytes);

/// Value as plain text or as JSON.
std::string text_of(const Value& value);
std::string json_of(const Value& value);

} // namespace sim::cli
