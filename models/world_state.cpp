// What a checkpoint keeps of everything that is not a firm: one description for saving and restoring.
#include "models/world.hpp"

#include "models/manufacturing.hpp"
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {

// A field that is new changes a size: give it a line below (unless scenario and data alone determine it), then the size here.
static_assert(sizeof(SectorBoard) == 760 && sizeof(RegionBoard) == 56 && sizeof(NationalBoard) == 56);
static_assert(sizeof(Wholesaler) == 752 && sizeof(Books) == 336 && sizeof(LoanRequest) == 32);
static_assert(sizeof(DemandState) == 120 && sizeof(Bundle) == 80 && sizeof(Monthly) == 424);
static_assert(sizeof(TradeTerms) == 80 && sizeof(PartnerTerms) == 24 && sizeof(CriticalSupply) == 64);
static_assert(sizeof(TradeSector) == 320 && sizeof(TradeState) == 40);
static_assert(sizeof(EnergyTerms) == 48 && sizeof(EnergySector) == 112 && sizeof(EnergyState) == 128);
static_assert(sizeof(LabourTerms) == 24 && sizeof(LabourRegion) == 64 && sizeof(WorkedDays) == 32);
static_assert(sizeof(Platforms) == 272 && sizeof(Platform) == 384); // visited in platforms/platforms.cpp
static_assert(sizeof(World) == 5008);

namespace {

/// The shocks that a price target holds for, by their ids: they may lie elsewhere in memory, and last longer in another future.
void visit_shocks(sim::Archive& archive, const Config& config, std::vector<const Shock*>& shocks)
{
    std::vector<std::string> ids;
    for (const Shock* shock : shocks) ids.push_back(shock->id);
    archive("ids", ids);
    if (!archive.is_loading()) return;
    shocks.clear();
    for (const std::string& id : ids) {
        const auto at =
            std::find_if(config.shocks.begin(), config.shocks.end(), [&](const Shock& s) { return s.id == id; });
        if (at == config.shocks.end()) throw sim::ArchiveError("the scenario has no shock '" + id + "', which was on");
        shocks.push_back(&*at);
    }
}

} // namespace

void visit_state(sim::Archive& a, SectorBoard& b)
{
    a("price", b.price), a("market_index", b.market_index), a("attraction_sum", b.attraction_sum);
    a("share_sum", b.share_sum), a("growth", b.growth), a("turnover", b.turnover), a("firm_growth", b.firm_growth);
    a("fill", b.fill), a("bundle_price", b.bundle_price);
    a("import_price", b.import_price), a("home_ratio", b.home_ratio), a("world_price", b.world_price);
    a("technical", b.technical), a("technical_sd", b.technical_sd), a("quality", b.quality);
    a("first_quality", b.first_quality), a("venture_share", b.venture_share), a("critical_share", b.critical_share);
    a("learning", b.learning), a("reference_learning", b.reference_learning), a("experience", b.experience);
    a("reference_experience", b.reference_experience);
    a("alpha", b.alpha), a("product", b.product), a("roa", b.roa), a("assets", b.assets), a("worked", b.worked);
}

void visit_state(sim::Archive& a, RegionBoard& b)
{
    a("wage_index", b.wage_index), a("hire_fill", b.hire_fill), a("room", b.room), a("mature", b.mature);
}

void visit_state(sim::Archive& a, NationalBoard& b)
{
    a("capital_price", b.capital_price), a("productivity", b.productivity), a("overhead_price", b.overhead_price);
    a("month", b.month), a("years", b.years), a("recording", b.recording);
    a("bills_due", b.bills_due);
}

void visit_state(sim::Archive& a, Wholesaler& w)
{
    a("stock", w.stock), a("slow_demand", w.slow_demand), a("drawn", w.drawn), a("bought", w.bought), a("paid", w.paid);
    a("market_demand", w.market_demand), a("unsettled", w.unsettled);
}

void visit_state(sim::Archive& a, Books& b)
{
    a("account", b.account), a("firms", b.firms), a("loans", b.loans), a("clearing_payable", b.clearing_payable);
    a("clearing_receivable", b.clearing_receivable), a("payments_under_way", b.payments_under_way);
    a("invoices_under_way", b.invoices_under_way), a("estate_receivable", b.estate_receivable);
    a("made", b.made), a("imported", b.imported), a("used", b.used), a("final_use", b.final_use);
    a("capital_use", b.capital_use), a("scrapped", b.scrapped), a("goods_under_way", b.goods_under_way);
    a("first_stock", b.first_stock);
}

void visit_state(sim::Archive& a, LoanRequest& r)
{
    a("key", r.key), a("id", r.id), a("amount", r.amount), a("bank", r.bank);
}

void visit_state(sim::Archive& a, DemandState& d)
{
    a("level", d.level), a("payer", d.payer), a("daily_growth", d.daily_growth), a("home", d.home);
    a("imported", d.imported);
}

void visit_state(sim::Archive& a, Bundle& b)
{
    a("home", b.home), a("imported", b.imported), a("outside", b.outside), a("total", b.total);
}

void visit_state(sim::Archive& a, Monthly& m)
{
    a("final_demand", m.final_demand), a("unmet", m.unmet), a("left_to_imports", m.left_to_imports),
        a("imports", m.imports), a("exports", m.exports);
    a("demand_by_category", m.demand_by_category), a("entries", m.entries), a("exits", m.exits);
    a("bad_loans", m.bad_loans), a("loans_asked", m.loans_asked), a("loans_paid", m.loans_paid);
    a("market_demand", m.market_demand), a("transactions", m.transactions), a("bail_outs", m.bail_outs);
    a("bail_out_money", m.bail_out_money), a("exits_by_age", m.exits_by_age), a("served", m.served);
    a("procured", m.procured), a("demand_left", m.demand_left);
}

void visit_state(sim::Archive& a, PartnerTerms& t)
{
    a("tariff", t.tariff), a("their_tariff", t.their_tariff), a("export_limit", t.export_limit);
}

void visit_state(sim::Archive& a, TradeTerms& t)
{
    a("partners", t.partners), a("import_supply", t.import_supply), a("is_soft", t.is_soft);
    a("is_announced", t.is_announced), a("lead_days", t.lead_days), a("reserve_days", t.reserve_days);
    a("local_content", t.local_content), a("qualification_speed", t.qualification_speed);
    a("rival_cost", t.rival_cost);
}

void visit_state(sim::Archive& a, CriticalSupply& s)
{
    a("reserve", s.reserve), a("gap", s.gap), a("lead", s.lead), a("effort", s.effort), a("quality", s.quality);
    a("home", s.home), a("available", s.available), a("arriving", s.arriving);
}

void visit_state(sim::Archive& a, TradeSector& t)
{
    a("imposed", t.imposed), a("terms", t.terms), a("critical", t.critical), a("demand", t.demand);
    a("replaced", t.replaced), a("scarcity", t.scarcity), a("import_factor", t.import_factor), a("duty", t.duty);
    a("bundle_duty", t.bundle_duty), a("output_cap", t.output_cap), a("relocation", t.relocation);
    a("exported", t.exported), a("duties", t.duties);
}

void visit_state(sim::Archive& a, TradeState& t)
{
    a("sector", t.sector), a("labour_cost_start", t.labour_cost_start), a("unit_labour_cost", t.unit_labour_cost);
}

void visit_state(sim::Archive& a, EnergyTerms& t)
{
    a("carbon_price", t.carbon_price), a("cap", t.cap), a("saving", t.saving), a("usable", t.usable);
}

void visit_state(sim::Archive& a, EnergySector& e)
{
    a("imposed", e.imposed), a("energy", e.energy), a("co2", e.co2), a("carbon_price", e.carbon_price);
    a("mean_co2", e.mean_co2), a("permits", e.permits), a("usable", e.usable);
}

void visit_state(sim::Archive& a, EnergyState& e)
{
    a("sector", e.sector), a("emissions", e.emissions), a("net_zero_start", e.net_zero_start);
}

void visit_state(sim::Archive& a, LabourTerms& t)
{
    a("training", t.training), a("migration", t.migration), a("hiring", t.hiring);
}

void visit_state(sim::Archive& a, LabourRegion& r)
{
    a("imposed", r.imposed), a("trained", r.trained), a("skilled", r.skilled), a("needed", r.needed);
    a("skill_fill", r.skill_fill), a("vacancies", r.vacancies);
}

void WorkedDays::visit_state(sim::Archive& a) { a("days", days_), a("regions", regions_); }

void World::visit_state(sim::Archive& a)
{
    a("first_firms", first_firms), a("capacity_target", capacity_target);
    a("sector", sector), a("region", region), a("national", national), a("directory", directory);
    a("flow_tally", flow_tally), a("statistics_tally", statistics_tally), a("loan_requests", loan_requests);
    a("month", month), a("wholesaler", wholesaler), a("demand", demand), a("books", books), a("monthly", monthly);
    shocks.forget(); // looked up again
    a("worked", worked), a("trade", trade), a("energy", energy), a("people", people);
    a("reference_price", reference_price), a("reference_target", reference_target);
    visit_shocks(a, config, reference_shocks);
    a("pool", pool), a("employed", employed), a("cell_share", cell_share);
    a("first_output_per_firm", first_output_per_firm), a("price_index", price_index);
    a("sales_history", sales_history), a("lumpy_total", lumpy_total);
    a("platforms", platforms), a("share_total", share_total), a("attraction_total", attraction_total);
    a("bundle", bundle), a("bundle_prices", bundle_prices), a("bundle_import_prices", bundle_import_prices);
    a("outside_prices", outside_prices), a("final_asked", final_asked), a("hires", hires);
    a("size_scale", size_scale), a("wage_scale", wage_scale), a("month_direct", month_direct);
    a("normal_price", normal_price), a("used_machines", used_machines);
    a("bailed_out", bailed_out), a("province_first", province_first), a("days_of_month", days_of_month);
    a("research_norm", research_norm), a("first_demand_level", first_demand_level), a("adopted", adopted),
        a("adoption_factor", adoption_factor);
    a("unmet_quarter", unmet_quarter), a("demand_quarter", demand_quarter), a("policy", policy);
    a("window_ahead", window_ahead);
    if (a.is_loading()) refresh_programmes(*this, window_ahead);
}

} // namespace fabrica
