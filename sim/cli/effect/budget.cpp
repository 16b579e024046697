#include "sim/cli/effect/budget.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/toml.hpp"

namespace sim::cli {
namespace {

using scenario::Node;

std::vector<std::string> parts_of(const std::string& key)
{
    std::vector<std::string> parts;
    std::istringstream in(key);
    for (std::string part; std::getline(in, part, '.');) parts.push_back(part);
    return parts;
}

const Node* item_of(const Node::Array& items, const std::string& id)
{
    const auto at =
        std::find_if(items.begin(), items.end(), [&](const Node& item) { return item.text_at("id") == id; });
    return at == items.end() ? nullptr : &*at;
}

const Node* find(const Node& values, const std::string& key)
{
    const Node* at = &values;
    for (const std::string& part : parts_of(key)) {
        const auto* items = at->as<Node::Array>();
        at = items != nullptr ? item_of(*items, part) : at->find(part);
        if (at == nullptr) return nullptr;
    }
    return at;
}

/// Multiplies every number; says how many there were.
int scale(Node& node, double factor)
{
    if (auto* number = node.as<double>()) return *number *= factor, 1;
    int count = 0;
    if (auto* array = node.as<Node::Array>())
        for (Node& element : *array) count += scale(element, factor);
    if (auto* table = node.as<Node::Table>())
        for (auto& [key, member] : *table) count += scale(member, factor);
    return count;
}

/// Largest size of a number in a value.
double largest_number(const Node& node)
{
    if (const auto* number = node.as<double>()) return *number;
    double largest = 0;
    if (const auto* array = node.as<Node::Array>())
        for (const Node& element : *array) largest = std::max(largest, largest_number(element));
    if (const auto* table = node.as<Node::Table>())
        for (const auto& [key, member] : *table) largest = std::max(largest, largest_number(member));
    return largest;
}

/// Whether a described key such as "shock.ID.size" is the path of a key such as "shock.oil.size".
bool is_path_of(const std::string& described, const std::string& key)
{
    const auto a = parts_of(described), b = parts_of(key);
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x == y || x == "ID" || x == "NAME"; });
}

/// Sets the dial of one policy.
class BudgetMatch {
public:
    BudgetMatch(const Session& session, const EffectPlan& plan, const Lanes& lanes, std::int64_t first_seed)
        : session_(session), plan_(plan), lanes_(lanes), first_seed_(first_seed)
    {
    }

    /// Money of a policy with its dial at so many times its value.
    double money(const Arm& policy, const std::string& key, double factor) const
    {
        EffectPlan pilot = plan_;
        pilot.arms = {plan_.arms[0], with_dial(policy, key, factor)};
        pilot.series.clear();
        Errors errors;
        const std::string reason = relate(pilot, first_seed_, errors);
        if (!errors.empty()) throw InvalidInput(errors);
        if (!reason.empty()) throw std::runtime_error(reason);
        double sum = 0;
        for (const SeedOutcome& seed : run_seeds(session_, pilot, lanes_, first_seed_, pilot_seeds, false)) {
            for (const ArmOutcome& arm : seed.arms)
                if (!arm.failure.empty())
                    throw std::runtime_error(fmt::format("the pilot run of {} with seed {} failed: {}", policy.label,
                                                         seed.seed, arm.failure));
            sum += seed.arms[1].money - seed.arms[0].money;
        }
        return sum / pilot_seeds;
    }

    [[nodiscard]] Arm with_dial(Arm policy, const std::string& key, double factor) const
    {
        if (factor != 1) policy.overrides.push_back(key + "=" + value(policy, key, factor));
        return policy;
    }

    [[nodiscard]] std::string value(const Arm& policy, const std::string& key, double factor) const
    {
        return scaled_value(prepared(policy).loaded.values, key, factor);
    }

    [[nodiscard]] Prepared prepared(const Arm& policy) const
    {
        Errors errors;
        Prepared run = prepare(plan_, policy, first_seed_, errors);
        if (!errors.empty()) throw InvalidInput(errors);
        return run;
    }

    DialSetting reference(const Arm& policy, const std::string& key) const
    {
        DialSetting setting{key, value(policy, key, 1), money(policy, key, 1), {1, 1, 1, true}};
        if (setting.money == 0 || !std::isfinite(setting.money))
            throw std::runtime_error(
                fmt::format("{} moves no {}: there is no budget to equal", policy.label, plan_.money->text));
        return setting;
    }

    DialSetting match_to(double target, const Arm& policy, const std::string& key) const
    {
        DialSetting setting{key, "", 0, {}};
        const auto ratio = [&](double factor) {
            setting.money = money(policy, key, factor);
            session_.say(fmt::format("budget of {}: {} at {:.6g} times its value moves {:.6g} of {:.6g}", policy.label,
                                     key, factor, setting.money, target));
            return setting.money / target;
        };
        setting.match = experiment::match(ratio, budget_tolerance, largest_factor(prepared(policy), key));
        setting.value = value(policy, key, setting.match.factor);
        if (!setting.match.is_found)
            throw std::runtime_error(fmt::format("{} cannot cost what {} costs: with {} = {} it moves {:.6g} of {:.6g}",
                                                 policy.label, plan_.arms[1].label, key, setting.value, setting.money,
                                                 target));
        return setting;
    }

private:
    const Session& session_;
    const EffectPlan& plan_;
    const Lanes& lanes_;
    std::int64_t first_seed_;
};

} // namespace

std::string scaled_value(const Node& values, const std::string& key, double factor)
{
    const Node* found = find(values, key);
    if (found == nullptr) return "";
    Node scaled = *found;
    return scale(scaled, factor) > 0 ? scenario::write_value(scaled) : "";
}

double largest_factor(const Prepared& run, const std::string& key)
{
    const Node* value = find(run.loaded.values, key);
    const double number = value == nullptr ? 0 : largest_number(*value);
    double most = std::numeric_limits<double>::infinity();
    if (number <= 0) return 1e6; // a negative number has no limit that a larger factor would meet
    for (const scenario::Description& d : scenario::describe(run.table))
        if (is_path_of(d.path, key)) most = std::min(most, d.row.range.high / number);
    return std::clamp(most, 1.0, 1e6);
}

std::vector<DialSetting> equalise_budgets(const Session& session, EffectPlan& plan,
                                          const std::vector<std::string>& dials, const Lanes& lanes,
                                          std::int64_t first_seed)
{
    const auto dial_of = [&](std::size_t policy) { return dials[dials.size() == 1 ? 0 : policy - 1]; };
    const EffectPlan original = plan;
    const BudgetMatch budget(session, original, lanes, first_seed);
    std::vector<DialSetting> settings{budget.reference(plan.arms[1], dial_of(1))};
    for (std::size_t i = 2; i < plan.arms.size(); ++i) {
        settings.push_back(budget.match_to(settings[0].money, plan.arms[i], dial_of(i)));
        plan.arms[i] = budget.with_dial(plan.arms[i], dial_of(i), settings.back().match.factor);
    }
    Errors errors;
    relate(plan, first_seed, errors); // a turned dial may differ from another day on
    return settings;
}

} // namespace sim::cli
