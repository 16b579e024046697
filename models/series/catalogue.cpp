#include "models/series/catalogue_parts.hpp"

#include <algorithm>

namespace fabrica {
namespace catalogue {

void firms(Catalogue& c)
{
    c.of("firms");
    c.stock("firms", "1", "Firms", "Real firms alive; each simulated firm counts for real_firms of its sector.",
            by_owner, counts(Measure::firms));
    c.real("real_firms", "1", "Real firms per simulated firm",
           "How many real firms one simulated firm of the sector stands for.", by_sector,
           [](const World& w) { return w.real_firms; });
    c.stock("agents", "1", "Simulated firms", "Firms simulated.", {},
            [](const World& w) { return Ints{nearest(sum_all(w, Measure::firms))}; });
    c.stock(
        "firms_by_size", "1", "Firms by size class", "Official size classes for industry; real firms.", {"size_class"},
        [](const World& w) {
            Ints row;
            for (int z = 0; z < size_class_count; ++z) {
                double n = 0;
                for (int s = 0; s < w.S; ++s)
                    n += static_cast<double>(
                             w.month[w.statistics.by_size(StatisticsPlan::size_firms, static_cast<SizeClass>(z), s)]) *
                         w.real_firms[static_cast<std::size_t>(s)];
                row.push_back(nearest(n));
            }
            return row;
        });
    c.flow("entries", "1", "Entrants", "Real firms that entered (E16).", by_owner,
           real_counts(&Monthly::entries, ownership_count));
    c.flow("exits", "1", "Exits by cause",
           "Real firms that left (E15); closure is exogenous, insolvency and option value answer to policy.",
           {"sector", "exit_cause"}, real_counts(&Monthly::exits, exit_cause_count));
    c.stock("firms_by_age", "1", "Simulated firms by age",
            "Simulated firms by completed years of age; the last holds all older.", {"age"}, [](const World& w) {
                Ints row;
                for (int a = 0; a < hazard_ages; ++a) row.push_back(w.month[w.statistics.by_age(a)]);
                return row;
            });
    c.flow("exits_by_age", "1", "Simulated exits by age", "Simulated firms that left, by completed years of age.",
           {"age"}, [](const World& w) { return w.monthly.exits_by_age; });
    c.stock("zombies", "1", "Zombie firms", "Real firms that did not earn their interest for three years in a row.",
            by_owner, counts(Measure::zombies));
}

void output(Catalogue& c)
{
    c.of("firms");
    c.flow("output", "milliunit", "Real output", "Goods made, in thousandths of what one yuan bought in 2015.",
           by_owner, totals(Measure::output));
    c.stock("capacity", "milliunit day-1", "Capacity", "Output a day that machines allow.", by_owner,
            totals(Measure::capacity));
    c.real("capacity_utilisation", "1", "Capacity utilisation", "Output over capacity of the month, all firms.",
           by_sector, over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::output, s) / w.days_of_month, sum(w, Measure::capacity, s));
           }));
    c.real("utilisation", "1", "Capacity utilisation, nation",
           "Output over capacity of the month, all firms of all sectors.", {}, [](const World& w) {
               return Reals{ratio(sum_all(w, Measure::output) / w.days_of_month, sum_all(w, Measure::capacity))};
           });
    c.real("capacity_utilisation_above_scale", "1", "Capacity utilisation, above scale",
           "The same for firms with revenue of at least 20 m yuan (NBS survey population).", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::scale_output, s) / w.days_of_month, sum(w, Measure::scale_capacity, s));
           }));
    c.stock("finished_stock", "milliunit", "Finished goods in stock", "Of firms.", by_owner, totals(Measure::stock));
    c.real("stock_days", "day", "Days of finished stock",
           "Finished stock of above-scale firms at cost over daily revenue.", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::scale_stock_cost, s) * w.days_of_month, sum(w, Measure::scale_revenue, s));
           }));
    c.of("markets");
    c.stock("wholesale_stock", "milliunit", "Wholesalers' stock", "Goods held by the sector's wholesaler.", by_sector,
            [](const World& w) {
                Ints row;
                for (const auto& house : w.wholesaler) row.push_back(house.stock.milli * w.k);
                return row;
            });
    c.of("firms");
    c.stock("backlog", "milliunit", "Order backlog", "Accepted from linked buyers and not shipped.", by_owner,
            totals(Measure::backlog));
    c.stock(
        "capacity_by_level", "milliunit day-1", "Capacity by maturity level", "Industry 1.0 to 4.0.", {"maturity"},
        [](const World& w) {
            Ints row;
            for (const Measure m : {Measure::capacity_1, Measure::capacity_2, Measure::capacity_3, Measure::capacity_4})
                row.push_back(nearest(sum_all(w, m)) * w.k);
            return row;
        });
    c.flow("output_by_region", "milliunit", "Real output by province", "Goods made, by province.", {"region"},
           [](const World& w) {
               Ints row;
               for (int r = 0; r < w.R; ++r)
                   row.push_back(w.month[w.statistics.by_region(StatisticsPlan::region_output, r)] * w.k);
               return row;
           });
}

void people_and_trade(Catalogue& c)
{
    c.of("labour");
    c.stock("employment", "1", "Employment", "Persons.", by_owner, totals(Measure::jobs, 1e-3));
    c.stock("employment_by_region", "1", "Employment by province", "Persons.", {"region"}, [](const World& w) {
        Ints row;
        for (int r = 0; r < w.R; ++r)
            row.push_back(w.month[w.statistics.by_region(StatisticsPlan::region_jobs, r)] * w.k / 1000);
        return row;
    });
    c.real("unemployment", "1", "Unemployment in the manufacturing labour force", "All provinces.", {},
           [](const World& w) {
               double jobs = 0, force = 0;
               for (std::size_t r = 0; r < w.pool.size(); ++r)
                   jobs += static_cast<double>(w.employed[r]), force += w.pool[r];
               return Reals{1 - ratio(jobs, force)};
           });
    c.of("markets");
    c.flow("final_demand", "milliunit", "Final demand served", "Home goods sold to final users and outside sectors.",
           by_sector, monthly(&Monthly::final_demand));
    c.flow("unmet_demand", "milliunit", "Final demand not served", "Wholesalers were short.", by_sector,
           monthly(&Monthly::unmet));
    c.of("trade");
    c.flow("exports", "fen", "Exports", "At market prices.", by_sector, monthly(&Monthly::exports));
    c.flow("imports", "fen", "Imports", "Of inputs, machines and final goods, before duty.", by_sector,
           monthly(&Monthly::imports));
    c.real("self_sufficiency", "1", "Made at home",
           "Home sales over home sales plus imports, exports left out (made in the country).", by_sector,
           over_sectors([](const World& w, int s) {
               const auto at = static_cast<std::size_t>(s);
               const double home = sum(w, Measure::revenue, s) - static_cast<double>(w.monthly.exports[at]);
               return ratio(home, home + static_cast<double>(w.monthly.imports[at]));
           }));
}

} // namespace catalogue

std::vector<SeriesRow> series_catalogue(bool has_programmes)
{
    using namespace catalogue;
    Catalogue c;
    firms(c), output(c), prices(c), money(c), matrices(c), accounts(c), above_scale(c), people_and_trade(c);
    technology(c), platforms(c), trade(c), energy(c), people(c);
    if (has_programmes) programmes(c);
    return c.rows;
}

double observe(const World& w, const std::string& series, const std::string& sector)
{
    const auto rows = series_catalogue(false);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.series.name == series; });
    if (row == rows.end()) return std::nan("");
    std::vector<double> values = row->ratio ? row->ratio(w) : std::vector<double>{};
    if (row->exact)
        for (const auto x : row->exact(w)) values.push_back(static_cast<double>(x));
    const auto& axes = row->series.axes;
    if (!sector.empty() && !axes.empty() && axes.front() == "sector") {
        const auto codes = w.nation.sector_codes();
        const auto s = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), sector) - codes.begin());
        const std::size_t width = values.size() / codes.size();
        values = {values.begin() + static_cast<std::ptrdiff_t>(s * width),
                  values.begin() + static_cast<std::ptrdiff_t>((s + 1) * width)};
    }
    double sum = 0;
    for (const double x : values) sum += x;
    return row->series.total == "mean" ? sum / static_cast<double>(values.size()) : sum;
}

std::vector<sim::record::Axis> series_axes(const Nation& nation, const std::vector<Programme>& programmes)
{
    using namespace catalogue;
    sim::record::Axis sectors{"sector", {}, "Manufacturing sector", {}}, regions{"region", {}, "Province", {}};
    for (const auto& s : nation.sectors) sectors.labels.push_back(s.code), sectors.titles.push_back(s.name);
    for (const auto& r : nation.regions) regions.labels.push_back(r.code), regions.titles.push_back(r.name);
    const auto names = [](const auto& list) { return std::vector<std::string>(list.begin(), list.end()); };
    Names ages, policies;
    for (const auto& p : programmes) policies.push_back(p.id);
    for (int a = 0; a < hazard_ages; ++a) ages.push_back(std::to_string(a));
    std::vector<sim::record::Axis> axes{sectors,
                                        regions,
                                        {"ownership", names(ownership_names), "Ownership", {}},
                                        {"size_class", names(size_class_names), "Official size class", {}},
                                        {"exit_cause", names(exit_cause_names), "Cause of exit", {}},
                                        {"maturity", {"1", "2", "3", "4"}, "Maturity level (Industry 1.0 to 4.0)", {}},
                                        {"age", ages, "Completed years of age", {}},
                                        {"holder", names(holder_names), "Who holds money or a claim", {}},
                                        {"instrument", names(instrument_names), "Kind of claim", {}},
                                        {"platform_kind", names(platform_kind_names), "What a platform shares", {}},
                                        {"transaction", names(transaction_names), "What money is paid for", {}},
                                        {"goods_item", names(goods_item_names), "Source or use of goods", {}}};
    if (policies.empty()) return axes;
    axes.push_back({"policy", policies, "Programme", {}});
    axes.push_back({"recipient", names(recipient_names), "Who received public money", {}});
    return axes;
}

} // namespace fabrica
