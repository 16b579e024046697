// Programmes as firms meet them: terms at reviews, claims and levies at month ends, awards.
#pragma once

#include "models/kinds.hpp"
#include "models/policy/instrument.hpp"
#include "models/policy/state.hpp"
#include "sim/base/random.hpp"

namespace fabrica {

/// Terms of the programmes in force for a firm.
[[nodiscard]] Terms terms_of(const Firm& firm, const World& world, sim::Window window);

/// The same, with announced programmes for a firm that anticipates them.
[[nodiscard]] Terms expected_terms_of(const Firm& firm, const World& world, sim::Window window);

/// At a month's end: what the firm is owed without limit is paid, what has a budget is asked for, levies are paid.
void settle_with_programmes(Desk& desk);

/// Draw of a firm's chance under a programme this month.
[[nodiscard]] sim::Draw policy_draw(const InForce& programme, const Desk& desk, Purpose purpose);

/// Recipient type of a firm.
[[nodiscard]] Recipient recipient_of(const Firm& firm);

} // namespace fabrica
