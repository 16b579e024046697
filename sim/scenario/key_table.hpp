#pragma once

#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/node.hpp"

namespace sim::scenario {

/// The values a key may take. `Range{0, 1}` is [0, 1]; ends can be left out of it.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_included = true;
    bool high_included = true;

    static Range any() { return {}; }
    static Range at_least(double low) { return {low, std::numeric_limits<double>::infinity()}; }
    static Range above(double low, double high = std::numeric_limits<double>::infinity())
    {
        return {low, high, false, true};
    }
    static Range below(double low, double high) { return {low, high, true, false}; } ///< [low, high)
    static Range share() { return {0.0, 1.0}; }

    [[nodiscard]] bool contains(double value) const;
    [[nodiscard]] std::string text() const; ///< "[0, 1]", "(0, 1]", "at least 0", "" for any number
};

/// A number that changes over time: a list `[{from = 2017-01-01, rate = 0.1}, ...]` in a scenario, or one number for always.
class Dated {
public:
    struct Step {
        Date from;
        double value = 0.0;
    };

    Dated() = default;
    explicit Dated(double always) : before_(always) {}
    Dated(double before, std::vector<Step> steps) : before_(before), steps_(std::move(steps)) {}

    /// Value in force on a date: that of the last step not after it; the key's default before the first step.
    [[nodiscard]] double at(Date date) const;

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; } ///< strictly rising dates
    [[nodiscard]] double before() const { return before_; }

private:
    double before_ = 0.0;
    std::vector<Step> steps_;
};

class KeyTable;

/// Keys of the items of a list or of named tables; how to make, fill and keep an item.
struct Items {
    bool named = false;             ///< `[policy.NAME]` rather than `[[shock]]` with an id
    std::vector<std::string> kinds; ///< when not empty, an item's keys depend on its `kind`
    std::function<void()> clear;
    std::function<void(const std::string& id, const std::string& kind, const std::function<void(KeyTable&)>& fill)>
        append;
    std::function<void(const std::string& kind, const std::function<void(KeyTable&)>& see)> describe;
};

/// One key of a scenario: what it means, what it may be, and where its value goes.
struct Row {
    enum class Type { number, integer, flag, choice, text, date, file, folder, numbers, names, series, items };

    std::string key; ///< path such as "run.seed"
    Type type = Type::text;
    std::string unit;
    std::string help;
    std::string source; ///< of the default
    Range range;
    std::vector<std::string> allowed; ///< of a choice; of names when not empty
    std::string value_name;           ///< of a series: name of the value beside `from`
    Node preset;                      ///< the default; empty when there is none
    bool is_required = false;
    std::function<void(const Node&)> store; ///< takes a value that has been checked
    std::function<void()> clear;            ///< of an optional value: takes it away
    std::shared_ptr<Items> items;

    /// From when on the key counts in a run: tells how far two scenarios share their past (see past.hpp).
    enum class Effect {
        always, ///< from the first day, because its value has no date
        begins, ///< a date: the item that it belongs to does nothing before it
        ends,   ///< a date: another value changes nothing before the earlier of both
        never   ///< a label
    };
    Effect effect = Effect::always;
    Row& begins() { return effect = Effect::begins, *this; }
    Row& ends() { return effect = Effect::ends, *this; }
    Row& label() { return effect = Effect::never, *this; }

    /// The scenario must give this key; its default is not used.
    Row& required();

    [[nodiscard]] const char* type_name() const;
    [[nodiscard]] std::string preset_text() const; ///< default as TOML, "" when there is none
};

/// What a cross-check sees: the values are in their places; it reports with the place of the key it blames.
class Check {
public:
    Check(std::function<Position(const std::string&)> where, std::string prefix, Errors& errors)
        : where_(std::move(where)), prefix_(std::move(prefix)), errors_(errors)
    {
    }

    /// Full path of a key of this table, for messages: "policy.ev.until" for "until".
    [[nodiscard]] std::string path(const std::string& key) const { return prefix_.empty() ? key : prefix_ + "." + key; }

    template <class... Args>
    Finding& error(const std::string& key, fmt::format_string<Args...> format, Args&&... args)
    {
        return errors_.add(where_(path(key)), format, std::forward<Args>(args)...);
    }

private:
    std::function<Position(const std::string&)> where_;
    std::string prefix_;
    Errors& errors_;
};

/// The one table of keys. Each line binds a key to the variable that receives it, which gets its default at once, so that
/// one line is name, destination, default, range, unit, help and source. Validation, `explain`, the reference page and
/// the JSON Schema are generated from it. Variables must outlive the table.
///
///     table.number(config.rate, "credit.rate", 0.05, Range::share(), "1/year", "Interest on loans.", "central bank, 2015");
///     table.named<Policy>(config.policies, "policy", "A policy.", bind_policy, {"grant", "tax"});
class KeyTable {
public:
    using Names = std::vector<std::string>;

    KeyTable() = default;
    KeyTable(KeyTable&&) = default;
    KeyTable& operator=(KeyTable&&) = default;
    KeyTable(const KeyTable&) = delete;
    KeyTable& operator=(const KeyTable&) = delete;
    ~KeyTable() = default;

    Row& number(double& where, std::string key, double preset, Range range, std::string unit, std::string help,
                std::string source = "");
    Row& number(std::optional<double>& where, std::string key, Range range, std::string unit, std::string help);
    Row& integer(std::int64_t& where, std::string key, std::int64_t preset, Range range, std::string unit,
                 std::string help, std::string source = "");
    Row& integer(std::optional<std::int64_t>& where, std::string key, Range range, std::string unit, std::string help);
    Row& flag(bool& where, std::string key, bool preset, std::string help, std::string source = "");
    Row& choice(std::string& where, std::string key, std::string preset, Names allowed, std::string help,
                std::string source = "");
    Row& text(std::string& where, std::string key, std::string preset, std::string help, std::string source = "");
    Row& date(Date& where, std::string key, Date preset, std::string help, std::string source = "");
    Row& date(std::optional<Date>& where, std::string key, std::string help);

    /// A file (or folder) below the scenario root that must exist; written relative to the file that names it. The
    /// variable receives a path that can be opened; an empty preset means none. A preset counts from the scenario root.
    Row& file(std::string& where, std::string key, std::string preset, std::string help);
    Row& folder(std::string& where, std::string key, std::string preset, std::string help);

    Row& numbers(std::vector<double>& where, std::string key, const std::vector<double>& preset, Range range,
                 std::string unit, std::string help, std::string source = "");
    /// A list of texts; each must be one of `allowed` when that is not empty.
    Row& names(Names& where, std::string key, const Names& preset, std::string help, Names allowed = {});
    Row& series(Dated& where, std::string key, std::string value_name, double preset, Range range, std::string unit,
                std::string help, std::string source = "");

    /// `[[key]]` arrays of tables, merged by `id`. `bind(table, item)` binds the keys of one item; `item.id` and `item.kind`
    /// are set before where T has them. With `kinds`, the key `kind` is required and bind may depend on it.
    template <class T>
    Row& list(std::vector<T>& where, std::string key, std::string help, std::function<void(KeyTable&, T&)> bind,
              Names kinds = {})
    {
        return add_items(where, std::move(key), std::move(help), std::move(bind), std::move(kinds), false);
    }

    /// `[key.NAME]` tables, one per item; NAME becomes `item.id`. Items come in the order of their names.
    template <class T>
    Row& named(std::vector<T>& where, std::string key, std::string help, std::function<void(KeyTable&, T&)> bind,
               Names kinds = {})
    {
        return add_items(where, std::move(key), std::move(help), std::move(bind), std::move(kinds), true);
    }

    /// Describes a group of keys ("run") for the reference page.
    void section(const std::string& group, std::string help) { sections_[group] = std::move(help); }

    /// A condition over several keys, run when each key of this table is well-formed.
    void check(std::function<void(Check&)> condition) { checks_.push_back(std::move(condition)); }

    [[nodiscard]] const std::deque<Row>& rows() const { return rows_; }
    [[nodiscard]] const Row* find(std::string_view key) const;
    [[nodiscard]] bool is_group(std::string_view path) const;  ///< some key lies below `path`
    [[nodiscard]] Names members(std::string_view group) const; ///< next parts of the keys below a group, sorted
    [[nodiscard]] Names keys() const;
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& sections() const { return sections_; }
    [[nodiscard]] const std::vector<std::function<void(Check&)>>& checks() const { return checks_; }

private:
    Row& add(Row row);
    Row& add_items_row(std::string key, std::string help, Items items);

    template <class T>
    static void visit_item(const std::string& id, const std::string& kind,
                           const std::function<void(KeyTable&, T&)>& bind, const Items& items, T& item,
                           const std::function<void(KeyTable&)>& use)
    {
        if constexpr (requires { item.id = id; }) item.id = id;
        if constexpr (requires { item.kind = kind; }) item.kind = kind;
        std::string own_id;
        std::string own_kind;
        KeyTable table;
        if (!items.named)
            table.text(own_id, "id", "", "Name of the item; an item of the same id in a base is changed.").required();
        if (!items.kinds.empty())
            table
                .choice(own_kind, "kind", items.kinds.front(), items.kinds,
                        "What it is; the other keys follow from it.")
                .required();
        bind(table, item);
        use(table);
    }

    template <class T>
    Row& add_items(std::vector<T>& where, std::string key, std::string help, std::function<void(KeyTable&, T&)> bind,
                   Names kinds, bool named)
    {
        Items items{named, std::move(kinds), [&where] { where.clear(); }, {}, {}};
        const Items shape = items;
        items.append = [&where, bind, shape](const std::string& id, const std::string& kind, const auto& fill) {
            T item{};
            visit_item<T>(id, kind, bind, shape, item, fill);
            where.push_back(std::move(item));
        };
        items.describe = [bind, shape](const std::string& kind, const auto& see) {
            T item{};
            visit_item<T>("", kind, bind, shape, item, see);
        };
        where.clear();
        return add_items_row(std::move(key), std::move(help), std::move(items));
    }

    std::deque<Row> rows_; // a deque: `add` hands out references
    std::map<std::string, Row*, std::less<>> index_;
    std::map<std::string, std::string, std::less<>> sections_;
    std::vector<std::function<void(Check&)>> checks_;
};

} // namespace sim::scenario
