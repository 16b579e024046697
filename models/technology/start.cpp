// A firm's technology on its first day.
#include "models/first_day/make_firm.hpp"
#include "models/technology/technology.hpp"

#include "models/firms/plan.hpp"
#include "sim/base/random.hpp"

namespace fabrica {

void begin_research(Firm& f, const World& w, double employees, double yearly_revenue); // research.cpp
void begin_quality(Firm& f, const World& w);                                           // quality.cpp
void begin_learning(Firm& f, const World& w, double output);                           // learning.cpp

void begin_technology(Firm& f, const World& w, const FirmPlan& plan)
{
    if (!w.config.switches.technology) return;
    f.technical = static_cast<float>(w.sector[f.sector].technical);
    f.workers = nearest(plan.real_employees * workers_per_employee(w, plan.sector) * 1000);
    begin_research(f, w, plan.real_employees, plan.output * 365 * 0.1);
    begin_quality(f, w);
    begin_learning(f, w, plan.output);
    f.upgrade_clock = -static_cast<float>(sim::Draw(static_cast<std::uint32_t>(w.config.run.seed), f.key,
                                                    static_cast<std::uint16_t>(Purpose::upgrade), f.level)
                                              .exponential());
}

void begin_boards(World& w, const std::vector<FirmPlan>& firms)
{
    if (!w.config.switches.technology) return;
    std::vector<double> output(w.sector.size()), quality(w.sector.size()), by_region(w.region.size());
    for (const FirmPlan& plan : firms) {
        const auto s = static_cast<std::size_t>(plan.sector), r = static_cast<std::size_t>(plan.region);
        output[s] += plan.output, by_region[r] += plan.output;
        quality[s] += plan.output * static_cast<double>(make_firm(w, plan).quality);
        for (std::size_t m = 0; m <= static_cast<std::size_t>(plan.level); ++m) w.region[r].mature[m] += plan.output;
    }
    for (std::size_t r = 0; r < by_region.size(); ++r)
        for (double& part : w.region[r].mature) part = by_region[r] > 0 ? part / by_region[r] : 0;
    for (std::size_t s = 0; s < output.size(); ++s)
        w.sector[s].quality = w.sector[s].first_quality = output[s] > 0 ? quality[s] / output[s] : 0;
}

} // namespace fabrica
