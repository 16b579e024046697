#include "sim/cli/facts.hpp"

#include <filesystem>
#include <sstream>

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/report/run_file.hpp"
#include "sim/scenario/library.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

/// Whether a file is there and holds what a result was made from.
bool is_same(const fs::path& file, const std::string& digest)
{
    constexpr std::size_t limit = std::size_t{256} << 20;
    std::error_code failed;
    return fs::is_regular_file(file, failed) && sha256(scenario::read_bytes(file, limit)) == digest;
}

/// The table beside a data file of a result, "" for none. The file is known by its digest: names are of the shipped scenarios, or from a root
/// that a result does not tell.
std::string beside(const std::string& name, const std::string& digest, const std::string& program,
                   const std::string& shipped)
{
    const std::string scheme = program + ":";
    const std::string below = name.starts_with(scheme) ? name.substr(scheme.size()) : name;
    if (!below.ends_with(".csv")) return "";
    for (const fs::path& root : {fs::path("."), fs::path(shipped)}) {
        const fs::path data = root / below, table = data.parent_path() / "facts.csv";
        if (fs::exists(table) && is_same(data, digest)) return table.lexically_normal().string();
    }
    return "";
}

std::string found_for(const std::string& result, const std::string& program, const std::string& shipped)
{
    std::istringstream lines(report::RunFile(result).text("/", "files_sha256"));
    for (std::string digest, name; lines >> digest && std::getline(lines >> std::ws, name);)
        if (const std::string table = beside(name, digest, program, shipped); !table.empty()) return table;
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
