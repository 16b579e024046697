#include "sim/cli/facts.hpp"

#include <filesystem>
#include <sstream>

#include "sim/base/io_error.hpp"
#include "sim/report/run_file.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

/// The table beside a data file, "" for none. Names of shipped files begin with the program's name, others lie below the working folder.
std::string beside(const std::string& name, const std::string& program, const std::string& shipped)
{
    const std::string scheme = program + ":";
    const fs::path data = name.starts_with(scheme) ? fs::path(shipped) / name.substr(scheme.size()) : fs::path(name);
    const fs::path table = data.parent_path() / "facts.csv";
    return data.extension() == ".csv" && fs::exists(table) ? table.string() : "";
}

std::string found_for(const std::string& result, const std::string& program, const std::string& shipped)
{
    std::istringstream lines(report::RunFile(result).text("/", "files_sha256"));
    for (std::string digest, name; lines >> digest && std::getline(lines >> std::ws, name);)
        if (const std::string table = beside(name, program, shipped); !table.empty()) return table;
    return "";
}

} // namespace

report::FactTable facts_for(const std::vector<std::string>& results, const std::string& file,
                            const std::string& program, const std::string& shipped)
{
    const std::string path = file.empty() ? found_for(results[0], program, shipped) : file;
    if (path.empty()) return {};
    if (!fs::exists(path)) throw IoError(path, "read the facts", "there is no such file");
    Errors errors;
    report::FactTable table = report::read_facts(path, errors);
    if (!errors.empty()) throw InvalidInput(errors);
    return table;
}

} // namespace sim::cli
