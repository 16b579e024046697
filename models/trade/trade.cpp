// The nation's trade from day to day: terms in force, foreign demand, controls and reserves, our power in the world market.
#include "models/markets/institutions.hpp"
#include "models/trade/imports.hpp"
#include "sim/base/math.hpp"

namespace fabrica {
namespace {

std::vector<std::size_t> export_categories(const World& w)
{
    std::vector<std::size_t> all;
    for (std::size_t c = 0; c < w.nation.demand.size(); ++c)
        if (w.nation.demand[c].is_export) all.push_back(c);
    return all;
}

/// What a shock that is on sets for the sectors it hits.
void apply(const Shock& shock, double size, const World& w, const std::vector<std::size_t>& partners, TradeTerms& terms)
{
    if (shock.kind == "import_supply") {
        terms.import_supply *= 1 + size, terms.is_soft = shock.is_soft;
        terms.lead_days += shock.lead_days * (shock.size == 0 ? 1 : size / shock.size);
    }
    if (shock.kind == "rival_cost") terms.rival_cost *= 1 + size;
    for (std::size_t p = 0; p < partners.size(); ++p) {
        if (!shock.category.empty() && shock.category != w.nation.demand[partners[p]].name) continue;
        if (shock.kind == "tariff") terms.partners[p].tariff += size;
        if (shock.kind == "partner_tariff") terms.partners[p].their_tariff += size;
        if (shock.kind == "export_limit") terms.partners[p].export_limit *= 1 + size;
    }
}

/// Whether a control of imports is known and not over.
bool is_pending(const World& w, const Shock& shock, sim::Window window)
{
    if (shock.kind != "import_supply" || !shock.announced || !w.config.switches.shocks || window < w.recording_from)
        return false;
    const sim::Date today = w.calendar.date(window);
    return !(today < *shock.announced) && today < shock.from;
}

/// Terms of every sector on a day: what programmes have imposed, and the shocks.
void rebuild_terms(World& w, sim::Window window, const std::vector<std::size_t>& partners)
{
    TradeTerms neutral;
    neutral.partners.resize(partners.size());
    for (int s = 0; s < w.S; ++s) {
        TradeSector& trade = w.trade.sector[static_cast<std::size_t>(s)];
        trade.terms = trade.imposed;
        for (const Shock* shock : w.shocks.on(w, window)) {
            if (!hits_sector(*shock, w, s)) continue;
            TradeTerms more = neutral;
            apply(*shock, shock_size(w, *shock, window), w, partners, more);
            combine(trade.terms, more);
        }
        for (const Shock& shock : w.config.shocks)
            if (is_pending(w, shock, window) && hits_sector(shock, w, s)) trade.terms.is_announced = true;
    }
}

/// Our unit labour cost over that of low-cost rivals, 1 when the run proper begins.
double unit_labour_cost(World& w, sim::Window window)
{
    if (!w.config.switches.rivals || window < w.recording_from) return 1;
    double wages = 0;
    for (std::size_t r = 0; r < w.region.size(); ++r)
        wages += w.nation.regions[r].employment_share * w.region[r].wage_index;
    const double own = wages / w.national.productivity;
    if (w.trade.labour_cost_start == 0) w.trade.labour_cost_start = own;
    const double years = (window - w.recording_from) / w.days_per_year();
    const double rival = sim::math::exp(sim::math::log1p(w.config.trade.rival_labour_cost_growth) * years);
    return own / w.trade.labour_cost_start / rival;
}

/// Labour in unit cost turns a ratio of labour costs into one of unit costs.
double unit_cost_ratio(const World& w, std::size_t s)
{
    const double labour = w.technology[s].labour / w.technology[s].unit_cost;
    const double own = w.trade.unit_labour_cost == 1 ? 1 : sim::math::pow(w.trade.unit_labour_cost, labour);
    return own / w.trade.sector[s].terms.rival_cost;
}

class SectorTrade {
public:
    SectorTrade(World& w, std::size_t sector, const std::vector<std::size_t>& partners)
        : w_(w), rule_(w.config.trade), s_(sector), partners_(partners), trade_(w.trade.sector[sector])
    {
    }

    void operator()()
    {
        tax_imports();
        move_demand();
        move_world_market();
        pass_controls();
    }

private:
    /// Tariffs by origin, the premium of licences.
    void tax_imports()
    {
        std::vector<double> shares, tariffs;
        for (std::size_t p = 0; p < partners_.size(); ++p) {
            shares.push_back(w_.nation.import_origin[p][s_]);
            tariffs.push_back(trade_.terms.partners[p].tariff);
        }
        const TariffEffect effect = tariff_effect(shares, tariffs, rule_.origin_elasticity);
        const double licensed = trade_.terms.is_soft ? 1 - trade_.terms.import_supply : 0;
        const double premium = w_.sector[s_].critical_share * licensed * rule_.licence_premium;
        trade_.import_factor = effect.price * (1 + premium);
        trade_.duty = effect.duty;
    }

    /// Foreign buyers answer slowly to tariffs and rivals.
    void move_demand()
    {
        std::vector<double> usual, tariffs;
        double mean_tariff = 0, all = 0, sold = 0;
        for (std::size_t p = 0; p < partners_.size(); ++p) {
            const std::size_t c = partners_[p];
            usual.push_back(w_.demand.home[c][s_] *
                            w_.demand.level[c * w_.groups.size() + static_cast<std::size_t>(w_.group_of[s_])]);
            tariffs.push_back(trade_.terms.partners[p].their_tariff);
            mean_tariff += usual.back() * tariffs.back(), all += usual.back();
            sold += w_.nation.demand[c].domestic[s_];
        }
        if (all > 0) mean_tariff /= all;
        const double cost = unit_cost_ratio(w_, s_);
        const double rivals = cost == 1 ? 1 : sim::math::pow(cost, -rule_.export_elasticity * rule_.rival_share);
        const auto target = export_demand(usual, tariffs, rule_.export_elasticity, rule_.diverted_share, rivals);
        const double speed = 12 / (rule_.export_adjustment_months * w_.days_per_year());
        for (std::size_t p = 0; p < partners_.size(); ++p)
            trade_.demand[p] += std::min(1.0, speed) * (target[p] - trade_.demand[p]);
        trade_.relocation = relocation(rule_.relocation, cost, sold / w_.nation.sectors[s_].output, mean_tariff);
    }

    /// What we keep back makes the world price rise, and others build what replaces it.
    void move_world_market()
    {
        double usual = 0, let_out = 0;
        for (std::size_t p = 0; p < partners_.size(); ++p) {
            const double quantity = w_.demand.home[partners_[p]][s_];
            usual += quantity, let_out += quantity * trade_.terms.partners[p].export_limit;
        }
        const double share = w_.nation.sectors[s_].world_share;
        const double kept_back = usual > 0 ? 1 - let_out / usual : 0;
        const double aim = kept_back > 0 ? rule_.foreign_replacement * share * kept_back : 0;
        const double years = aim > trade_.replaced ? rule_.foreign_build_years : rule_.foreign_return_years;
        trade_.replaced += (aim - trade_.replaced) / (years * w_.days_per_year());
        trade_.scarcity = scarcity_price(share, kept_back, trade_.replaced, rule_.world_demand_elasticity);
    }

    void pass_controls()
    {
        const TradeTerms& t = trade_.terms;
        SupplyRule rule;
        rule.foreign = t.is_soft ? 1 : t.import_supply;
        rule.lead_days = t.lead_days;
        // With technology on, firms qualify substitutes themselves (E21): what is critical falls, and the sector's clock stands still.
        rule.is_pressed = (t.import_supply < 1 || t.is_announced) && !w_.config.switches.technology;
        rule.reserve_days =
            rule_.reserve_days + t.reserve_days + (t.is_announced && t.import_supply == 1 ? rule_.stockpile_days : 0);
        rule.reserve_tau = rule_.reserve_adjustment_days, rule.most_restock = rule_.most_restock;
        rule.first_year = rule_.qualification_first_years, rule.last_year = rule_.qualification_last_years;
        rule.speed = t.qualification_speed, rule.learning = rule_.substitute_learning;
        rule.kept = rule_.substitute_kept, rule.days_per_year = w_.days_per_year();
        pass_day(trade_.critical, rule);
    }

    World& w_;
    const decltype(Config::trade)& rule_;
    std::size_t s_;
    const std::vector<std::size_t>& partners_;
    TradeSector& trade_;
};

/// E3: what each sector can make with the critical imports that come in.
void limit_output(World& w)
{
    bool is_short = false;
    for (auto& trade : w.trade.sector) trade.output_cap = 1, is_short = is_short || trade.critical.available < 1;
    if (!is_short) return;
    for (std::size_t b = 0; b < w.sector.size(); ++b)
        for (std::size_t p = 0; p < w.sector.size(); ++p) {
            const double available = w.trade.sector[p].critical.available;
            const double home = w.nation.domestic[p][b], total = home + w.nation.imported[p][b];
            if (available == 1 || total < w.config.trade.critical_coefficient || total <= 0) continue;
            const double critical = critical_part(home / total, w.sector[p].home_ratio, import_rule(w, p));
            w.trade.sector[b].output_cap = std::min(w.trade.sector[b].output_cap, import_cap(critical, available));
        }
}

} // namespace

void open_trade(World& w)
{
    const auto partners = export_categories(w);
    w.trade.sector.resize(w.sector.size());
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        TradeSector& trade = w.trade.sector[s];
        trade.imposed.partners.resize(partners.size()), trade.terms = trade.imposed;
        trade.demand.assign(partners.size(), 1.0);
        trade.critical.quality = w.config.trade.substitute_quality;
        trade.critical.reserve = w.config.trade.reserve_days;
    }
}

void move_trade(World& w, sim::Window window)
{
    const auto partners = export_categories(w);
    rebuild_terms(w, window, partners);
    w.trade.unit_labour_cost = unit_labour_cost(w, window);
    for (std::size_t s = 0; s < w.sector.size(); ++s) SectorTrade(w, s, partners)();
    limit_output(w);
}

void import_goods(World& w, int sector, std::int64_t fen, double duty)
{
    const auto s = static_cast<std::size_t>(sector);
    const std::int64_t paid = duty != 0 ? nearest(static_cast<double>(fen) * duty) : 0;
    w.monthly.imports[s] += fen - paid;
    w.trade.sector[s].duties += paid;
}

void collect_duties(World& w)
{
    for (int s = 0; s < w.S; ++s) {
        TradeSector& trade = w.trade.sector[static_cast<std::size_t>(s)];
        transfer(w, Transaction::import_duties, w.accounts.importer(s), w.accounts.treasury(), trade.duties);
        trade.duties = 0;
    }
}

double market_share(const World& w, int sector)
{
    const auto s = static_cast<std::size_t>(sector);
    double usual = 0;
    for (const std::size_t c : export_categories(w)) usual += w.demand.home[c][s];
    if (usual <= 0) return 0;
    const double years = w.calendar.date(0).year + w.national.years - (w.nation.base_year + 0.5);
    const double world = sim::math::exp(sim::math::log1p(w.config.trade.world_growth) * years);
    return w.nation.sectors[s].world_share * static_cast<double>(w.trade.sector[s].exported) /
           (usual * w.days_of_month) / world;
}

} // namespace fabrica
