#include "sim/scenario/library.hpp"

#include <algorithm>
#include <fstream>

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/scenario/read_once.hpp"

namespace sim::scenario {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_scenario = std::size_t{64} << 20;
constexpr std::size_t largest_data_file = std::size_t{1} << 30;

bool is_inside(const fs::path& path, const fs::path& root)
{
    const auto [end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    static_cast<void>(rest);
    return end == root.end() || (std::next(end) == root.end() && end->empty());
}

fs::path real_path(const fs::path& path)
{
    std::error_code failed;
    fs::path result = fs::weakly_canonical(fs::absolute(path), failed);
    return failed ? path : result;
}

fs::path root_for(const fs::path& folder)
{
    for (fs::path at = folder;; at = at.parent_path()) {
        if (fs::is_directory(at / "data")) return at;
        if (at == at.parent_path()) return folder;
    }
}

std::vector<std::string> names_in(const fs::path& folder, const std::string& extension)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
        if (extension.empty() || it->path().extension() == extension) names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

std::string read_bytes(const fs::path& path, std::size_t limit)
{
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (!fs::exists(status)) throw IoError("there is no such file");
    if (fs::is_directory(status)) throw IoError("it is a folder");
    if (!fs::is_regular_file(status)) throw IoError("it is no regular file");
    if (fs::file_size(path, failed) > limit) throw IoError(fmt::format("it is larger than {} MB", limit >> 20));
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.good() && !file.eof()) throw IoError("it cannot be read");
    if (!file.is_open()) throw IoError("it cannot be opened (no permission?)");
    return bytes;
}

bool is_clean_text(Source& source, Errors& errors)
{
    const auto position = [&](std::size_t byte) {
        const std::string_view before = std::string_view(source.text).substr(0, byte);
        const auto line = std::count(before.begin(), before.end(), '\n');
        const std::size_t begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        return Position{std::make_shared<Source>(source), static_cast<int>(line) + 1,
                        static_cast<int>(byte - begin) + 1};
    };
    if (source.text.starts_with("\xff\xfe") || source.text.starts_with("\xfe\xff")) {
        errors.add({std::make_shared<Source>(source), 1, 1}, "the file is UTF-16, and must be UTF-8")
            .help("save it as UTF-8 in your editor");
        return false;
    }
    if (source.text.starts_with("\xef\xbb\xbf")) source.text.erase(0, 3);
    if (const std::size_t nul = source.text.find('\0'); nul != std::string::npos) {
        errors.add(position(nul), "the file holds a NUL byte (it is no text file, or is damaged)");
        return false;
    }
    return true;
}

Library::Library(std::string scheme, const fs::path& shipped, const fs::path& root)
    : scheme_(std::move(scheme)), shipped_(shipped.empty() ? shipped : real_path(shipped)),
      root_(root.empty() ? root : real_path(root))
{
}

std::shared_ptr<const Source> Library::open(const std::string& name, Errors& errors)
{
    const Position asked{std::make_shared<Source>(Source{name, ""}), 0, 0};
    std::optional<Target> target;
    if (name.starts_with(scheme_ + ":")) {
        target = resolve(name, {fs::path("."), {}}, asked, errors);
        if (!target) return nullptr;
    } else {
        const fs::path real = real_path(name);
        target = Target{fs::path(name).lexically_normal(), real, root_.empty() ? root_for(real.parent_path()) : root_};
    }
    main_ = {target->shown.parent_path(), target->root};
    std::error_code failed;
    if (!fs::exists(target->real, failed)) {
        errors.add(asked, "there is no such file").help(near_name(name, *target));
        return nullptr;
    }
    if (!is_inside(target->real, target->root)) {
        errors.add(asked, "the scenario lies outside the scenario root {}", target->root.string());
        return nullptr;
    }
    return read(*target, asked, errors);
}

// Which scenario may have been meant: one beside the missing file, or a shipped one.
std::string Library::near_name(const std::string& name, const Target& target) const
{
    const std::string wanted = fs::path(name).filename().string();
    const std::string beside = closest(wanted, names_in(target.real.parent_path(), ".toml"));
    if (!beside.empty()) return fmt::format("did you mean '{}'?", (fs::path(name).parent_path() / beside).string());
    const std::string shipped = shipped_.empty()
                                    ? std::string()
                                    : closest(fs::path(wanted).stem().string() + ".toml", names_in(shipped_, ".toml"));
    return shipped.empty() ? std::string()
                           : fmt::format("did you mean '{}:{}'?", scheme_, fs::path(shipped).stem().string());
}

std::shared_ptr<const Source> Library::open_base(const std::string& name, const Position& from, Errors& errors)
{
    auto target = resolve(name, place_of(from), from, errors);
    if (!target) return nullptr;
    return read(*target, from, errors);
}

void Library::adopt(const std::shared_ptr<const Source>& source, const std::shared_ptr<const Source>& beside)
{
    const auto found = places_.find(beside.get());
    places_[source.get()] = found == places_.end() ? main_ : found->second;
}

void Library::adopt(const std::shared_ptr<const Source>& source, const fs::path& folder)
{
    main_ = {folder, root_.empty() ? root_for(real_path(folder)) : root_};
    main_.folder = main_.root; // a resolved text names its files from the root
    places_[source.get()] = main_;
}

std::optional<Library::Target> Library::resolve(const std::string& name, const Place& from, const Position& where,
                                                Errors& errors) const
{
    Target target;
    std::string rest = name;
    target.root = from.root;
    fs::path folder = from.folder;
    if (name.starts_with(scheme_ + ":")) {
        rest = name.substr(scheme_.size() + 1);
        if (shipped_.empty()) {
            errors.add(where, "'{}' cannot be found: this installation ships no scenarios", name);
            return std::nullopt;
        }
        folder = target.root = shipped_;
        std::error_code failed;
        if (!fs::path(rest).has_extension() && !fs::exists(folder / rest, failed)) rest += ".toml";
    }
    if (rest.find('\0') != std::string::npos || rest.empty()) {
        errors.add(where, "'{}' is no file name", name);
        return std::nullopt;
    }
    if (fs::path(rest).is_absolute()) {
        errors.add(where, "'{}' is an absolute path, which would work on one machine only", name)
            .help("write it relative to the file that names it");
        return std::nullopt;
    }
    target.shown = (folder / rest).lexically_normal();
    target.real = real_path(target.shown);
    if (!is_inside(target.real, target.root)) {
        errors
            .add(where, "'{}' leads out of the scenario root {} (files outside it are never read)", name,
                 target.root.string())
            .help("copy the file below the root, or choose another root with --root");
        return std::nullopt;
    }
    std::error_code failed;
    if (!fs::exists(target.real, failed)) {
        errors.add(where, "'{}' does not exist ({})", name, target.shown.string())
            .help(suggestion(target.shown.filename().string(),
                             names_in(target.real.parent_path(), target.shown.extension().string()),
                             "That folder holds"));
        return std::nullopt;
    }
    return target;
}

std::shared_ptr<const Source> Library::read(const Target& target, const Position& where, Errors& errors)
{
    if (const auto known = opened_.find(target.real); known != opened_.end()) return known->second;
    try {
        const auto source =
            std::make_shared<Source>(Source{target.shown.string(), read_bytes(target.real, largest_scenario)});
        note(target, sha256(source->text));
        if (!is_clean_text(*source, errors)) return nullptr;
        places_[source.get()] = {target.shown.parent_path(), target.root};
        opened_[target.real] = source;
        return source;
    } catch (const IoError& failure) {
        errors.add(where, "'{}' cannot be read: {}", target.shown.string(), failure.what());
        return nullptr;
    }
}

std::optional<Library::Found> Library::find(const std::string& name, const Position& from, Wanted wanted,
                                            Errors& errors, bool from_root)
{
    Place place = place_of(from);
    if (from_root) place.folder = place.root;
    const auto target = resolve(name, place, from, errors);
    if (!target) return std::nullopt;
    try {
        if (wanted == Wanted::file) {
            note(*target, ReadOnce::digest(target->real, largest_data_file));
        } else {
            if (!fs::is_directory(target->real)) throw IoError("it is no folder");
            for (const std::string& member : names_in(target->real, "")) {
                const Target inner{target->shown / member, real_path(target->real / member), target->root};
                if (!is_inside(inner.real, inner.root)) throw IoError(member + " in it leads out of the scenario root");
                if (fs::is_regular_file(inner.real)) note(inner, ReadOnce::digest(inner.real, largest_data_file));
            }
        }
    } catch (const std::runtime_error& failure) {
        errors.add(from, "'{}' cannot be read: {}", name, failure.what());
        return std::nullopt;
    }
    return Found{target->shown.string(), portable(*target)};
}

std::string Library::portable(const Target& target) const
{
    if (!shipped_.empty() && is_inside(target.real, shipped_))
        return scheme_ + ":" + target.real.lexically_relative(shipped_).generic_string();
    return target.real.lexically_relative(target.root).generic_string();
}

const Library::Place& Library::place_of(const Position& where) const
{
    const auto found = places_.find(where.source.get());
    return found == places_.end() ? main_ : found->second;
}

void Library::note(const Target& target, const std::string& digest)
{
    const std::string name = portable(target);
    const bool known =
        std::any_of(files_.begin(), files_.end(), [&](const FileRead& file) { return file.name == name; });
    if (!known) files_.push_back({name, target.shown.string(), digest});
}

} // namespace sim::scenario
