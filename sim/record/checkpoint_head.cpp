#include "sim/record/checkpoint_head.hpp"

#include "sim/record/digests.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sim::record {
namespace {

using Text = std::string CheckpointHead::*;

constexpr std::array<std::pair<const char*, Text>, 11> head_texts{{{"program", &CheckpointHead::program},
                                                                   {"model_version", &CheckpointHead::model_version},
                                                                   {"layout", &CheckpointHead::layout},
                                                                   {"state_hash", &CheckpointHead::state_hash},
                                                                   {"next_day", &CheckpointHead::next_day},
                                                                   {"open_from", &CheckpointHead::open_from},
                                                                   {"scenario_name", &CheckpointHead::scenario_name},
                                                                   {"scenario_toml", &CheckpointHead::scenario_text},
                                                                   {"scenario_root", &CheckpointHead::scenario_root},
                                                                   {"result", &CheckpointHead::result},
                                                                   {"panel", &CheckpointHead::panel}}};

constexpr auto files_name = "files_sha256", every_name = "checkpoint_every";
constexpr std::size_t digits = 64; // of a SHA-256

std::string lines_of(const std::vector<std::pair<std::string, std::string>>& files)
{
    std::string lines;
    for (const auto& [name, digest] : files) lines += digest + " " + name + "\n";
    return lines;
}

std::vector<std::pair<std::string, std::string>> files_of(std::string_view lines)
{
    std::vector<std::pair<std::string, std::string>> files;
    while (lines.size() > digits) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        if (end > digits) files.emplace_back(lines.substr(digits + 1, end - digits - 1), lines.substr(0, digits));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return files;
}

std::string text_in(const std::vector<Attribute>& attributes, std::string_view name)
{
    for (const Attribute& a : attributes)
        if (const auto* text = std::get_if<std::string>(&a.value); text != nullptr && a.name == name) return *text;
    return "";
}

bool ends(const std::string& text, std::string_view tail) { return text.size() > tail.size() && text.ends_with(tail); }

} // namespace

std::vector<Attribute> attributes_of(const CheckpointHead& head)
{
    std::vector<Attribute> all;
    for (const auto& [name, text] : head_texts) all.push_back({name, head.*text});
    all.push_back({files_name, lines_of(head.files)});
    all.push_back({every_name, std::to_string(head.every)});
    return all;
}

CheckpointHead head_of(const std::vector<Attribute>& attributes)
{
    CheckpointHead head;
    for (const auto& [name, text] : head_texts) head.*text = text_in(attributes, name);
    head.files = files_of(text_in(attributes, files_name));
    const std::string every = text_in(attributes, every_name);
    std::from_chars(every.data(), every.data() + every.size(), head.every);
    return head;
}

std::string content_digest(const CheckpointHead& head, const std::vector<std::string>& digests)
{
    std::vector<std::string> all = digests;
    for (const Attribute& a : attributes_of(head)) all.push_back(a.name), all.push_back(std::get<std::string>(a.value));
    return digest_of(all);
}

std::string checkpoint_path(const std::string& result)
{
    return (ends(result, ".h5") ? result.substr(0, result.size() - 3) : result) + ".ckpt.h5";
}

std::string previous_path(const std::string& checkpoint)
{
    return (ends(checkpoint, ".h5") ? checkpoint.substr(0, checkpoint.size() - 3) : checkpoint) + ".previous.h5";
}

std::string result_of_checkpoint(const std::string& checkpoint)
{
    for (const std::string_view tail : {".ckpt.h5", ".ckpt.previous.h5"})
        if (ends(checkpoint, tail)) return checkpoint.substr(0, checkpoint.size() - tail.size()) + ".h5";
    return "";
}

} // namespace sim::record
