#include "sim/cli/continuation.hpp"

#include <map>

namespace sim::cli {
namespace {

using record::CheckpointError;

void check_origin(const std::string& file, const record::CheckpointHead& head, const Application& application)
{
    constexpr auto help = "continue with the program that wrote it, or run from the first day";
    if (head.program != application.name)
        throw CheckpointError(
            file, fmt::format("it was written by the program '{}', not by {}", head.program, application.name), help);
    if (head.model_version != application.model_version)
        throw CheckpointError(
            file,
            fmt::format("it was written by model {}, and this is model {}: results would belong to neither",
                        head.model_version, application.model_version),
            help);
}

Prepared read_scenario(const std::string& file, const record::CheckpointHead& head, const std::string& root,
                       const Application& application)
{
    Errors errors;
    Prepared past = prepare_text(application, head.scenario_name, head.scenario_text, {},
                                 root.empty() ? head.scenario_root : root, errors);
    if (!errors.empty())
        throw CheckpointError(file, "its scenario cannot be read again:\n" + errors.report(false),
                              "the data files must lie where they were; --root names another folder for them");
    return past;
}

bool is_data(const std::string& name) { return !name.ends_with(".toml"); } // scenarios are in the text

void check_data(const std::string& file, const record::CheckpointHead& head, const scenario::Loaded& loaded)
{
    std::map<std::string, std::string> now;
    for (const scenario::FileRead& f : loaded.files) now[f.name] = f.sha256;
    for (const auto& [name, digest] : head.files) {
        if (!is_data(name)) continue;
        const auto found = now.find(name);
        if (found == now.end() || found->second != digest)
            throw CheckpointError(file,
                                  fmt::format("the data file {} has changed since (SHA-256 {} then, {} now)", name,
                                              digest, found == now.end() ? "missing" : found->second),
                                  "bring the file back as it was, or run from the first day");
    }
}

} // namespace

Continuation read_checkpoint(const std::string& file, const std::string& root, const Application& application)
{
    const record::ForEach one_by_one = [](int tasks, const std::function<void(int, int)>& body) {
        for (int task = 0; task < tasks; ++task) body(task, 0);
    };
    Continuation all;
    all.file = file;
    all.head = record::CheckpointReader(file, one_by_one).head();
    check_origin(file, all.head, application);
    all.past = read_scenario(file, all.head, root, application);
    check_data(file, all.head, all.past.loaded);
    all.past.loaded.name = all.head.scenario_name;
    all.past.loaded.files.clear(); // as the run began, with the scenario files that were read then
    for (const auto& [name, digest] : all.head.files) all.past.loaded.files.push_back({name, "", digest});
    return all;
}

} // namespace sim::cli
