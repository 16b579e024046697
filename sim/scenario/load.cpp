#include "sim/scenario/load.hpp"

#include "sim/base/sha256.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/toml.hpp"
#include "sim/scenario/validator.hpp"

namespace sim::scenario {
namespace {

Loaded load_source(const std::shared_ptr<const Source>& source, const LoadOptions& options, Library& library,
                   const KeyTable& table, Errors& errors)
{
    Loaded loaded;
    if (!source) return loaded;
    loaded.whole = {source, 0, 0};
    auto document = read_document(source, library, errors);
    if (!document) return loaded;
    apply_overrides(*document, options.overrides, table, library, source, errors);
    loaded.values = Validator(loaded, library, errors)(table, *document);
    loaded.files = library.files();
    loaded.root = library.root().string();
    loaded.text = write_toml(loaded.values);
    loaded.sha256 = sha256(loaded.text);
    return loaded;
}

} // namespace

Position Loaded::where(const std::string& key) const
{
    for (std::string path = key;; path.resize(path.rfind('.'))) {
        if (const auto found = places.find(path); found != places.end()) return found->second;
        if (path.find('.') == std::string::npos) return whole;
    }
}

std::string Loaded::origin(const std::string& key) const
{
    const auto found = places.find(key);
    return found == places.end() ? std::string("default") : found->second.text();
}

std::string Loaded::annotated() const
{
    return write_toml(values, [this](const std::string& path) {
        return path.find("sources.") == std::string::npos ? origin(path) : std::string();
    });
}

Loaded load(const std::string& scenario, const LoadOptions& options, const KeyTable& table, Errors& errors)
{
    Library library(options.scheme, options.shipped, options.root);
    Loaded loaded = load_source(library.open(scenario, errors), options, library, table, errors);
    loaded.name = scenario;
    return loaded;
}

Loaded load_text(const std::string& name, std::string text, const std::filesystem::path& folder,
                 const LoadOptions& options, const KeyTable& table, Errors& errors)
{
    Library library(options.scheme, options.shipped, options.root);
    auto source = std::make_shared<Source>(Source{name, std::move(text)});
    library.adopt(source, folder);
    const bool is_clean = is_clean_text(*source, errors);
    Loaded loaded = load_source(is_clean ? source : nullptr, options, library, table, errors);
    loaded.name = name;
    return loaded;
}

} // namespace sim::scenario
