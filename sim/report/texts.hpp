#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/node.hpp"

namespace sim::report {

/// Texts as a list of JSON.
inline scenario::Node texts(const std::vector<std::string>& all)
{
    scenario::Node::Array items;
    for (const std::string& text : all) items.push_back(scenario::make_node(text));
    return scenario::make_node(std::move(items));
}

} // namespace sim::report
