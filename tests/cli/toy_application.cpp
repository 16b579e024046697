// A tiny model behind the real command line: it counts days. Tests run it as a process, without any economic model.
#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <numbers>
#include <thread>

#include "sim/cli/application.hpp"
#include "sim/scenario/csv_table.hpp"
#include "toy_result.hpp"
#include "toy_sum.hpp"

namespace {

using namespace sim;
using namespace sim::scenario;

using toy::colours;

struct Shock {
    std::string id;
    Date on;
    std::optional<Date> until;
    double size = 0.0;
    std::string colour;
};

struct Rule {
    std::string id;
    std::string kind;
    double amount_cny = 0.0;
    double rate_share = 0.0;
    Dated budget;
};

void bind_shock(KeyTable& table, Shock& shock)
{
    table.date(shock.on, "on", {2015, 1, 1}, "First day.").begins();
    table.date(shock.until, "until", "The day after the last.").ends();
    table.number(shock.size, "size", 1.0, Range{-10.0, 10.0}, "1", "Size.");
    table.text(shock.colour, "colour", "red", "Colour of what it hits.");
    table.check([&shock](Check& check) {
        if (shock.until && *shock.until <= shock.on)
            check.error("until", "{} = {} is not after {} = {}", check.path("until"), to_string(*shock.until),
                        check.path("on"), to_string(shock.on));
    });
}

void bind_rule(KeyTable& table, Rule& rule)
{
    table.series(rule.budget, "budget", "amount_cny", 1000.0, Range::at_least(0.0), "CNY/year",
                 "Most that is paid in a year.");
    if (rule.kind != "tax")
        table.number(rule.amount_cny, "amount_cny", 10.0, Range{0.0, 1e6}, "CNY", "Sum paid to each.");
    if (rule.kind == "tax")
        table.number(rule.rate_share, "rate_share", 0.1, Range::share(), "1", "Share that is taken.", "a guess");
}

class Toy final : public cli::Case {
public:
    void bind(KeyTable& table) override
    {
        bind_run_settings(table, run_);
        table.section("paint", "What is painted, and how.");
        table.number(speed_, "paint.speed", 1.5, Range::above(0.0), "m2/day", "Area painted in a day.",
                     "measured once");
        table.number(waste_, "paint.waste_share", 0.05, Range::share(), "1", "Share of the paint that is lost.");
        table.number(drift_, "paint.drift", 0.0, Range::any(), "1", "Any number at all.");
        table.integer(painters_, "paint.painters", 3, Range{0, 1e9}, "1", "Number of painters.");
        table.integer(ladder_, "paint.ladders", Range{1, 99}, "1", "Number of ladders, when it matters.");
        table.flag(by_night_, "paint.by_night", false, "Paint by night too.");
        table.choice(tool_, "paint.tool", "brush", {"brush", "roller", "spray_gun"}, "Tool used.");
        table.names(chosen_, "paint.colours", {"red"}, "Colours used.", colours);
        table.numbers(weights_, "paint.weights", {0.5, 0.5}, Range::share(), "1", "Weights; they sum to 1.");
        table.series(price_, "paint.price", "price_cny", 20.0, Range::above(0.0), "CNY/kg", "Price of paint.");
        table.file(walls_file_, "data.walls", "", "Table of walls (columns wall, colour, area_m2).");
        table.folder(folder_, "data.folder", "", "Folder of further tables.");
        table.flag(fails_, "toy.fail", false, "Throw while running.");
        table.integer(fails_with_, "toy.fail_seed", Range{0, 1e9}, "1", "Seed whose run throws.");
        table.flag(stops_, "toy.stop", false, "Stop by a guard.");
        table.flag(crashes_, "toy.crash", false, "Write where nothing may be written.");
        table.integer(sleep_, "toy.sleep_ms", 0, Range{0, 1000}, "ms", "Pause after each day.");
        const Range angle{-std::numbers::pi, std::numbers::pi};
        for (std::size_t i = 0; i < 3; ++i)
            table.number(ishigami_[i], "ishigami.x" + std::to_string(i + 1), angle, "rad",
                         "Argument of the Ishigami function, which is recorded when all three are given.");
        table.list<Shock>(shocks_, "shock", "Something that happens.", bind_shock);
        table.named<Rule>(rules_, "rule", "A rule of the game.", bind_rule, {"grant", "tax", "loan"});
        table.check([this](Check& check) {
            double sum = 0.0;
            for (const double w : weights_) sum += w;
            if (sum < 0.999999 || sum > 1.000001)
                check.error("paint.weights", "paint.weights sum to {} instead of 1", sum);
        });
    }

    const RunSettings& settings() const override { return run_; }

    void check(const Loaded& loaded, Errors& errors, std::vector<std::string>& notes) override
    {
        for (const Shock& shock : shocks_) {
            const std::string key = "shock." + shock.id + ".colour";
            if (closest(shock.colour, colours) != shock.colour)
                errors.add(loaded.where(key), "{} = '{}' is not a known colour", key, shock.colour)
                    .help(suggestion(shock.colour, colours));
            if (shock.on >= run_.end) notes.push_back("shock." + shock.id + " lies outside the run, and is inactive");
        }
        if (!walls_file_.empty()) read_walls(errors);
    }

    cli::Estimate estimate(const cli::RunRequest&) const override
    {
        const double agents = static_cast<double>(painters_);
        return {1e6 + 1000.0 * agents, 1e4, 0.0, {{"painters", painters_}}};
    }

    std::vector<cli::SeriesShape> recorded() const override
    {
        return toy::shapes(rule_names(), ishigami().has_value());
    }

    bool can_resume() const override { return true; }

    cli::RunResult run(const cli::RunRequest& request) override
    {
        if (fails_ || fails_with_ == run_.seed) throw std::runtime_error("the paint is dry");
        if (crashes_) std::raise(SIGSEGV);
        std::vector<toy::Row> rows = toy::read_checkpoint(request.resume);
        std::optional<toy::Result> file;
        if (!request.stop_at) file.emplace(request, run_, rule_names(), ishigami());
        const Calendar calendar = run_.calendar();
        const Window end = request.stop_at ? calendar.window(*request.stop_at) : run_.windows();
        Window begin = 0, day = 0;
        for (std::size_t done = 0; done < rows.size();)
            if (calendar.is_month_end(begin++) && file) file->month(rows[done++], begin);
        share_ = toy::painted_share(painters_, request);
        cli::RunResult result;
        for (day = begin; day < end && cli::Progress::signal() == 0; ++day) {
            if (sleep_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(sleep_));
            request.progress.at(day + 1);
            if (stops_ && day == 10) return {cli::RunResult::Status::stopped, "guard 'paint' tripped", false, {}, {}};
            if (!calendar.is_month_end(day)) continue;
            rows.push_back(month(calendar, day));
            if (file) file->month(rows.back(), day + 1);
            const bool is_due =
                request.checkpoint_every > 0 && rows.size() % static_cast<std::size_t>(request.checkpoint_every) == 0;
            if (is_due && day + 1 < end) toy::write_checkpoint(request, rows, to_string(calendar.date(day + 1)));
        }
        if (day < end) result.status = cli::RunResult::Status::interrupted;
        const bool is_kept = day < end && request.checkpoint_every > 0; // interrupted: up to the last whole month
        if (request.stop_at || is_kept) toy::write_checkpoint(request, rows, to_string(calendar.date(day)));
        toy::log_days(run_.seed, begin, day);
        const auto status = day < end ? record::Status::interrupted : record::Status::complete;
        if (file) result.file = file->finish(status);
        result.has_checkpoint = is_kept || !folder_.empty();
        result.summary = {{"days", std::int64_t{day}},
                          {"painted_m2", speed_ * day * static_cast<double>(painters_)},
                          {"seed", run_.seed},
                          {"by_night", by_night_}};
        return result;
    }

private:
    /// Numbers of the month that ends with this day. Shocks change what is painted; each rule spends, and what it spends is painted too.
    toy::Row month(const Calendar& calendar, Window last) const
    {
        const Date today = calendar.date(last);
        const int m = calendar.month_index(last);
        toy::Row row{};
        for (std::size_t c = 0; c < 3; ++c) {
            double factor = 1 + 0.05 * toy::luck(run_.seed, m, static_cast<int>(c)) + (by_night_ ? 0.5 : 0.0);
            for (const Shock& shock : shocks_)
                if (shock.colour == colours[c] && shock.on <= today && (!shock.until || today < *shock.until))
                    factor += shock.size * (1 + 0.1 * toy::luck(run_.seed, m, 7));
            row.painted[c] = 30 * speed_ * static_cast<double>(painters_) * factor * share_;
        }
        row.waste = waste_ * (1 + 0.01 * toy::luck(run_.seed, m, 3));
        for (const Rule& rule : rules_) {
            const double spent = std::min(rule.amount_cny * (1 + rule.amount_cny / 1000), rule.budget.at(today) / 12);
            row.spent[rule.id] = spent * (1 + 0.1 * toy::luck(run_.seed, m, 4));
            row.painted[0] += 0.001 * spent;
        }
        return row;
    }

    toy::Names rule_names() const
    {
        toy::Names names;
        for (const Rule& rule : rules_) names.push_back(rule.id);
        return names;
    }

    /// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, whose sensitivities are known.
    std::optional<double> ishigami() const
    {
        for (const auto& x : ishigami_)
            if (!x) return std::nullopt;
        const double second = std::sin(*ishigami_[1]);
        return std::sin(*ishigami_[0]) * (1 + 0.1 * std::pow(*ishigami_[2], 4)) + 7 * second * second;
    }

    void read_walls(Errors& errors) const
    {
        const CsvTable walls = CsvTable::read(walls_file_, {{"wall", "colour", "area_m2"}, {"wall"}}, errors);
        for (std::size_t row = 0; row < walls.rows(); ++row) {
            walls.one_of(row, "colour", colours, "colour");
            walls.number(row, "area_m2", Range::at_least(0.0));
        }
    }

    RunSettings run_;
    double speed_ = 0.0, waste_ = 0.0, drift_ = 0.0, share_ = 1.0;
    std::int64_t painters_ = 0, sleep_ = 0;
    std::optional<std::int64_t> ladder_, fails_with_;
    std::array<std::optional<double>, 3> ishigami_;
    bool by_night_ = false, fails_ = false, stops_ = false, crashes_ = false;
    std::string tool_, walls_file_, folder_;
    std::vector<std::string> chosen_;
    std::vector<double> weights_;
    Dated price_;
    std::vector<Shock> shocks_;
    std::vector<Rule> rules_;
};

} // namespace

int main(int argc, char** argv)
{
    cli::Application application;
    application.name = "toy";
    application.summary = "Paints walls, to test the command line";
    application.version = "1.0";
    application.model_version = toy::model_version();
    application.shipped = cli::find_shipped("toy", TOY_SCENARIOS);
    application.starter_base = "toy:white";
    application.money = "spent";
    application.make_case = [] { return std::make_unique<Toy>(); };
    application.catalogues = {{"colours", "Colours there are", [] {
                                   std::vector<cli::Entry> entries;
                                   for (const std::string& colour : colours)
                                       entries.push_back({colour, "", "A colour."});
                                   return entries;
                               }}};
    return cli::main(argc, argv, application);
}
