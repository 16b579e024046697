#pragma once

#include <span>
#include <string_view>

namespace sim::report {

/// The page without data, as vite built it from scripts/report, in pieces that a compiler takes; made from page.html by the build.
std::span<const std::string_view> page_parts();

} // namespace sim::report
