#include "sim/cli/verify/suite_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using record::Movement;
using scenario::make_node;
using scenario::Node;

const char* word_of(Verdict::Kind kind)
{
    static constexpr const char* words[] = {"same", "moved", "new", "gone", "failed"};
    return words[static_cast<std::size_t>(kind)];
}

const char* word_of(Movement::What what)
{
    static constexpr const char* words[] = {"moved", "new", "gone", "reshaped"};
    return words[static_cast<std::size_t>(what)];
}

std::string name_of(const Verdict& verdict)
{
    return verdict.threads == 1 ? verdict.name : fmt::format("{}, {} threads", verdict.name, verdict.threads);
}

/// How many series of each module moved, those that moved first before the others.
std::string modules_of(const Verdict& verdict)
{
    std::vector<std::string> order;
    std::map<std::string, std::pair<int, std::string>> modules; // number, first day
    for (const Movement& m : verdict.movements) {
        const auto [at, is_new] = modules.try_emplace(m.module, 0, verdict.first_day(m));
        if (is_new) order.push_back(m.module);
        ++at->second.first;
    }
    std::string text;
    for (const std::string& module : order) {
        const auto& [count, day] = modules[module];
        text += fmt::format("{}{} ({} series, from {})", text.empty() ? "" : ", ",
                            module.empty() ? "of no module" : module, count, day);
    }
    return text;
}

std::string change_text(double change)
{
    if (std::isnan(change)) return "-";
    return std::abs(change) < 1e-4 && change != 0 ? fmt::format("{:+.1e}", change)
                                                  : fmt::format("{:+.3f} %", 100 * change);
}

std::string number_text(double number) { return std::isnan(number) ? "-" : fmt::format("{:.8g}", number); }

std::string row_of(const Verdict& verdict, const Movement& m)
{
    const bool both = m.what == Movement::What::moved;
    return fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} |\n", m.name, m.module.empty() ? "-" : m.module,
                       word_of(m.what), both ? verdict.first_day(m) : "-",
                       m.what == Movement::What::added ? "-" : number_text(m.before.sum),
                       m.what == Movement::What::gone ? "-" : number_text(m.after.sum),
                       both ? change_text(m.change_of_sum()) : "-", both ? change_text(m.change_of_last()) : "-");
}

std::string what_to_do(const Verdict& verdict)
{
    switch (verdict.kind) {
    case Verdict::Kind::added: return "There is no reference of this name.\n";
    case Verdict::Kind::gone: return "There is a reference, and no scenario of this name.\n";
    case Verdict::Kind::failed: return "The run failed: " + verdict.reason + "\n";
    default: return "";
    }
}

std::string section_of(const Verdict& verdict, std::size_t most_rows)
{
    std::string text = "\n## " + name_of(verdict) + "\n\n" + what_to_do(verdict);
    if (verdict.kind != Verdict::Kind::moved) return text;
    if (verdict.has_other_inputs())
        text += "The scenario or its data are not what they were when the reference was made.\n";
    if (verdict.before.periods != verdict.after.periods || verdict.before.first != verdict.after.first)
        text += fmt::format("The run has {} periods from {}; the reference has {} from {}.\n", verdict.after.periods,
                            verdict.after.first, verdict.before.periods, verdict.before.first);
    if (verdict.has_other_state())
        text +=
            fmt::format("State hash at the end: {}; it was {}.\n", verdict.after.state_hash, verdict.before.state_hash);
    if (verdict.movements.empty()) return text + "No recorded series moved, only the state.\n";
    const Movement& first = verdict.movements.front();
    text +=
        fmt::format("{} of {} series moved, the first `{}` in the period to {}.\nModules in the order in which they "
                    "moved: {}.\n\n",
                    verdict.movements.size(), verdict.after.series.size(), first.name, verdict.first_day(first),
                    modules_of(verdict));
    text += "| series | module | what | first in the period to | sum, reference | sum, now | change of sum | change in "
            "the last period |\n|---|---|---|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < std::min(most_rows, verdict.movements.size()); ++i)
        text += row_of(verdict, verdict.movements[i]);
    if (verdict.movements.size() > most_rows)
        text +=
            fmt::format("\nand {} more series; `--report FILE.md` lists all\n", verdict.movements.size() - most_rows);
    return text;
}

std::string headline(const SuiteReport& report)
{
    const std::size_t runs = report.verdicts.size();
    if (report.is_same())
        return fmt::format("# All {} runs of {} agree with their references\n", runs, report.request.scenarios);
    std::string text;
    for (const auto kind : {Verdict::Kind::moved, Verdict::Kind::added, Verdict::Kind::gone, Verdict::Kind::failed})
        if (const std::size_t n = report.count(kind); n > 0)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, word_of(kind));
    return fmt::format("# Of {} runs of {}: {}\n", runs, report.request.scenarios, text);
}

std::string summary_row(const Verdict& verdict)
{
    const bool has_first = !verdict.movements.empty();
    const Movement* first = has_first ? &verdict.movements.front() : nullptr;
    return fmt::format("| {} | {} | {} | {} | {} | {:.2f} |\n", name_of(verdict), word_of(verdict.kind),
                       verdict.movements.size(), has_first ? "`" + first->name + "`" : "-",
                       has_first ? verdict.first_day(*first) : "-", verdict.seconds);
}

Node node_of(const Verdict& verdict, const Movement& m)
{
    Node::Table table{{"name", make_node(m.name)},
                      {"module", make_node(m.module)},
                      {"what", make_node(std::string(word_of(m.what)))},
                      {"first", make_node(verdict.first_day(m))}};
    if (m.what != Movement::What::added) table["sum_reference"] = make_node(m.before.sum);
    if (m.what != Movement::What::gone) table["sum"] = make_node(m.after.sum);
    if (m.what == Movement::What::moved)
        table["change_of_sum"] = make_node(m.change_of_sum()), table["change_of_last"] = make_node(m.change_of_last());
    return make_node(std::move(table));
}

} // namespace

std::string to_markdown(const SuiteReport& report, std::size_t most_rows)
{
    std::string text = headline(report) + "\n";
    if (!report.overrides.empty()) text += "Run with " + report.overrides + ".\n\n";
    text += "| scenario | verdict | series moved | first | in the period to | seconds |\n|---|---|---|---|---|---|\n";
    for (const Verdict& verdict : report.verdicts) text += summary_row(verdict);
    for (const Verdict& verdict : report.verdicts)
        if (verdict.kind != Verdict::Kind::same) text += section_of(verdict, most_rows);
    return text;
}

std::string to_json(const SuiteReport& report)
{
    Node::Array verdicts;
    for (const Verdict& verdict : report.verdicts) {
        Node::Array series;
        for (const Movement& m : verdict.movements) series.push_back(node_of(verdict, m));
        Node::Table table{{"scenario", make_node(verdict.name)},
                          {"verdict", make_node(std::string(word_of(verdict.kind)))},
                          {"threads", make_node(std::int64_t{verdict.threads})},
                          {"seconds", make_node(verdict.seconds)},
                          {"state_hash", make_node(verdict.after.state_hash)},
                          {"state_hash_reference", make_node(verdict.before.state_hash)},
                          {"inputs_changed", make_node(verdict.has_other_inputs())},
                          {"series", make_node(std::move(series))}};
        if (!verdict.reason.empty()) table["reason"] = make_node(verdict.reason);
        verdicts.push_back(make_node(std::move(table)));
    }
    return scenario::write_json(make_node(Node::Table{{"same", make_node(report.is_same())},
                                                      {"scenarios", make_node(report.request.scenarios)},
                                                      {"references", make_node(report.request.references)},
                                                      {"overrides", make_node(report.overrides)},
                                                      {"runs", make_node(std::move(verdicts))}})) +
           "\n";
}

} // namespace sim::cli
