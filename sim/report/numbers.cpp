#include "sim/report/numbers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace sim::report {

using scenario::make_node;
using scenario::Node;

std::string to_text(std::span<const Exact> numbers, bool is_whole)
{
    std::string text;
    for (const Exact x : numbers) {
        if (!text.empty()) text += ' ';
        if (std::isnan(x))
            text += '-';
        else
            text +=
                is_whole ? fmt::format("{}", static_cast<std::int64_t>(x)) : fmt::format("{}", static_cast<double>(x));
    }
    return text;
}

double quantile(std::vector<double> numbers, double share)
{
    std::erase_if(numbers, [](double x) { return std::isnan(x); });
    if (numbers.empty()) return std::nan("");
    std::sort(numbers.begin(), numbers.end());
    const double place = share * static_cast<double>(numbers.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, numbers.size() - 1);
    return numbers[below] + (place - static_cast<double>(below)) * (numbers[above] - numbers[below]);
}

Node spread(const std::vector<Columns>& runs, bool is_whole, Centre centre)
{
    if (runs.size() == 1) return make_node(Node::Table{{"mid", make_node(to_text(runs[0].values, is_whole))}});
    std::vector<Exact> low, mid, high;
    for (std::size_t i = 0; i < runs[0].values.size(); ++i) {
        std::vector<double> across;
        double sum = 0;
        for (const Columns& run : runs) across.push_back(static_cast<double>(run.values[i])), sum += across.back();
        mid.push_back(centre == Centre::mean ? sum / static_cast<double>(runs.size()) : quantile(across, 0.5));
        low.push_back(quantile(across, 0.1)), high.push_back(quantile(across, 0.9));
    }
    Node::Table table{{"mid", make_node(to_text(mid, false))}};
    if (centre == Centre::median)
        table.emplace("low", make_node(to_text(low, false))), table.emplace("high", make_node(to_text(high, false)));
    return make_node(std::move(table));
}

} // namespace sim::report
