// Series of shared platforms (E23), by kind.
#include "models/series/catalogue_parts.hpp"

namespace fabrica::catalogue {
namespace {

const Names by_kind{"platform_kind"};

/// Sum over the platforms of each kind, of a national total.
std::function<Ints(const World&)> over_platforms(std::function<std::int64_t(const Platform&)> f)
{
    return [f](const World& w) {
        Ints row(platform_kind_count);
        for (const Platform& p : w.platforms.all) row[static_cast<std::size_t>(p.kind)] += f(p) * w.k;
        return row;
    };
}

std::function<Ints(const World&)> monthly_total(std::int64_t PlatformMonth::*field)
{
    return over_platforms([field](const Platform& p) { return p.month.*field; });
}

/// Platforms themselves are as many as in the nation.
std::function<Ints(const World&)> number_of(std::function<bool(const Platform&)> f)
{
    return [f](const World& w) {
        Ints row(platform_kind_count);
        for (const Platform& p : w.platforms.all) row[static_cast<std::size_t>(p.kind)] += f(p) ? 1 : 0;
        return row;
    };
}

std::int64_t in_hours(const Platform& p) { return p.month.hours / 1000; }

Reals mean_trust(const World& w)
{
    Reals trust(platform_kind_count), open(platform_kind_count);
    for (const Platform& p : w.platforms.all)
        if (p.is_open) trust[static_cast<std::size_t>(p.kind)] += p.trust, open[static_cast<std::size_t>(p.kind)] += 1;
    for (std::size_t k = 0; k < trust.size(); ++k) trust[k] = ratio(trust[k], open[k]);
    return trust;
}

/// Real firms that have joined, by kind.
Ints members(const World& w)
{
    Reals real(platform_kind_count);
    for (const Platform& p : w.platforms.all)
        for (std::size_t s = 0; s < p.members_in.size(); ++s)
            real[static_cast<std::size_t>(p.kind)] += static_cast<double>(p.members_in[s]) * w.real_firms[s];
    Ints row;
    for (const double x : real) row.push_back(nearest(x));
    return row;
}

} // namespace

void platforms(Catalogue& c)
{
    c.of("platforms");
    c.stock("platforms", "1", "Shared platforms", "Platforms open (E23).", by_kind,
            number_of([](const Platform& p) { return p.is_open; }));
    c.flow("platform_failures", "1", "Failed platforms", "Platforms that closed.", by_kind,
           number_of([](const Platform& p) { return p.has_failed; }));
    c.stock("platform_members", "1", "Members of platforms", "Real firms that have joined a platform.", by_kind,
            members);
    c.flow("platform_offers", "milliunit", "Offers on platforms",
           "Idle capacity newly offered, in goods; of design, thousandths of a client.", by_kind,
           monthly_total(&PlatformMonth::offers));
    c.flow(
        "platform_requests", "milliunit", "Requests on platforms",
        "Goods asked for, those of single customers again each day until they are served; of design, thousandths of a "
        "client.",
        by_kind, monthly_total(&PlatformMonth::requests));
    c.flow("platform_matches", "milliunit", "Matches on platforms",
           "Goods for which a provider was found; of design, thousandths of a client.", by_kind,
           monthly_total(&PlatformMonth::matches));
    c.flow("platform_hours", "h", "Hours worked for platforms", "Of providers' staff, on jobs.", by_kind,
           over_platforms(in_hours));
    c.flow("platform_fees", "fen", "Platform fees", "Paid by firms, certification included.", by_kind,
           monthly_total(&PlatformMonth::fees));
    c.flow("platform_costs", "fen", "Cost of platforms", "Of running them.", by_kind,
           monthly_total(&PlatformMonth::costs));
    c.flow("platform_jobs", "1", "Completed jobs", "Jobs of simulated firms, x 1 / scale; of services, firm-months.",
           by_kind, monthly_total(&PlatformMonth::jobs));
    c.flow("platform_jobs_failed", "1", "Failed jobs", "Defective, never made, or not served.", by_kind,
           monthly_total(&PlatformMonth::failed));
    c.real("platform_trust", "1", "Trust in platforms", "Mean over the platforms open, from 0 to 1.", by_kind,
           mean_trust);
    c.stock("platform_money", "fen", "Money of platforms", "Their accounts.", by_kind,
            over_platforms([](const Platform& p) { return p.balance; }));
    c.real("utilisation_by_size", "1", "Capacity utilisation by size class",
           "Output over capacity of the month, all firms of a size class.", {"size_class"}, [](const World& w) {
               Reals row;
               for (int z = 0; z < size_class_count; ++z) {
                   double made = 0, capacity = 0;
                   for (int s = 0; s < w.S; ++s) {
                       const auto size = static_cast<SizeClass>(z);
                       made += static_cast<double>(w.month[w.statistics.by_size(StatisticsPlan::size_output, size, s)]);
                       capacity +=
                           static_cast<double>(w.month[w.statistics.by_size(StatisticsPlan::size_capacity, size, s)]);
                   }
                   row.push_back(ratio(made / w.days_of_month, capacity));
               }
               return row;
           });
    c.flow("profit_by_size", "fen", "Profit by size class", "Before tax.", {"size_class"}, [](const World& w) {
        Ints row(size_class_count);
        for (int z = 0; z < size_class_count; ++z)
            for (int s = 0; s < w.S; ++s)
                row[static_cast<std::size_t>(z)] +=
                    w.month[w.statistics.by_size(StatisticsPlan::size_profit, static_cast<SizeClass>(z), s)] * w.k;
        return row;
    });
}

} // namespace fabrica::catalogue
