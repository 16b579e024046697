#include "sim/sweep/run_id.hpp"

#include <algorithm>

#include "sim/base/sha256.hpp"
#include "sim/record/series.hpp"

namespace sim::sweep {

std::string run_id(const std::string& scenario_sha256, const std::vector<scenario::FileRead>& files,
                   const std::string& model_version)
{
    std::string all =
        fmt::format("scenario {}\nmodel {}\nschema {}\n", scenario_sha256, model_version, record::schema_version);
    std::vector<std::string> lines;
    for (const scenario::FileRead& file : files)
        if (!file.name.ends_with(".toml")) lines.push_back(fmt::format("file {} {}\n", file.name, file.sha256));
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) all += line;
    return sha256(all).substr(0, 16);
}

bool is_run_id(const std::string& text)
{
    return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

} // namespace sim::sweep
