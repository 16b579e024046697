#include "models/series/panel.hpp"

#include "models/series/event_log.hpp"

#include <algorithm>
#include <charconv>

namespace fabrica {

std::vector<LoggedEvent> EventLog::take()
{
    std::vector<LoggedEvent> all;
    for (auto& row : rows_) all.insert(all.end(), row.begin(), row.end()), row.clear();
    std::stable_sort(all.begin(), all.end(),
                     [](const LoggedEvent& a, const LoggedEvent& b) { return a.firm < b.firm; });
    return all;
}

namespace {

std::uint64_t one_in(const World& world, const std::string& which)
{
    if (which == "all") return 1;
    double wanted = 0, firms = 0;
    std::from_chars(which.data(), which.data() + which.size(), wanted);
    for (const double n : world.first_firms) firms += n;
    return static_cast<std::uint64_t>(std::max(1.0, firms / std::max(1.0, wanted)));
}

std::vector<sim::record::Column> state_columns()
{
    using sim::record::Kind;
    std::vector<sim::record::Column> columns{{"day", "day", "Days since the start", Kind::i32, {}}};
    Firm firm;
    visit_fields(firm, [&](const char* name, auto& value) {
        using T = std::decay_t<decltype(value)>;
        const Kind kind = std::is_floating_point_v<T> ? Kind::f64 : std::is_same_v<T, sim::Key> ? Kind::u64 : Kind::i64;
        columns.push_back({name, "1", name, kind, {}});
    });
    return columns;
}

} // namespace

PanelWriter::PanelWriter(World& world, const std::string& which, sim::record::Recorder& file) : world_(world)
{
    using sim::record::Kind;
    world_.event_log = std::make_shared<EventLog>(static_cast<int>(world_.threads), one_in(world, which));
    events_ = &file.add_panel("panel_events",
                              {{"day", "day", "Days since the start", Kind::i32, {}},
                               {"key", "1", "Key of the firm", Kind::u64, {}},
                               {"firm", "1", "Id of the firm", Kind::i64, {}},
                               {"kind", "1", "Kind of event", Kind::i8, {event_names.begin(), event_names.end()}},
                               {"other", "1", "Id of the firm at the other end, -1 for none", Kind::i64, {}},
                               {"goods", "milliunit", "Quantity", Kind::i64, {}},
                               {"money", "fen", "Amount", Kind::i64, {}}});
    const auto columns = state_columns();
    columns_ = columns.size();
    states_ = &file.add_panel("panel_states", columns);
}

void PanelWriter::day_end(const Barrier& barrier)
{
    const auto events = world_.event_log->take();
    if (barrier.window() < world_.recording_from) return;
    for (const auto& e : events)
        events_->row(barrier.window() - world_.recording_from, e.key, static_cast<std::int64_t>(e.firm),
                     static_cast<int>(e.kind),
                     e.other == sim::no_agent ? std::int64_t{-1} : static_cast<std::int64_t>(e.other), e.goods,
                     e.money);
}

void PanelWriter::month_end(const Barrier& barrier)
{
    if (barrier.window() < world_.recording_from) return;
    std::vector<Firm> watched;
    barrier.each_agent([&](const Firm& f) {
        if (world_.event_log->watches(f.key)) watched.push_back(f);
    });
    std::sort(watched.begin(), watched.end(), [](const Firm& a, const Firm& b) { return a.id < b.id; });
    for (Firm& f : watched) {
        std::size_t column = 0;
        states_->put(column++, barrier.window() - world_.recording_from);
        visit_fields(f, [&](const char*, auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_floating_point_v<T>)
                states_->put(column++, static_cast<double>(value));
            else
                states_->put(column++, static_cast<std::int64_t>(value));
        });
        states_->end_row(columns_);
    }
}

} // namespace fabrica
